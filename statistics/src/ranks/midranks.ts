import { requireNumber } from '../require-argument.ts';

/**
 * The rank of each value, 1 for the smallest; equal values share the mean of the ranks they cover.
 *
 * @example
 * midranks([30, 10, 20, 10]) // => [4, 1.5, 3, 1.5]
 */
export function midranks(values: ArrayLike<number>): Float64Array {
	const order = Array.from(values, (value, i) => ({ value: requireNumber(`values[${i}]`, value), i }));
	order.sort((a, b) => a.value - b.value);
	const ranks = new Float64Array(order.length);
	for (let start = 0; start < order.length; ) {
		let end = start;
		while (end < order.length && order[end]?.value === order[start]?.value) end += 1;
		for (const { i } of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2;
		start = end;
	}
	return ranks;
}
