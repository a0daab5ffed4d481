import { useElementSize } from '@mantine/hooks';
import { type PointerEvent, useMemo, useState } from 'react';
import type { Formats } from '../texts/formats.ts';
import { type Say, useTexts } from '../texts/TextsProvider.tsx';
import { type FigureUnit, writtenIn } from '../ui/FigureValue.tsx';
import { TrendCursor, TrendCurve, TrendGrid, TrendMarks, TrendTarget } from './TrendDrawing.tsx';
import classes from './TrendLine.module.css';
import { middleOf, pointAt, type TrendMark, type TrendPoint } from './trend.ts';
import { trendPlot } from './trend-plot.ts';

const noMarks: readonly TrendMark[] = [];

/** A figure over time with its interval as a band, read bucket by bucket with the pointer or the arrow keys. */
export function TrendLine({
	label,
	points,
	unit,
	height = 200,
	target = null,
	marks = noMarks,
	fromZero = false,
}: {
	/** What the chart shows, for those who do not see it: its finding. */
	readonly label: string;
	readonly points: readonly TrendPoint[];
	readonly unit: FigureUnit;
	readonly height?: number;
	/** A line to hold the trend against. */
	readonly target?: number | null;
	readonly marks?: readonly TrendMark[];
	/** Whether the axis begins at zero, as it should for counts. Shares are drawn around what they are. */
	readonly fromZero?: boolean;
}) {
	const { say, formats } = useTexts();
	const { ref, width } = useElementSize();
	const [at, setAt] = useState<number>();
	const plot = useMemo(
		() =>
			trendPlot({
				points,
				target: target ?? (fromZero ? 0 : null),
				bounds: unit.kind === 'share' ? [0, 1] : undefined,
				width,
				height,
				marked: marks.length > 0,
				write: (value, step) =>
					unit.kind === 'share'
						? formats.share(value, step < 0.0099 ? 1 : 0)
						: writtenIn(unit, formats)(value),
			}),
		[points, target, fromZero, unit, width, height, marks, formats],
	);
	const read = at === undefined ? undefined : points[at];
	const newest = points.length - 1;
	const follow = (event: PointerEvent<HTMLInputElement>) => {
		const left = event.currentTarget.getBoundingClientRect().left;
		setAt(pointAt(points, plot.timeAt(event.clientX - left)));
	};
	return (
		<figure className={classes.chart} ref={ref} style={{ height }}>
			{width > 0 ? (
				<svg data-chart="trend" role="img" aria-label={label} width={width} height={height}>
					<TrendGrid points={points} plot={plot} />
					<TrendCurve points={points} plot={plot} />
					{target === null ? null : (
						<TrendTarget
							points={points}
							target={target}
							text={say('charts.target', { target: writtenIn(unit, formats)(target) })}
							plot={plot}
						/>
					)}
					<TrendMarks marks={marks} plot={plot} />
					{read ? <TrendCursor point={read} plot={plot} /> : null}
				</svg>
			) : null}
			{points.length > 1 ? (
				<input
					type="range"
					className={classes.reader}
					min={0}
					max={newest}
					value={at ?? newest}
					aria-label={say('charts.read')}
					aria-valuetext={spoken(points[at ?? newest], unit, say, formats)}
					onChange={event => setAt(event.currentTarget.valueAsNumber)}
					onFocus={event => {
						if (event.currentTarget.matches(':focus-visible')) setAt(at ?? newest);
					}}
					onBlur={() => setAt(undefined)}
					onPointerMove={follow}
					onPointerLeave={() => setAt(undefined)}
				/>
			) : null}
			{read ? (
				<Readout
					point={read}
					unit={unit}
					marks={marks.filter(mark => mark.at >= read.from && mark.at < read.to)}
					left={plot.x(middleOf(read))}
					width={width}
				/>
			) : null}
		</figure>
	);
}

/** What a bucket says, beside the line that stands on it. */
function Readout({
	point,
	unit,
	marks,
	left,
	width,
}: {
	readonly point: TrendPoint;
	readonly unit: FigureUnit;
	readonly marks: readonly TrendMark[];
	readonly left: number;
	readonly width: number;
}) {
	const { say, formats } = useTexts();
	return (
		<div
			className={classes.readout}
			data-side={left > width / 2 ? 'left' : 'right'}
			style={left > width / 2 ? { right: width - left + 10 } : { left: left + 10 }}
			aria-hidden="true"
		>
			<span className={classes.when}>{formats.days(point.from, point.to)}</span>
			<strong>{point.value === null ? say('ui.tooFew') : writtenIn(unit, formats)(point.value)}</strong>
			<span className={classes.aside}>{aside(point, unit, say, formats)}</span>
			{marks.map(({ id, text }) => (
				<span key={id}>{text}</span>
			))}
		</div>
	);
}

/** The interval and the number behind a value; nothing where the value is the number. */
function aside(point: TrendPoint, unit: FigureUnit, say: Say, formats: Formats): string {
	if (point.low === null || point.high === null) return '';
	const write = writtenIn(unit, formats);
	const interval = say('ui.interval', { low: write(point.low), high: write(point.high) });
	return `${interval} · ${say('ui.n', { n: formats.number(point.n) })}`;
}

function spoken(point: TrendPoint | undefined, unit: FigureUnit, say: Say, formats: Formats): string {
	if (!point) return '';
	const value = point.value === null ? say('ui.tooFew') : writtenIn(unit, formats)(point.value);
	return [formats.days(point.from, point.to), value, aside(point, unit, say, formats)]
		.filter(Boolean)
		.join(', ');
}
