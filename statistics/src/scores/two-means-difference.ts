import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, tQuantile, tTwoSided } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';
import { type Sums, sampleVariance } from './mean-interval.ts';

/** How far two means lie apart, and whether chance would do. */
export type DifferenceEstimate = Estimate & {
	readonly standardError: number;
	/** Degrees of freedom of the t statistic (Welch–Satterthwaite, need not be whole). */
	readonly degreesOfFreedom: number;
	readonly statistic: number;
	/** Two-sided. */
	readonly pValue: number;
};

/**
 * How far the mean of `a` lies above the mean of `b`, for two independent groups of unequal spread.
 *
 * Assumes: 1. observations are independent, within and between groups; 2. both means are roughly normal.
 * Source: Welch 1947 (Biometrika 34), Satterthwaite's degrees of freedom.
 *
 * @param a Sums of the first group; `too-few` below 2.
 * @param b Sums of the second group; `too-few` below 2.
 * @param level Confidence, 0.95 unless given.
 * @returns Mean of a minus mean of b. When neither group varies at all there is no basis for an interval: `too-few`,
 * needing one observation more, whatever it may be.
 *
 * @example
 * const a = { n: 5, sum: 15, sumOfSquares: 55 }
 * const b = { n: 4, sum: 8, sumOfSquares: 18 }
 * twoMeansDifference({ a, b }).value // => 1
 * twoMeansDifference({ a, b }).pValue // => 0.26520...
 */
export function twoMeansDifference({
	a,
	b,
	level = 0.95,
}: {
	readonly a: Sums;
	readonly b: Sums;
	readonly level?: number;
}): DifferenceEstimate | TooFew {
	criticalValue(level);
	requireCount('a.n', a.n);
	requireCount('b.n', b.n);
	const fewest = Math.min(a.n, b.n);
	if (fewest < 2) return tooFew(fewest, 2);
	const va = sampleVariance(a) / a.n;
	const vb = sampleVariance(b) / b.n;
	const variance = va + vb;
	if (variance === 0) return tooFew(fewest, fewest + 1);
	const value = a.sum / a.n - b.sum / b.n;
	const standardError = Math.sqrt(variance);
	const degreesOfFreedom = variance ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
	const half = tQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
	const statistic = value / standardError;
	return estimate({
		value,
		low: value - half,
		high: value + half,
		n: a.n + b.n,
		level,
		standardError,
		degreesOfFreedom,
		statistic,
		pValue: tTwoSided(statistic, degreesOfFreedom),
		method: 'Welch t interval',
	});
}
