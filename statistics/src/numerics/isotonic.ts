import { requireNumber, requireSameLength } from '../require-argument.ts';

/**
 * The non-decreasing sequence nearest to the given values (weighted least squares), by pooling adjacent violators.
 *
 * Equal to the input where it never falls. Source: Barlow, Bartholomew, Bremner & Brunk 1972; for a non-increasing
 * sequence pass the values reversed.
 *
 * @param values In their order.
 * @param weights Above 0, equally many; 1 each unless given.
 *
 * @example
 * isotonic([1, 3, 2, 4]) // => [1, 2.5, 2.5, 4]
 * isotonic([3, 1], [1, 3]) // => [1.5, 1.5]
 */
export function isotonic(values: ArrayLike<number>, weights?: ArrayLike<number>): Float64Array {
	if (weights) requireSameLength('weights', weights, 'values', values);
	const length = values.length;
	const blockMean = new Float64Array(length);
	const blockWeight = new Float64Array(length);
	const blockSize = new Int32Array(length);
	let blocks = 0;
	for (let i = 0; i < length; i += 1) {
		let mean = requireNumber(`values[${i}]`, values[i] ?? Number.NaN);
		let weight = weights ? requireNumber(`weights[${i}]`, weights[i] ?? 0, Number.MIN_VALUE) : 1;
		let size = 1;
		while (blocks > 0 && (blockMean[blocks - 1] ?? mean) > mean) {
			blocks -= 1;
			const before = blockWeight[blocks] ?? 0;
			mean = (mean * weight + (blockMean[blocks] ?? 0) * before) / (weight + before);
			weight += before;
			size += blockSize[blocks] ?? 0;
		}
		blockMean[blocks] = mean;
		blockWeight[blocks] = weight;
		blockSize[blocks] = size;
		blocks += 1;
	}
	const result = new Float64Array(length);
	for (let block = 0, at = 0; block < blocks; block += 1) {
		const end = at + (blockSize[block] ?? 0);
		result.fill(blockMean[block] ?? 0, at, end);
		at = end;
	}
	return result;
}
