import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { sortedQuantile } from '../numerics/quantile.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';

/**
 * How fast does this series rise or fall, not minding outliers?
 *
 * The middle of the slopes of all pairs, with the interval that belongs to the Mann–Kendall test: slopes at ranks
 * (N ± z √variance) / 2.
 *
 * Assumptions: 1. a straight trend with independent noise of any shape; 2. times differ. All pairs are looked at, so
 * 10,000 observations need 50 million slopes: thin longer series.
 *
 * Source: Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63, 1968.
 *
 * @param values The series.
 * @param options `times` of the observations (1, 2, 3 … unless given); `level` of the interval.
 * @returns Change per unit of time; `too-few` below 4 observations.
 *
 * @example
 * senSlope([1, 3, 5, 7, 90]).value // => 2
 */
export function senSlope(
	values: readonly number[],
	{ times, level = 0.95 }: { readonly times?: readonly number[]; readonly level?: number } = {},
): Estimate | TooFew {
	const n = values.length;
	if (times) requireSameLength('times', times, 'values', values);
	if (n > 10_000) throw new RangeError(`values must be at most 10000, got ${n}`);
	for (const value of values) requireNumber('values', value);
	const z = criticalValue(level);
	if (n < 4) return tooFew(n, 4);
	const slopes: number[] = [];
	for (let j = 1; j < n; j += 1) {
		for (let i = 0; i < j; i += 1) {
			const elapsed = times ? (times[j] ?? 0) - (times[i] ?? 0) : j - i;
			if (elapsed !== 0) slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / elapsed);
		}
	}
	if (slopes.length === 0) throw new RangeError('times must differ, got the same time for all values');
	const sorted = Float64Array.from(slopes).sort();
	const half = (z * Math.sqrt(varianceOfS(values))) / 2;
	const rank = (position: number): number =>
		sorted[Math.min(sorted.length, Math.max(1, position)) - 1] ?? Number.NaN;
	return estimate({
		value: sortedQuantile(sorted, 0.5),
		low: rank(Math.floor(sorted.length / 2 - half)),
		high: rank(Math.ceil(sorted.length / 2 + half) + 1),
		n,
		method: "Sen's slope",
		level,
	});
}

/** Variance of Kendall's S under no trend, smaller with tied values. */
function varianceOfS(values: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	const spread = (count: number): number => count * (count - 1) * (2 * count + 5);
	let variance = spread(values.length);
	for (const count of counts.values()) variance -= spread(count);
	return variance / 18;
}
