import { type TooFew, tooFew } from '../figure.ts';
import { requireNumber } from '../require-argument.ts';
import type { ChangeTest } from './sup-f.ts';

/**
 * Did the level wander away from its mean for too long, in whatever way?
 *
 * The largest absolute cumulative sum of residuals over σ √n, which without a change is the height of a Brownian
 * bridge: p by Kolmogorov's series. Sensitive to changes in the middle; {@link supF} names a single change better.
 *
 * Assumption: independent noise.
 * Source: Ploberger & Krämer, Econometrica 60, 1992.
 *
 * @param values The series in order.
 * @returns `too-few` below 10 observations; a series that does not vary is refused with a RangeError.
 *
 * @example
 * olsCusum([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]).p // => 0.99...
 */
export function olsCusum(values: readonly number[]): ChangeTest | TooFew {
	const n = values.length;
	if (n < 10) return tooFew(n, 10);
	const mean = values.reduce((sum, value) => sum + requireNumber('values', value), 0) / n;
	const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	if (!(total > 0)) throw new RangeError(`values must vary, got ${n} times ${values[0]}`);
	const scale = Math.sqrt((total / (n - 1)) * n);
	let [sum, statistic, after] = [0, 0, 0];
	for (const [i, value] of values.entries()) {
		sum += value - mean;
		if (Math.abs(sum) / scale > statistic) [statistic, after] = [Math.abs(sum) / scale, i + 1];
	}
	return { kind: 'test', statistic, p: kolmogorovTail(statistic), after, n, method: 'OLS-CUSUM' };
}

/** P(largest absolute value of a Brownian bridge > x). */
function kolmogorovTail(x: number): number {
	// Below 0.2 the alternating series would need many terms for a p that is 1 to all digits.
	if (x < 0.2) return 1;
	let p = 0;
	for (let k = 1; k <= 100; k += 1) {
		const term = 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
		p += term;
		if (Math.abs(term) < 1e-17) break;
	}
	return Math.min(1, Math.max(0, p));
}
