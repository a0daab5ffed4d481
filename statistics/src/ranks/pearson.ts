import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, tTwoSided } from '../numerics/special-functions.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';

/** A correlation with its test against none. */
export type CorrelationEstimate = Estimate & {
	/** Against no association, two-sided. */
	readonly pValue: number;
};

/**
 * How closely two measures follow a straight line together, −1…1, with Fisher's interval.
 *
 * Assumes: 1. pairs are independent; 2. both roughly normal (for the interval). Source: Fisher 1921.
 *
 * @param x First measure.
 * @param y Second measure, equally many.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 4 pairs, or when one measure does not vary.
 *
 * @example
 * pearson({ x: [1, 2, 3, 4, 5], y: [2, 1, 4, 3, 5] }).value // => 0.8
 */
export function pearson({
	x,
	y,
	level = 0.95,
}: {
	readonly x: ArrayLike<number>;
	readonly y: ArrayLike<number>;
	readonly level?: number;
}): CorrelationEstimate | TooFew {
	criticalValue(level);
	const n = requireSameLength('y', y, 'x', x);
	if (n < 4) return tooFew(n, 4);
	const value = correlationOf(x, y);
	if (value === undefined) return tooFew(n, n + 1);
	return estimate({
		value,
		...fisherLimits(value, 1 / Math.sqrt(n - 3), level),
		n,
		level,
		pValue: correlationPValue(value, n - 2),
		method: 'Pearson correlation, Fisher interval',
	});
}

/**
 * Pearson's correlation alone; undefined when one side does not vary.
 *
 * @example
 * correlationOf([1, 2, 3], [2, 4, 6]) // => 1
 */
export function correlationOf(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
	const n = x.length;
	let [meanX, meanY] = [0, 0];
	for (let i = 0; i < n; i += 1) {
		meanX += requireNumber(`x[${i}]`, x[i] ?? Number.NaN) / n;
		meanY += requireNumber(`y[${i}]`, y[i] ?? Number.NaN) / n;
	}
	let [xx, yy, xy] = [0, 0, 0];
	for (let i = 0; i < n; i += 1) {
		const [dx, dy] = [(x[i] ?? 0) - meanX, (y[i] ?? 0) - meanY];
		xx += dx * dx;
		yy += dy * dy;
		xy += dx * dy;
	}
	const spread = Math.sqrt(xx * yy);
	return spread > 0 ? Math.max(-1, Math.min(1, xy / spread)) : undefined;
}

/**
 * Limits of a correlation whose inverse hyperbolic tangent has this standard error.
 *
 * @param step For ranks, how far below 1 the next possible value lies: a correlation of exactly ±1 has no tangent, so its
 * inner limit is taken from there. 0 unless given: points exactly on a line then have no width.
 *
 * @example
 * fisherLimits(0, 0.1, 0.95).high // => 0.19352...
 * fisherLimits(1, 0.5, 0.95, 0.1) // => { low: 0.45599..., high: 1 }
 */
export function fisherLimits(
	value: number,
	standardError: number,
	level: number,
	step = 0,
): { low: number; high: number } {
	const half = criticalValue(level) * standardError;
	const isComplete = Math.abs(value) > 1 - step / 2;
	const z = Math.atanh(isComplete ? Math.sign(value) * (1 - step) : value);
	return {
		low: isComplete && value < 0 ? -1 : Math.tanh(z - half),
		high: isComplete && value > 0 ? 1 : Math.tanh(z + half),
	};
}

/**
 * Two-sided p-value of a correlation by Student's t.
 *
 * @example
 * correlationPValue(0.5, 10) // => 0.09785...
 */
export function correlationPValue(value: number, degreesOfFreedom: number): number {
	if (Math.abs(value) === 1) return 0;
	return tTwoSided(value * Math.sqrt(degreesOfFreedom / (1 - value * value)), degreesOfFreedom);
}
