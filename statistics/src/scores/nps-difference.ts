import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, normalTwoSided } from '../numerics/special-functions.ts';
import { countAnswers, type NpsCounts, npsMoments, withPseudoAnswers } from './nps-counts.ts';

/** How far two Net Promoter Scores lie apart, on −2…2. */
export type NpsDifference = Estimate & {
	/** The difference the interval is centred on: after adding the pseudo-answers. */
	readonly adjusted: number;
	readonly standardError: number;
	readonly statistic: number;
	/** Two-sided. */
	readonly pValue: number;
};

/**
 * How far the NPS of `a` lies above the NPS of `b`, for two groups of different people.
 *
 * Assumes: 1. answers are independent within and between the groups. For the same people asked twice use
 * `npsPairedDifference`. Three pseudo-answers go to each group for the interval and the test (not for the value), so that
 * agreement of all does not look like certainty. Source: Rocks 2016, adjusted Wald.
 *
 * @param a Counts of the first group; `too-few` without answers.
 * @param b Counts of the second group; `too-few` without answers.
 * @param method `adjusted-wald` unless `wald` is asked for comparison with other software.
 * @param level Confidence, 0.95 unless given.
 *
 * @example
 * const a = { detractors: 10, passives: 20, promoters: 70 }
 * const b = { detractors: 25, passives: 25, promoters: 50 }
 * npsDifference({ a, b }).value // => 0.35
 * npsDifference({ a, b }).low // => 0.13399...
 * npsDifference({ a, b }).pValue // => 0.00121209...
 */
export function npsDifference({
	a,
	b,
	method = 'adjusted-wald',
	level = 0.95,
}: {
	readonly a: NpsCounts;
	readonly b: NpsCounts;
	readonly method?: 'adjusted-wald' | 'wald';
	readonly level?: number;
}): NpsDifference | TooFew {
	const z = criticalValue(level);
	const [na, nb] = [countAnswers(a), countAnswers(b)];
	if (na === 0 || nb === 0) return tooFew(0, 1);
	const prepare = method === 'wald' ? (counts: NpsCounts): NpsCounts => counts : withPseudoAnswers;
	const [first, second] = [npsMoments(prepare(a)), npsMoments(prepare(b))];
	const adjusted = first.mean - second.mean;
	const standardError = Math.sqrt(first.variance / first.n + second.variance / second.n);
	// Without pseudo-answers two unanimous groups have no spread: nothing to test against.
	if (standardError === 0) return tooFew(Math.min(na, nb), Math.min(na, nb) + 1);
	const statistic = adjusted / standardError;
	return estimate({
		value: npsMoments(a).mean - npsMoments(b).mean,
		low: Math.max(-2, adjusted - z * standardError),
		high: Math.min(2, adjusted + z * standardError),
		n: na + nb,
		level,
		adjusted,
		standardError,
		statistic,
		pValue: normalTwoSided(statistic),
		method: `NPS difference, ${method === 'wald' ? 'Wald' : 'adjusted Wald'} interval`,
	});
}
