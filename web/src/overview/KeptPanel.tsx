import { useQuery } from '@tanstack/react-query';
import type { OverviewKept } from '@touchstone/domain/overview/overview.contract';
import { useMemo } from 'react';
import type { useQuestion } from '../app/use-question.ts';
import { keptFinding, standingFinding } from '../charts/kept-finding.ts';
import { TrendLine } from '../charts/TrendLine.tsx';
import { keptPoints } from '../charts/trend.ts';
import { trendTable } from '../charts/trend-table.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ChangeSign } from '../ui/ChangeSign.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { TargetSign } from '../ui/TargetSign.tsx';
import classes from './OverviewPage.module.css';
import { keptQuery } from './overview-queries.ts';

const share = { kind: 'share' } as const;
const points = { kind: 'points' } as const;

/** Whether promises are kept: now, against the target, compared with before, and over time. */
export function KeptPanel({ question }: { readonly question: ReturnType<typeof useQuestion> }) {
	const { say, formats } = useTexts();
	const query = useQuery(keptQuery(question));
	const kept = query.data && compared(query.data, question.compareFrom !== undefined);
	const trend = useMemo(() => keptPoints(query.data?.trend ?? []), [query.data]);
	return (
		<Panel
			title={kept ? standingFinding(kept, say, formats) : say('overview.kept')}
			hint={say('overview.keptHint')}
			figure={kept?.keptRate}
			table={kept && trendTable(kept.trend, say, formats)}
			chart
			fileName="promises-kept"
		>
			<Asked query={query} height={250}>
				{() =>
					kept ? (
						<div className={classes.kept}>
							<div>
								<FigureValue figure={kept.keptRate} unit={share} size="large" />
								<Facts kept={kept} />
							</div>
							<TrendLine
								label={keptFinding(kept, say, formats)}
								points={trend}
								unit={share}
								target={kept.target}
								height={230}
							/>
						</div>
					) : null
				}
			</Asked>
		</Panel>
	);
}

function Facts({ kept }: { readonly kept: OverviewKept }) {
	const { say, formats } = useTexts();
	return (
		<dl className={classes.facts}>
			{kept.target === null ? null : (
				<>
					<dt>{say('overview.target')}</dt>
					<dd>
						{formats.share(kept.target)} <TargetSign meets={kept.meetsTarget} />
					</dd>
				</>
			)}
			{kept.before ? (
				<>
					<dt>{say('overview.before')}</dt>
					<dd>
						<FigureValue figure={kept.before} unit={share} />
					</dd>
				</>
			) : null}
			{kept.difference && kept.change ? (
				<>
					<dt>{say('overview.change')}</dt>
					<dd>
						<FigureValue figure={kept.difference} unit={points} /> <ChangeSign change={kept.change} />
					</dd>
				</>
			) : null}
			<dt>{say('overview.occasions')}</dt>
			<dd>{formats.number(kept.occasions)}</dd>
			<dt>{say('overview.promises')}</dt>
			<dd>
				{say('overview.promisesTested', {
					tested: formats.number(kept.promisesTested),
					all: formats.number(kept.promises),
				})}
			</dd>
			<dt>{say('overview.undecided')}</dt>
			<dd>
				{say('overview.undecidedCounts', {
					pending: formats.number(kept.verdicts.pending),
					unknown: formats.number(kept.verdicts.unknown),
				})}
			</dd>
		</dl>
	);
}

/** The bar above the page can ask for no comparison; the server compares with the time just before all the same. */
function compared(kept: OverviewKept, compare: boolean): OverviewKept {
	return compare ? kept : { ...kept, before: null, verdictsBefore: null, difference: null, change: null };
}
