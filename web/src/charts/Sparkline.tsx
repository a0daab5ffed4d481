import classes from './Sparkline.module.css';
import { linearScale } from './scale.ts';
import { middleOf, stretchesOf, type TrendPoint } from './trend.ts';

const width = 96;
const height = 24;
const edge = 3;

/** A trend in a cell: how it went, not how high it is. A thin line shows the target where it is near. */
export function Sparkline({
	points,
	label,
	target,
}: {
	readonly points: readonly TrendPoint[];
	readonly label: string;
	readonly target?: number | null;
}) {
	const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
	const first = points[0];
	const last = points.at(-1);
	if (values.length < 2 || !first || !last) return <span className="quiet">–</span>;
	const low = Math.min(...values);
	const high = Math.max(...values);
	const x = linearScale([middleOf(first), middleOf(last)], [edge, width - edge]);
	const y = linearScale([low, high], [height - edge, edge]);
	const newest = points.findLast(({ value }) => value !== null);
	return (
		<svg className={classes.spark} role="img" aria-label={label} width={width} height={height}>
			{target !== undefined && target !== null && target >= low && target <= high ? (
				<line className={classes.target} x1={0} x2={width} y1={y(target)} y2={y(target)} />
			) : null}
			{stretchesOf(points).map(stretch => (
				<polyline
					key={stretch[0]?.from}
					className={classes.line}
					points={stretch
						.map(point => `${x(middleOf(point)).toFixed(1)},${y(point.value ?? low).toFixed(1)}`)
						.join(' ')}
				/>
			))}
			{newest && newest.value !== null ? (
				<circle className={classes.newest} cx={x(middleOf(newest))} cy={y(newest.value)} r={2.25} />
			) : null}
		</svg>
	);
}
