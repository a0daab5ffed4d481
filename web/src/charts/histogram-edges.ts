import type { MarginHistogram } from '@touchstone/domain/metrics/promise-figures.contract';

type Bins = MarginHistogram['bins'];

/** The edges between bins, from the left of the first to the right of the last; null is open. */
export function histogramEdges(bins: Bins): (number | null)[] {
	return [...bins.map(({ from }) => from), bins.at(-1)?.to ?? null];
}

/** At which edge the promise itself lies: what is left of it is worse than promised. */
export function zeroEdge(bins: Bins): number {
	const first = bins.findIndex(({ from }) => from !== null && from >= 0);
	return first === -1 ? bins.length : first;
}
