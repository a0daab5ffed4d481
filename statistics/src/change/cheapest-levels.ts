/**
 * The sequence of levels with the least total cost, where going up costs and coming down is free: exact dynamic
 * programming (Viterbi), linear in levels × times because only the cheapest level below and above matter.
 *
 * @param fits Cost of each time at each level, times as rows; Infinity forbids a level.
 * @param riseCost Cost of going up one level. Before the first time the level is 0.
 * @returns The cheapest levels (the lower one where costs tie) and their total cost.
 *
 * @example
 * cheapestLevels([[0, 9], [9, 0], [9, 0]], 5) // => { levels: [0, 1, 1], cost: 5 }
 */
export function cheapestLevels(
	fits: readonly (readonly number[])[],
	riseCost: number,
): { readonly levels: number[]; readonly cost: number } {
	const levelCount = fits[0]?.length ?? 0;
	let costs = Float64Array.from({ length: levelCount }, (_, level) =>
		level === 0 ? 0 : Number.POSITIVE_INFINITY,
	);
	const cameFrom: Int32Array[] = [];
	for (const fit of fits) {
		const next = new Float64Array(levelCount);
		const previous = new Int32Array(levelCount);
		cheapestFromBelow(costs, riseCost, next, previous);
		cheapestFromAbove(costs, next, previous);
		for (let level = 0; level < levelCount; level += 1) {
			next[level] = (next[level] ?? 0) + (fit[level] ?? Number.POSITIVE_INFINITY);
		}
		cameFrom.push(previous);
		costs = next;
	}
	let level = cheapest(costs);
	const cost = costs[level] ?? 0;
	const levels = new Array<number>(fits.length).fill(0);
	for (let time = fits.length - 1; time >= 0; time -= 1) {
		levels[time] = level;
		level = cameFrom[time]?.[level] ?? 0;
	}
	return { levels, cost };
}

/** Staying or rising: the best level below, its cost counted from level 0 so that one running minimum serves all. */
function cheapestFromBelow(
	costs: Float64Array,
	rise: number,
	next: Float64Array,
	previous: Int32Array,
): void {
	let best = 0;
	let bestCost = Number.POSITIVE_INFINITY;
	for (let level = 0; level < costs.length; level += 1) {
		const counted = (costs[level] ?? 0) - rise * level;
		if (counted < bestCost) {
			bestCost = counted;
			best = level;
		}
		next[level] = bestCost + rise * level;
		previous[level] = best;
	}
}

/** Staying or falling: the cheapest level above, taken only when it beats rising. */
function cheapestFromAbove(costs: Float64Array, next: Float64Array, previous: Int32Array): void {
	let best = costs.length - 1;
	for (let level = costs.length - 1; level >= 0; level -= 1) {
		if ((costs[level] ?? 0) <= (costs[best] ?? 0)) best = level;
		if ((costs[best] ?? 0) < (next[level] ?? 0)) {
			next[level] = costs[best] ?? 0;
			previous[level] = best;
		}
	}
}

function cheapest(costs: Float64Array): number {
	let best = 0;
	for (let level = 1; level < costs.length; level += 1)
		if ((costs[level] ?? 0) < (costs[best] ?? 0)) best = level;
	return best;
}
