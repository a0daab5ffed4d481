import { IconFileOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MomentSummary } from '@touchstone/domain/metrics/moment-figures.contract';
import { useMemo } from 'react';
import { Sparkline } from '../charts/Sparkline.tsx';
import { volumePoints } from '../charts/trend.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { OwnerName } from '../ui/OwnerName.tsx';
import signs from '../ui/Sign.module.css';
import classes from './JourneyStrip.module.css';
import { journeyStrip } from './journey-strip.ts';

const share = { kind: 'share' } as const;
const number = { kind: 'number' } as const;
const score = { kind: 'score' } as const;

/** The stages from left to right as customers live through them, the moments of each below, the busiest first. */
export function JourneyStrip({
	moments,
	covered,
}: {
	readonly moments: readonly MomentSummary[];
	/** The moments that some promise speaks of; undefined where nobody can tell. */
	readonly covered: ReadonlySet<string> | undefined;
}) {
	const { say, formats } = useTexts();
	const strip = useMemo(() => journeyStrip(moments), [moments]);
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
		<section className={classes.scroll} tabIndex={0} aria-label={say('moments.strip')}>
			<ol className={classes.strip}>
				{strip.map(({ stage, moments: inStage, volume }) => (
					<li key={stage} className={classes.stage}>
						<div className={classes.head}>
							<h3>{say(`moments.stage.${stage}`)}</h3>
							<span className={classes.count}>
								{inStage.length === 0
									? say('moments.stage.empty')
									: say('moments.stage.volume', { volume: formats.number(volume) })}
							</span>
						</div>
						<ul className={classes.cards}>
							{inStage.map(moment => (
								<Card key={moment.id} moment={moment} promised={covered?.has(moment.id) ?? true} />
							))}
						</ul>
					</li>
				))}
			</ol>
		</section>
	);
}

function Card({ moment, promised }: { readonly moment: MomentSummary; readonly promised: boolean }) {
	const { say } = useTexts();
	const { id, name, channel, volume, keptRate, owner, scores, trend } = moment;
	const [first] = scores;
	return (
		<li className={classes.card}>
			<Link to="/moments/$moment" params={{ moment: id }} search className={`plain-link ${classes.name}`}>
				{name}
			</Link>
			<span className={classes.quiet}>{say(`moments.channel.${channel}`)}</span>
			<span>
				<FigureValue figure={volume} unit={number} />
			</span>
			<Sparkline points={volumePoints(trend)} label={say('moments.trendLabel', { name })} />
			{promised ? null : (
				<span className={`${signs.sign} pending`}>
					<IconFileOff size={14} stroke={1.8} aria-hidden />
					{say('moments.noPromise')}
				</span>
			)}
			{keptRate.n > 0 ? (
				<span>
					<FigureValue figure={keptRate} unit={share} />{' '}
					<span className={classes.quiet}>{say('moments.kept')}</span>
				</span>
			) : null}
			{first ? (
				<span>
					<FigureValue figure={first.mean} unit={score} />{' '}
					<span className={classes.quiet}>{first.scale}</span>
				</span>
			) : null}
			<span className={classes.quiet}>
				<OwnerName owner={owner} />
			</span>
		</li>
	);
}
