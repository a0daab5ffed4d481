import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { tQuantile } from './special-functions.ts';

/** Mean and variance (denominator n − 1) of values, in two passes so that no digits are lost.
 *
 * @returns variance 0 for fewer than two values; mean 0 for none.
 *
 * @example
 * momentsOf([1, 2, 3, 4]) // => { n: 4, mean: 2.5, variance: 1.6666666666666667 }
 */
export function momentsOf(values: ArrayLike<number>): { n: number; mean: number; variance: number } {
	const n = values.length;
	let sum = 0;
	for (let i = 0; i < n; i += 1) sum += values[i] ?? 0;
	const mean = n === 0 ? 0 : sum / n;
	let squares = 0;
	for (let i = 0; i < n; i += 1) squares += ((values[i] ?? 0) - mean) ** 2;
	return { n, mean, variance: n < 2 ? 0 : squares / (n - 1) };
}

/**
 * The mean of values at hand, with Student's t interval.
 *
 * @returns `too-few` below two values.
 *
 * @example
 * meanOfValues([1, 2, 3, 4, 5]).low // => 1.0367568...
 */
export function meanOfValues(values: ArrayLike<number>, level = 0.95): Estimate | TooFew {
	const { n, mean, variance } = momentsOf(values);
	if (n < 2) return tooFew(n, 2);
	const half = tQuantile(0.5 + level / 2, n - 1) * Math.sqrt(variance / n);
	return estimate({
		value: mean,
		low: mean - half,
		high: mean + half,
		n,
		method: "Student's t interval",
		level,
	});
}
