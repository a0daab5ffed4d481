import { linearScale, roundAxis, type Scale } from './scale.ts';
import type { TrendPoint } from './trend.ts';

/** Where everything of a trend is drawn, in pixels. */
export type TrendPlot = {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	/** From milliseconds since 1970. */
	readonly x: Scale;
	readonly y: Scale;
	readonly ticks: readonly { readonly value: number; readonly text: string }[];
	/** The time at a pixel from the left. */
	readonly timeAt: (pixel: number) => number;
};

const characterWidth = 7.4;
const wishedTicks = 4;

/** Lays out a trend: the axis holds every value, every interval that is not absurdly wide, and the target. */
export function trendPlot({
	points,
	target,
	bounds,
	width,
	height,
	marked,
	write,
}: {
	readonly points: readonly TrendPoint[];
	readonly target: number | null;
	readonly bounds: readonly [low: number, high: number] | undefined;
	readonly width: number;
	readonly height: number;
	/** Whether marks need room above the plot. */
	readonly marked: boolean;
	/** Writes a tick, with as many digits as ticks this far apart need. */
	readonly write: (value: number, step: number) => string;
}): TrendPlot {
	const axis = roundAxis([...valuesOf(points), ...(target === null ? [] : [target])], wishedTicks, bounds);
	const step = (axis.ticks[1] ?? axis.high) - (axis.ticks[0] ?? axis.low);
	const ticks = axis.ticks.map(value => ({ value, text: write(value, step) }));
	const left = Math.max(0, ...ticks.map(({ text }) => text.length)) * characterWidth + 12;
	const right = Math.max(left, width - 8);
	const top = marked ? 22 : 14;
	const bottom = height - 24;
	const times = [Date.parse(points[0]?.from ?? ''), Date.parse(points.at(-1)?.to ?? '')] as const;
	const back = linearScale([left, right], times);
	return {
		left,
		right,
		top,
		bottom,
		x: linearScale(times, [left, right]),
		y: linearScale([axis.low, axis.high], [bottom, top]),
		ticks,
		timeAt: back,
	};
}

/**
 * What the axis has to hold. The interval of a bucket with a handful of occasions can be wider than everything else
 * together; it is cut at the edge of the plot rather than flattening the line.
 */
function valuesOf(points: readonly TrendPoint[]): number[] {
	const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
	const extent = Math.max(...values) - Math.min(...values);
	const widths = points
		.flatMap(({ low, high }) => (low === null || high === null ? [] : [high - low]))
		.toSorted((a, b) => a - b);
	const usual = widths[Math.floor(widths.length / 2)] ?? 0;
	const widest = Math.max(extent, usual * 2);
	return [
		...values,
		...points.flatMap(({ low, high }) =>
			low === null || high === null || high - low > widest ? [] : [low, high],
		),
	];
}
