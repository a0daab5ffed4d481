import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './TrendLine.module.css';
import { distanceTo, labelled, middleOf, stretchesOf, type TrendMark, type TrendPoint } from './trend.ts';
import type { TrendPlot } from './trend-plot.ts';

const dateWidth = 84;
const labelWidth = 90;

type Drawn = { readonly points: readonly TrendPoint[]; readonly plot: TrendPlot };

/** The lines across: what values they stand for, and the dates below. */
export function TrendGrid({ points, plot }: Drawn) {
	const { formats } = useTexts();
	const first = points[0];
	const last = points.at(-1);
	const years = first && last && Date.parse(last.to) - Date.parse(first.from) > 400 * 86_400_000;
	const dates = labelled(points, Math.floor((plot.right - plot.left) / dateWidth));
	return (
		<g>
			{plot.ticks.map(({ value, text }) => (
				<g key={value}>
					<line
						className={classes.grid}
						x1={plot.left}
						x2={plot.right}
						y1={plot.y(value)}
						y2={plot.y(value)}
					/>
					<text className={classes.tick} x={plot.left - 8} y={plot.y(value) + 4} textAnchor="end">
						{text}
					</text>
				</g>
			))}
			{dates.map(point => {
				const x = plot.x(middleOf(point));
				const text = years ? formats.month(middle(point)) : formats.shortDay(point.from);
				return (
					<text
						key={point.from}
						className={classes.tick}
						x={Math.min(x, plot.right - 2)}
						y={plot.bottom + 18}
						textAnchor={x > plot.right - 28 ? 'end' : x < plot.left + 24 ? 'start' : 'middle'}
					>
						{text}
					</text>
				);
			})}
		</g>
	);
}

/** The line with its band. The last bucket is dashed while it is not over. */
export function TrendCurve({ points, plot }: Drawn) {
	const at = (point: TrendPoint, value: number | null) =>
		`${plot.x(middleOf(point)).toFixed(1)},${within(plot.y(value ?? 0), plot).toFixed(1)}`;
	const last = points.at(-1);
	const unfinished = last !== undefined && Date.parse(last.to) > Date.now();
	return (
		<g>
			{stretchesOf(points).map(stretch => {
				const banded = stretch.filter(({ low, high }) => low !== null && high !== null);
				const band = [
					...banded.map(point => at(point, point.high)),
					...banded.toReversed().map(point => at(point, point.low)),
				];
				const [only] = stretch;
				if (stretch.length === 1 && only) return <Lone key={only.from} point={only} plot={plot} />;
				const open = unfinished && stretch.at(-1) === last;
				const solid = open ? stretch.slice(0, -1) : stretch;
				return (
					<g key={only?.from}>
						{band.length > 2 ? <polygon className={classes.band} points={band.join(' ')} /> : null}
						<polyline
							className={classes.line}
							points={solid.map(point => at(point, point.value)).join(' ')}
						/>
						{open ? (
							<polyline
								className={classes.unfinished}
								points={stretch
									.slice(-2)
									.map(point => at(point, point.value))
									.join(' ')}
							/>
						) : null}
					</g>
				);
			})}
		</g>
	);
}

/** A bucket between two about which nothing is known. */
function Lone({ point, plot }: { readonly point: TrendPoint; readonly plot: TrendPlot }) {
	const x = plot.x(middleOf(point));
	return (
		<g>
			{point.low === null || point.high === null ? null : (
				<line
					className={classes.whisker}
					x1={x}
					x2={x}
					y1={within(plot.y(point.low), plot)}
					y2={within(plot.y(point.high), plot)}
				/>
			)}
			<circle className={classes.dot} cx={x} cy={plot.y(point.value ?? 0)} r={3} />
		</g>
	);
}

/** The line to hold the trend against, named at that of its corners where the trend is farthest. */
export function TrendTarget({
	target,
	text,
	points,
	plot,
}: Drawn & {
	readonly target: number;
	readonly text: string;
}) {
	const y = plot.y(target);
	const corners = [
		{ anchor: 'end', x: plot.right, y: y - 5, from: plot.right - labelWidth },
		{ anchor: 'end', x: plot.right, y: y + 14, from: plot.right - labelWidth },
		{ anchor: 'start', x: plot.left + 4, y: y - 5, from: plot.left },
		{ anchor: 'start', x: plot.left + 4, y: y + 14, from: plot.left },
	] as const;
	const curve = points.flatMap(point =>
		point.value === null ? [] : [{ x: plot.x(middleOf(point)), y: plot.y(point.value) }],
	);
	const roomAt = (corner: (typeof corners)[number]) =>
		distanceTo(curve, corner.from, corner.from + labelWidth, corner.y - 4);
	const best = corners.reduce((chosen, corner) => (roomAt(corner) > roomAt(chosen) ? corner : chosen));
	return (
		<g>
			<line className={classes.target} x1={plot.left} x2={plot.right} y1={y} y2={y} />
			<text className={classes.targetLabel} x={best.x} y={best.y} textAnchor={best.anchor}>
				{text}
			</text>
		</g>
	);
}

/** Where something happened: a triangle for a new version, a diamond for a note. */
export function TrendMarks({
	marks,
	plot,
}: {
	readonly marks: readonly TrendMark[];
	readonly plot: TrendPlot;
}) {
	return marks.map(({ id, at, kind }) => {
		const x = plot.x(Date.parse(at));
		if (x < plot.left || x > plot.right) return null;
		const y = plot.top - 12;
		const shape =
			kind === 'version'
				? `${x - 5},${y + 8} ${x + 5},${y + 8} ${x},${y}`
				: `${x},${y - 1} ${x + 5},${y + 4} ${x},${y + 9} ${x - 5},${y + 4}`;
		return (
			<g key={id} className={classes.mark} data-kind={kind}>
				<line x1={x} x2={x} y1={y + 9} y2={plot.bottom} />
				<polygon points={shape} />
			</g>
		);
	});
}

/** The bucket that is being read. */
export function TrendCursor({ point, plot }: { readonly point: TrendPoint; readonly plot: TrendPlot }) {
	const x = plot.x(middleOf(point));
	return (
		<g>
			<line className={classes.cursor} x1={x} x2={x} y1={plot.top} y2={plot.bottom} />
			{point.value === null ? null : (
				<circle className={classes.point} cx={x} cy={plot.y(point.value)} r={4} />
			)}
		</g>
	);
}

function within(y: number, { top, bottom }: TrendPlot): number {
	return Math.min(bottom, Math.max(top, y));
}

function middle(point: TrendPoint): Date {
	return new Date(middleOf(point));
}
