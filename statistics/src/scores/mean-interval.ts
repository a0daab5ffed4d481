import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, tQuantile } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';
import { wilsonLimits } from './wilson.ts';

/** What a database can sum about a number: enough for its mean and variance. */
export type Sums = {
	/** Number of observations. */
	readonly n: number;
	readonly sum: number;
	readonly sumOfSquares: number;
};

/** A mean with its spread. */
export type MeanEstimate = Estimate & {
	readonly standardDeviation: number;
	readonly standardError: number;
};

/**
 * How large a mean is, with Student's t interval, from sums.
 *
 * Assumes: 1. observations are independent; 2. the mean is roughly normal (any n of 30, or a roughly symmetric shape).
 * On a bounded answer scale give `scale`: the limits then stay within it, and when every answer is the same, where
 * the t interval has no width, the limits are Wilson's on the scale as 0…1, wide enough for any answers between.
 * Source: Student 1908; any textbook.
 *
 * @param n Observations; `too-few` below 2 (below 1 with a scale).
 * @param sum Sum of the observations.
 * @param sumOfSquares Sum of their squares.
 * @param scale Lowest and highest possible answer, if there are any.
 * @param level Confidence, 0.95 unless given.
 *
 * @example
 * meanInterval({ n: 5, sum: 15, sumOfSquares: 55 }).value // => 3
 * meanInterval({ n: 5, sum: 15, sumOfSquares: 55 }).low // => 1.0367568...
 * meanInterval({ n: 1, sum: 3, sumOfSquares: 9 }) // => { kind: 'too-few', n: 1, needed: 2 }
 * meanInterval({ n: 3, sum: 15, sumOfSquares: 75, scale: [1, 5] }).low // => 2.75401...
 */
export function meanInterval({
	n,
	sum,
	sumOfSquares,
	scale,
	level = 0.95,
}: Sums & {
	readonly scale?: readonly [lowest: number, highest: number];
	readonly level?: number;
}): MeanEstimate | TooFew {
	const z = criticalValue(level);
	requireCount('n', n);
	if (scale && !(scale[0] < scale[1]))
		throw new RangeError(`scale must rise, got ${scale[0]} to ${scale[1]}`);
	const needed = scale ? 1 : 2;
	if (n < needed) return tooFew(n, needed);
	const mean = sum / n;
	if (scale) requireNumber('sum / n', mean, scale[0], scale[1]);
	const standardDeviation = Math.sqrt(sampleVariance({ n, sum, sumOfSquares }));
	const standardError = standardDeviation / Math.sqrt(n);
	if (scale && standardDeviation === 0) {
		const [lowest, highest] = scale;
		const range = highest - lowest;
		const limits = wilsonLimits((mean - lowest) / range, n, z);
		return estimate({
			value: mean,
			low: lowest + range * limits.low,
			high: lowest + range * limits.high,
			n,
			level,
			standardDeviation,
			standardError,
			method: 'Wilson interval on the answer scale (all answers equal)',
		});
	}
	const half = tQuantile((1 + level) / 2, n - 1) * standardError;
	return estimate({
		value: mean,
		low: Math.max(scale?.[0] ?? Number.NEGATIVE_INFINITY, mean - half),
		high: Math.min(scale?.[1] ?? Number.POSITIVE_INFINITY, mean + half),
		n,
		level,
		standardDeviation,
		standardError,
		method: "Student's t interval",
	});
}

/**
 * Variance with denominator n − 1, from sums; 0 for a single observation.
 *
 * The difference of two large sums loses digits when the mean is large beside the spread: centre such numbers on a
 * round value before summing them. A result below zero by no more than rounding counts as zero.
 *
 * @throws RangeError when the sums cannot belong together (sumOfSquares below sum²/n).
 *
 * @example
 * sampleVariance({ n: 5, sum: 15, sumOfSquares: 55 }) // => 2.5
 */
export function sampleVariance({ n, sum, sumOfSquares }: Sums): number {
	requireCount('n', n, 1);
	requireNumber('sum', sum);
	requireNumber('sumOfSquares', sumOfSquares, 0);
	const aroundMean = sumOfSquares - (sum * sum) / n;
	const rounding = 1e-12 * sumOfSquares;
	if (aroundMean < -rounding) {
		throw new RangeError(`sumOfSquares must be at least sum² / n (${(sum * sum) / n}), got ${sumOfSquares}`);
	}
	return n === 1 || aroundMean <= rounding ? 0 : aroundMean / (n - 1);
}
