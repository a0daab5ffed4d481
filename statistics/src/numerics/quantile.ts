/**
 * Quantile of observations by linear interpolation (Hyndman & Fan 1996, type 7: the default of R, NumPy and Excel).
 *
 * @param values Observations in any order; at least one.
 * @param p Share below, 0…1.
 * @throws RangeError when there are no values or p is outside 0…1.
 *
 * @example
 * quantile([4, 1, 3, 2], 0.5) // => 2.5
 */
export function quantile(values: ArrayLike<number>, p: number): number {
	return sortedQuantile(Float64Array.from(values).sort(), p);
}

/**
 * As {@link quantile}, for values already in ascending order; nothing is copied.
 *
 * @example
 * sortedQuantile([1, 2, 3, 4], 0.25) // => 1.75
 */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
	if (sorted.length === 0) throw new RangeError('values must hold at least one number, got 0');
	if (!(p >= 0 && p <= 1)) throw new RangeError(`p must be between 0 and 1, got ${p}`);
	const position = (sorted.length - 1) * p;
	const below = Math.floor(position);
	const low = sorted[below] ?? Number.NaN;
	const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
	return low + (position - below) * (high - low);
}

/**
 * The middle value.
 *
 * @example
 * median([3, 1, 2]) // => 2
 */
export function median(values: ArrayLike<number>): number {
	return quantile(values, 0.5);
}
