import { bisect } from '../numerics/root-finding.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { type NpsCounts, npsMoments, withPseudoAnswers } from './nps-counts.ts';

/** Ways to put an interval around a Net Promoter Score. */
export type NpsMethod = 'adjusted-wald' | 'score' | 'wald';

/**
 * The limits of an NPS by one method, before any clamping: Wald and adjusted-Wald limits may lie outside −1…1.
 *
 * - `wald`: mean ± z·SE; has no width when all answers agree, so it is here for comparison only.
 * - `adjusted-wald`: the same after adding three pseudo-answers.
 * - `score`: all values the score test does not reject, with the constrained likelihood maximised at each; −1…1 always.
 *
 * Source: Rocks 2016, "Interval estimation for the Net Promoter Score", The American Statistician 70(4).
 *
 * @param counts At least one answer.
 *
 * @example
 * npsLimits({ detractors: 0, passives: 0, promoters: 10 }, 'adjusted-wald', 0.95).high // => 1.06342...
 */
export function npsLimits(
	counts: NpsCounts,
	method: NpsMethod,
	level: number,
): { readonly low: number; readonly high: number } {
	const z = criticalValue(level);
	if (method === 'score') return scoreLimits(counts, z);
	const { n, mean, variance } = npsMoments(method === 'wald' ? counts : withPseudoAnswers(counts));
	const half = z * Math.sqrt(variance / n);
	return { low: mean - half, high: mean + half };
}

function scoreLimits(counts: NpsCounts, z: number): { readonly low: number; readonly high: number } {
	const { mean } = npsMoments(counts);
	const crossing = (target: number, from: number, to: number): number =>
		bisect(trial => scoreStatistic(counts, trial) <= target, from, to, { tolerance: 1e-14 });
	return {
		low: mean === -1 ? -1 : crossing(z, -1, mean),
		high: mean === 1 ? 1 : crossing(-z, mean, 1),
	};
}

/** Distance of the observed from the trial NPS in standard errors, the latter under the trial value. */
function scoreStatistic({ detractors, passives, promoters }: NpsCounts, trial: number): number {
	const n = detractors + passives + promoters;
	// The detractor share that makes the answers likeliest while promoters − detractors equals the trial value.
	const b = -detractors - promoters + (2 * n - promoters + detractors) * trial;
	const c = -detractors * trial * (1 - trial);
	const detractorShare = (-b + Math.sqrt(Math.max(0, b * b - 8 * n * c))) / (4 * n);
	const variance = 2 * detractorShare + trial * (1 - trial);
	const distance = promoters - detractors - n * trial;
	if (distance === 0) return 0;
	return variance > 0 ? distance / Math.sqrt(n * variance) : distance * Number.POSITIVE_INFINITY;
}
