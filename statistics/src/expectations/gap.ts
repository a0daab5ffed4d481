import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { momentsOf } from '../numerics/mean-of-values.ts';
import { tQuantile, tTwoSided } from '../numerics/special-functions.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';
import { wilson } from '../scores/wilson.ts';

/** How experience compares with expectation, person by person. */
export type Gap = Estimate & {
	readonly standardDeviation: number;
	/** Of the paired test of no gap. */
	readonly t: number;
	readonly p: number;
	/** Shares of people whose experience was below, at and above their expectation. */
	readonly below: Estimate | TooFew;
	readonly met: Estimate | TooFew;
	readonly above: Estimate | TooFew;
};

/**
 * Do people get what they expected?
 *
 * The mean of experience − expectation over the same people, with the paired t interval, and the shares below, at and
 * above (a mean of 0 can be everybody satisfied or half delighted and half let down).
 *
 * Assumptions: 1. both on the same scale; 2. expectation was asked before the experience: asked after, it is
 * contaminated by it; 3. people are independent. A difference of two answers is less reliable than either; ask for
 * disconfirmation directly as well.
 *
 * Source: Oliver, Journal of Marketing Research 17, 1980; Peter, Churchill & Brown, Journal of Consumer Research 19, 1993.
 *
 * @param expected One answer per person. @param experienced As long as `expected`; leave out people who miss either.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 2 people.
 *
 * @example
 * gap({ expected: [8, 8, 9, 7], experienced: [7, 8, 7, 8] }).value // => -0.5
 */
export function gap({
	expected,
	experienced,
	level = 0.95,
}: {
	readonly expected: readonly number[];
	readonly experienced: readonly number[];
	readonly level?: number;
}): Gap | TooFew {
	requireNumber('level', level, 0.5, 0.999999);
	const gaps = gapsOf(expected, experienced);
	const { n, mean, variance } = momentsOf(gaps);
	if (n < 2) return tooFew(n, 2);
	const standardError = Math.sqrt(variance / n);
	const half = tQuantile(0.5 + level / 2, n - 1) * standardError;
	const t = standardError === 0 ? 0 : mean / standardError;
	const share = (fits: (value: number) => boolean): Estimate | TooFew =>
		wilson({ successes: gaps.filter(fits).length, n, level });
	return estimate({
		value: mean,
		low: mean - half,
		high: mean + half,
		n,
		method: 'paired t',
		level,
		standardDeviation: Math.sqrt(variance),
		t,
		p: standardError === 0 ? (mean === 0 ? 1 : 0) : tTwoSided(t, n - 1),
		below: share(value => value < 0),
		met: share(value => value === 0),
		above: share(value => value > 0),
	});
}

/**
 * Experience − expectation of each person.
 *
 * @throws RangeError when lengths differ or an answer is not a number.
 *
 * @example
 * gapsOf([8, 9], [7, 9]) // => [-1, 0]
 */
export function gapsOf(expected: readonly number[], experienced: readonly number[]): number[] {
	requireSameLength('experienced', experienced, 'expected', expected);
	return experienced.map(
		(value, i) => requireNumber('experienced', value) - requireNumber('expected', expected[i] ?? Number.NaN),
	);
}
