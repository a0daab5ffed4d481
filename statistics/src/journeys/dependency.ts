/** How surely one step leads to another. */
export type Dependency = {
	readonly from: string;
	readonly to: string;
	/** Times `to` followed `from` at once. */
	readonly count: number;
	/** Times `from` followed `to` at once. */
	readonly reverse: number;
	/** −1…1: near 1 the first leads to the second, near 0 they come in any order, below 0 it is the other way round. */
	readonly value: number;
};

/**
 * Which step really leads to which, and which are only neighbours by chance?
 *
 * (|ab| − |ba|) / (|ab| + |ba| + 1); for a step that repeats, |aa| / (|aa| + 1). The 1 keeps rarely seen pairs away
 * from certainty: one observation can give 0.5 at most. Only pairs that occurred in the given direction are listed.
 *
 * Source: Weijters & van der Aalst, "Rediscovering workflow models from event-based data using Little Thumb",
 * Integrated Computer-Aided Engineering 10(2), 2003 (heuristics miner).
 *
 * @param graph A directly-follows graph; each pair of steps at most once.
 * @returns One entry per edge, in the order of the edges.
 *
 * @example
 * dependencies({ edges: [{ from: 'a', to: 'b', count: 10 }, { from: 'b', to: 'a', count: 1 }] })[0].value // => 0.75
 */
export function dependencies(graph: {
	readonly edges: readonly { readonly from: string; readonly to: string; readonly count: number }[];
}): Dependency[] {
	const counts = new Map<string, Map<string, number>>();
	for (const { from, to, count } of graph.edges) {
		const targets = counts.get(from) ?? new Map<string, number>();
		counts.set(from, targets.set(to, count));
	}
	return graph.edges.map(({ from, to, count }) => {
		const reverse = counts.get(to)?.get(from) ?? 0;
		const value = from === to ? count / (count + 1) : (count - reverse) / (count + reverse + 1);
		return { from, to, count, reverse, value };
	});
}
