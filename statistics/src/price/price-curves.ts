import type { PriceAnswers } from './price-answers.ts';

/** The prices people named, ascending, and where on that grid each person's four lie. */
export type PriceGrid = {
	readonly prices: Float64Array;
	/** Grid positions of the too cheap, cheap, expensive and too expensive price, person by person. */
	readonly positions: Int32Array;
	readonly people: number;
};

/** Shares of people at each price of a grid. */
export type PriceCurves = {
	readonly prices: Float64Array;
	/** Who would doubt the quality: 1 − F(too cheap). */
	readonly tooCheap: Float64Array;
	/** Who would call it a bargain: 1 − F(cheap). */
	readonly cheap: Float64Array;
	readonly expensive: Float64Array;
	readonly tooExpensive: Float64Array;
};

/**
 * All prices named, sorted once, so that resampling people only counts.
 *
 * @example
 * priceGrid([{ tooCheap: 1, cheap: 2, expensive: 3, tooExpensive: 4 }]).prices // => [1, 2, 3, 4]
 */
export function priceGrid(respondents: readonly PriceAnswers[]): PriceGrid {
	const named = respondents.flatMap(({ tooCheap, cheap, expensive, tooExpensive }) => [
		tooCheap,
		cheap,
		expensive,
		tooExpensive,
	]);
	const prices = Float64Array.from(new Set(named)).sort();
	const position = new Map(Array.from(prices, (price, i) => [price, i]));
	const positions = Int32Array.from(named, price => position.get(price) ?? 0);
	return { prices, positions, people: respondents.length };
}

/**
 * The four curves at the prices that were named.
 *
 * @example
 * priceCurves(priceGrid([{ tooCheap: 1, cheap: 2, expensive: 3, tooExpensive: 4 }])).expensive // => [0, 0, 1, 1]
 */
export function priceCurves(grid: PriceGrid): PriceCurves {
	const { prices, people } = grid;
	const counts = countsAt(grid, new Int32Array(people).fill(1), new Int32Array(4 * prices.length));
	const shareUpTo = (question: number): Float64Array => {
		let upTo = 0;
		return prices.map((_, i) => {
			upTo += counts[4 * i + question] ?? 0;
			return upTo / people;
		});
	};
	return {
		prices,
		tooCheap: shareUpTo(0).map(share => 1 - share),
		cheap: shareUpTo(1).map(share => 1 - share),
		expensive: shareUpTo(2),
		tooExpensive: shareUpTo(3),
	};
}

/**
 * Where the curves cross: lower and upper bound, indifference price, optimal price, narrower lower and upper bound.
 *
 * Each is the lowest price at which the rising curve reaches the falling one, on the straight line between the prices around
 * it; NaN when it never does. Prices that nobody counted named are passed over, so that lines run between real answers only.
 *
 * @param times How often each person counts.
 * @param scratch Four whole numbers per price of the grid, overwritten: resampling calls this thousands of times.
 *
 * @example
 * const grid = priceGrid([{ tooCheap: 1, cheap: 2, expensive: 3, tooExpensive: 4 }])
 * priceCrossings(grid, Int32Array.of(1), new Int32Array(16))[2] // => 2
 */
export function priceCrossings(grid: PriceGrid, times: Int32Array, scratch: Int32Array): Float64Array {
	const counts = countsAt(grid, times, scratch.fill(0));
	let people = 0;
	for (let i = 0; i < times.length; i += 1) people += times[i] ?? 0;
	const points = new Float64Array(6).fill(Number.NaN);
	const below = new Int32Array(6).fill(people);
	let [tooCheap, cheap, expensive, tooExpensive, before, open] = [0, 0, 0, 0, 0, 6];
	for (let i = 0; i < grid.prices.length && open > 0; i += 1) {
		const at = 4 * i;
		const [c0, c1, c2, c3] = [counts[at] ?? 0, counts[at + 1] ?? 0, counts[at + 2] ?? 0, counts[at + 3] ?? 0];
		if (c0 + c1 + c2 + c3 === 0) continue;
		tooCheap += c0;
		cheap += c1;
		expensive += c2;
		tooExpensive += c3;
		const price = grid.prices[i] ?? 0;
		for (let k = 0; k < 6; k += 1) {
			if (!Number.isNaN(points[k])) continue;
			// Everybody is on one side of a falling curve: rising ≥ falling is risen + passed ≥ people.
			const risen = k === 0 ? cheap : k === 2 || k === 4 ? expensive : tooExpensive;
			const passed = k === 1 ? expensive : k === 2 || k === 5 ? cheap : tooCheap;
			const missing = people - risen - passed;
			const missingBefore = below[k] ?? 0;
			below[k] = missing;
			if (missing > 0) continue;
			points[k] =
				missing === 0 ? price : before + ((price - before) * missingBefore) / (missingBefore - missing);
			open -= 1;
		}
		before = price;
	}
	return points;
}

/** How many named each price, the four questions side by side. */
function countsAt({ positions }: PriceGrid, times: Int32Array, counts: Int32Array): Int32Array {
	for (let i = 0; i < positions.length; i += 1) {
		const weight = times[i >> 2] ?? 0;
		if (weight === 0) continue;
		const at = 4 * (positions[i] ?? 0) + (i & 3);
		counts[at] = (counts[at] ?? 0) + weight;
	}
	return counts;
}
