/** How many bins lie between the two open ends, at most. */
const mostBins = 40;

/** Widths that people read easily, in seconds: up to an hour, then parts of days. */
const secondsWidths = [
	1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
];

/** The bins of a histogram: `first` and `last` are the multiples of `width` between which they lie. */
export type MarginBins = { readonly width: number; readonly first: number; readonly last: number };

/**
 * Bins for margins that mostly lie between `low` and `high`: of a width people read easily, with 0, where the promise stands,
 * always an edge. What lies further out belongs to the two open ends.
 *
 * @param unit `seconds`, or what else the margins are measured in
 */
export function marginBins(low: number, high: number, unit: string): MarginBins {
	const from = Math.min(low, 0);
	const to = Math.max(high, 0);
	const width = easyWidth((to - from) / (mostBins - 2), unit);
	return { width, first: Math.floor(from / width), last: Math.max(Math.floor(to / width) + 1, 1) };
}

function easyWidth(least: number, unit: string): number {
	if (unit === 'seconds') {
		const width = secondsWidths.find(candidate => candidate >= least);
		if (width !== undefined) return width;
		return 86_400 * easyWidth(least / 86_400, 'days');
	}
	if (!(least > 0)) return 1;
	const magnitude = 10 ** Math.floor(Math.log10(least));
	const step = [1, 2, 5].find(candidate => candidate * magnitude >= least) ?? 10;
	return step * magnitude;
}
