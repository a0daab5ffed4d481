import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireAboveZero, requireCount, requireNumber } from '../require-argument.ts';
import { type Sums, sampleVariance } from '../scores/mean-interval.ts';

/**
 * The mean over everybody when a random part of those who did not answer was followed up (by phone, with an incentive)
 * and answered then: the only way to measure the silent rather than assume about them.
 *
 * Assumes: 1. the follow-up is a random sample of the silent; 2. all followed up answer. Those who opted out for good must not be
 * contacted: what is measured then are the silent who may be. Source: Hansen & Hurwitz 1946; Cochran, "Sampling
 * Techniques", §13.6.
 *
 * @param answers Sums over those who answered at once; `too-few` below 2.
 * @param silent How many did not.
 * @param followedUp Sums over the silent who were followed up; `too-few` below 2 unless nobody was silent.
 * @param level Confidence, 0.95 unless given.
 *
 * @example
 * const answers = { n: 40, sum: 20, sumOfSquares: 36 }
 * const followedUp = { n: 15, sum: -3, sumOfSquares: 11 }
 * doubleSamplingMean({ answers, silent: 60, followedUp }).value // => 0.08
 */
export function doubleSamplingMean({
	answers,
	silent,
	followedUp,
	level = 0.95,
}: {
	readonly answers: Sums;
	readonly silent: number;
	readonly followedUp: Sums;
	readonly level?: number;
}): (Estimate & { readonly standardError: number; readonly silentMean: number }) | TooFew {
	const z = criticalValue(level);
	requireCount('answers.n', answers.n);
	requireCount('followedUp.n', followedUp.n);
	requireCount('silent', silent, followedUp.n);
	const fewest = Math.min(answers.n, followedUp.n);
	if (fewest < 2) return tooFew(fewest, 2);
	const everybody = answers.n + silent;
	const [w1, w2] = [answers.n / everybody, silent / everybody];
	const [m1, m2] = [answers.sum / answers.n, followedUp.sum / followedUp.n];
	const value = w1 * m1 + w2 * m2;
	const variance =
		(((answers.n - 1) / (everybody - 1)) * w1 * sampleVariance(answers)) / answers.n +
		(((silent - 1) / (everybody - 1)) * w2 * sampleVariance(followedUp)) / followedUp.n +
		(w1 * (m1 - value) ** 2 + w2 * (m2 - value) ** 2) / (everybody - 1);
	const standardError = Math.sqrt(variance);
	return estimate({
		value,
		low: value - z * standardError,
		high: value + z * standardError,
		n: answers.n + followedUp.n,
		level,
		standardError,
		silentMean: m2,
		method: 'double sampling (Hansen–Hurwitz)',
	});
}

/**
 * Which share of the silent to follow up for the least cost at a wanted precision.
 *
 * Source: Hansen & Hurwitz 1946; Cochran §13.6: one in k with k = √(c₂(S² − W₂S₂²) / (S₂²(c₀ + c₁W₁))).
 *
 * @param variance Variance of the answer over everybody, above 0.
 * @param silentVariance Variance among the silent, above 0.
 * @param responseRate Expected share who answer at once, above 0 and below 1.
 * @param costs Per mailing sent, per answer processed, per follow-up interview (above 0); any currency.
 * @returns The share, above 0 and at most 1 (all of them when following up is cheap).
 *
 * @example
 * followUpShare({ variance: 1, silentVariance: 1, responseRate: 0.4, costs: { mailing: 0.1, answer: 0.4, followUp: 4.1 } }) // => 0.39816...
 */
export function followUpShare({
	variance,
	silentVariance,
	responseRate,
	costs,
}: {
	readonly variance: number;
	readonly silentVariance: number;
	readonly responseRate: number;
	readonly costs: { readonly mailing: number; readonly answer: number; readonly followUp: number };
}): number {
	requireAboveZero('variance', variance);
	requireAboveZero('silentVariance', silentVariance);
	requireNumber('responseRate', responseRate, Number.MIN_VALUE, 1 - Number.EPSILON);
	requireNumber('costs.mailing', costs.mailing, 0);
	requireNumber('costs.answer', costs.answer, 0);
	requireAboveZero('costs.followUp', costs.followUp);
	const between = variance - (1 - responseRate) * silentVariance;
	if (between <= 0) {
		throw new RangeError(
			`silentVariance must leave variance among the others, got ${silentVariance} of ${variance}`,
		);
	}
	const first = costs.mailing + costs.answer * responseRate;
	return Math.min(1, Math.sqrt((silentVariance * first) / (costs.followUp * between)));
}
