import type { Figure } from '@touchstone/domain/metrics/figure';
import classes from './IntervalDot.module.css';
import { linearScale } from './scale.ts';

/** Whether the figure is where it should be, said by shape and colour: a full dot, a diamond, or an open dot. */
type Standing = 'kept' | 'broken' | 'open';

/** A figure with its interval on a scale that a whole list shares, and a tick where it should be. */
export function IntervalDot({
	figure,
	domain,
	reference,
	standing,
	label,
}: {
	readonly figure: Figure;
	/** What the scale spans, the same in every row. */
	readonly domain: readonly [low: number, high: number];
	readonly reference?: number | null;
	readonly standing: Standing;
	readonly label: string;
}) {
	if (figure.kind === 'too-few') return null;
	const x = linearScale(domain, [4, 96]);
	const per = (value: number) => `${Math.min(100, Math.max(0, x(value)))}%`;
	return (
		<svg className={classes.dots} role="img" aria-label={label} width="100%" height={22}>
			<line className={classes.axis} x1="0" x2="100%" y1={11} y2={11} />
			{reference === undefined || reference === null ? null : (
				<line className={classes.reference} x1={per(reference)} x2={per(reference)} y1={2} y2={20} />
			)}
			<g data-standing={standing}>
				{figure.kind === 'estimate' ? (
					<line
						className={classes.interval}
						x1={per(figure.interval.low)}
						x2={per(figure.interval.high)}
						y1={11}
						y2={11}
					/>
				) : null}
				<svg x={per(figure.value)} y={11} className={classes.sign} aria-hidden="true">
					{standing === 'broken' ? (
						<polygon points="0,-5 5,0 0,5 -5,0" />
					) : (
						<circle r={4} className={standing === 'open' ? classes.open : undefined} />
					)}
				</svg>
			</g>
		</svg>
	);
}
