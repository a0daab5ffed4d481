import type { KeptBucket, VolumeBucket } from '@touchstone/domain/metrics/trend-bucket';

/** One bucket of a trend as it is drawn; `value` is null where there was too little to say. */
export type TrendPoint = {
	readonly from: string;
	readonly to: string;
	readonly value: number | null;
	/** The ends of the interval; null where nothing is uncertain. */
	readonly low: number | null;
	readonly high: number | null;
	readonly n: number;
};

/** Something that happened on the way, marked in a trend. */
export type TrendMark = {
	readonly id: string;
	readonly at: string;
	readonly text: string;
	/** `version`: what is measured changed; `note`: somebody noted it. */
	readonly kind: 'version' | 'note';
};

export function keptPoints(trend: readonly KeptBucket[]): TrendPoint[] {
	return trend.map(({ from, to, keptRate }) => ({
		from,
		to,
		value: keptRate.kind === 'too-few' ? null : keptRate.value,
		low: keptRate.kind === 'estimate' ? keptRate.interval.low : null,
		high: keptRate.kind === 'estimate' ? keptRate.interval.high : null,
		n: keptRate.n,
	}));
}

export function volumePoints(trend: readonly VolumeBucket[]): TrendPoint[] {
	return trend.map(({ from, to, n }) => ({ from, to, value: n, low: null, high: null, n }));
}

/** Where a point stands: in the middle of its bucket. */
export function middleOf({ from, to }: Pick<TrendPoint, 'from' | 'to'>): number {
	return (Date.parse(from) + Date.parse(to)) / 2;
}

/** The stretches of neighbouring points that have a value: a line is broken where there is nothing to say. */
export function stretchesOf<Point extends { readonly value: number | null }>(
	points: readonly Point[],
): Point[][] {
	const stretches: Point[][] = [];
	let open = false;
	for (const point of points) {
		if (point.value === null) {
			open = false;
			continue;
		}
		if (open) stretches.at(-1)?.push(point);
		else stretches.push([point]);
		open = true;
	}
	return stretches;
}

/** The index of the point whose bucket a time lies in, or the nearest one; undefined without points. */
export function pointAt(points: readonly TrendPoint[], time: number): number | undefined {
	let nearest: number | undefined;
	let distance = Infinity;
	for (const [index, point] of points.entries()) {
		const away = Math.abs(middleOf(point) - time);
		if (away < distance) {
			distance = away;
			nearest = index;
		}
	}
	return nearest;
}

/** At most `wished` of the points to write a date under, evenly apart, the newest among them. */
export function labelled<Point>(points: readonly Point[], wished: number): Point[] {
	const every = Math.max(1, Math.ceil(points.length / Math.max(1, wished)));
	return points.filter((_, index) => (points.length - 1 - index) % every === 0);
}

/** How near a line through some points comes to a height, between two places along it; infinitely far where it is not. */
export function distanceTo(
	line: readonly { readonly x: number; readonly y: number }[],
	from: number,
	to: number,
	height: number,
): number {
	let nearest = Infinity;
	for (const [index, end] of line.entries()) {
		const start = line[index - 1] ?? end;
		if (end.x < from || start.x > to) continue;
		const at = (x: number) =>
			end.x === start.x ? end.y : start.y + ((x - start.x) / (end.x - start.x)) * (end.y - start.y);
		const [first, last] = [at(Math.max(from, start.x)), at(Math.min(to, end.x))];
		const crosses = Math.min(first, last) <= height && height <= Math.max(first, last);
		nearest = Math.min(nearest, crosses ? 0 : Math.min(Math.abs(first - height), Math.abs(last - height)));
	}
	return nearest;
}
