import { Text } from '@mantine/core';
import { IconWaveSine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PromiseChange } from '@touchstone/domain/overview/overview.contract';
import type { useQuestion } from '../app/use-question.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ChangeSign } from '../ui/ChangeSign.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { changesFinding, isMoreThanNoise } from './changes-finding.ts';
import { Fold } from './Fold.tsx';
import classes from './OverviewPage.module.css';
import { changesQuery } from './overview-queries.ts';

const share = { kind: 'share' } as const;
const points = { kind: 'points' } as const;

/** What changed since the period before. What is no more than noise is there too, but folded. */
export function ChangesPanel({ question }: { readonly question: ReturnType<typeof useQuestion> }) {
	const { say, formats } = useTexts();
	const query = useQuery(changesQuery(question));
	const items = query.data?.items;
	return (
		<Panel
			title={items ? changesFinding(items, say, formats) : say('overview.changes')}
			hint={say('overview.changesHint')}
			figure={items?.[0]?.difference}
			table={
				items && {
					head: [
						say('overview.gap.promise'),
						say('overview.before'),
						say('overview.now'),
						say('overview.change'),
						say('overview.verdictOnChange'),
					],
					rows: items.map(({ wording, before, now, difference, change }) => [
						wording,
						before.kind === 'too-few' ? null : before.value,
						now.kind === 'too-few' ? null : now.value,
						difference.kind === 'too-few' ? null : difference.value,
						say(`ui.change.${change}`),
					]),
				}
			}
			fileName="changes"
			flush
		>
			<Asked query={query} height={180}>
				{answer => {
					const real = answer.items.filter(isMoreThanNoise);
					const noise = answer.items.filter(item => item.change === 'noise');
					const tooFew = answer.items.filter(item => item.change === 'too-few');
					return (
						<>
							{real.length === 0 && noise.length === 0 ? (
								<EmptyState icon={IconWaveSine} title={say('overview.nothingToCompare')} />
							) : null}
							<ul className={classes.list}>
								{real.map(item => (
									<Row key={item.promise} item={item} />
								))}
							</ul>
							{noise.length > 0 ? (
								<Fold label={say('overview.noise')} count={noise.length} flush>
									<ul className={classes.list}>
										{noise.map(item => (
											<Row key={item.promise} item={item} />
										))}
									</ul>
								</Fold>
							) : null}
							{tooFew.length > 0 ? (
								<Fold label={say('overview.tooFewToCompare')} count={tooFew.length}>
									<ul>
										{tooFew.map(({ promise, wording }) => (
											<li key={promise}>{wording}</li>
										))}
									</ul>
								</Fold>
							) : null}
						</>
					);
				}}
			</Asked>
		</Panel>
	);
}

function Row({ item }: { readonly item: PromiseChange }) {
	const { say } = useTexts();
	return (
		<li className={classes.row}>
			<div className={classes.line}>
				<Link to="/promises/$promise" params={{ promise: item.promise }} search className="plain-link">
					{item.wording}
				</Link>
				<ChangeSign change={item.change} />
			</div>
			<div className={classes.line}>
				<Text size="xs" className="quiet tabular" component="span">
					<FigureValue figure={item.before} unit={share} /> → <FigureValue figure={item.now} unit={share} />
					{item.owner ? ` · ${item.owner.name}` : ` · ${say('ui.nobody')}`}
				</Text>
				<FigureValue figure={item.difference} unit={points} size="line" />
			</div>
		</li>
	);
}
