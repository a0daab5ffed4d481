import { type TooFew, tooFew } from '../figure.ts';
import { normalTwoSided } from '../numerics/special-functions.ts';
import { requireNumber } from '../require-argument.ts';

/** Whether a series tends to rise or fall. */
export type Trend = {
	readonly kind: 'test';
	/** Pairs that rise minus pairs that fall. */
	readonly s: number;
	readonly variance: number;
	/** Standardised, corrected for continuity. */
	readonly z: number;
	/** Two-sided. */
	readonly p: number;
	/** s as a share of all pairs that differ in value, −1…1 (Kendall's tau-b). */
	readonly tau: number;
	readonly n: number;
	readonly method: string;
};

/**
 * Does this series tend to rise or fall, whatever its shape?
 *
 * Assumptions: 1. observations are independent when there is no trend (an autocorrelated series looks like a trend:
 * whiten it first); 2. equally meaningful differences in order only, so any scale will do. Ties shrink the variance.
 *
 * Source: Mann, Econometrica 13, 1945; Kendall, "Rank Correlation Methods", 1975.
 *
 * @param values The series in order of time.
 * @returns `too-few` below 4 observations or when all are equal. The normal approximation is good from about 10.
 *
 * @example
 * mannKendall([1, 2, 3, 4, 5]).s // => 10
 */
export function mannKendall(values: readonly number[]): Trend | TooFew {
	const n = values.length;
	for (const value of values) requireNumber('values', value);
	if (n < 4) return tooFew(n, 4);
	const distinct = new Map<number, number>();
	for (const value of values) distinct.set(value, (distinct.get(value) ?? 0) + 1);
	if (distinct.size < 2) return tooFew(distinct.size, 2);
	let s = 0;
	for (let j = 1; j < n; j += 1) {
		for (let i = 0; i < j; i += 1) s += Math.sign((values[j] ?? 0) - (values[i] ?? 0));
	}
	const spread = (count: number): number => count * (count - 1) * (2 * count + 5);
	let variance = spread(n);
	let tiedPairs = 0;
	for (const count of distinct.values()) {
		variance -= spread(count);
		tiedPairs += (count * (count - 1)) / 2;
	}
	variance /= 18;
	const z = (s - Math.sign(s)) / Math.sqrt(variance);
	const pairs = (n * (n - 1)) / 2;
	const tau = s / Math.sqrt(pairs * (pairs - tiedPairs));
	return { kind: 'test', s, variance, z, p: normalTwoSided(z), tau, n, method: 'Mann–Kendall' };
}
