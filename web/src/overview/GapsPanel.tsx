import { Button, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Gap } from '@touchstone/domain/overview/overview.contract';
import { useState } from 'react';
import type { useQuestion } from '../app/use-question.ts';
import { IntervalDot } from '../charts/IntervalDot.tsx';
import { roundAxis } from '../charts/scale.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { OwnerName } from '../ui/OwnerName.tsx';
import { Asked, Panel, type PanelTable } from '../ui/Panel.tsx';
import { gapsFinding } from './gaps-finding.ts';
import { gapsQuery } from './overview-queries.ts';

const share = { kind: 'share' } as const;
const gapPoints = { kind: 'gap' } as const;
const number = { kind: 'number' } as const;
const shownAtFirst = 5;

/** The promises kept less often than their target: how many customers it touches and what is at stake with them. */
export function GapsPanel({ question }: { readonly question: ReturnType<typeof useQuestion> }) {
	const { say, formats } = useTexts();
	const query = useQuery(gapsQuery(question));
	const [all, setAll] = useState(false);
	const gaps = query.data?.items;
	return (
		<Panel
			title={gaps ? gapsFinding(gaps, say, formats) : say('overview.gaps')}
			hint={say('overview.gapsHint')}
			figure={gaps?.[0]?.stake}
			table={gaps && gapsTable(gaps, say)}
			fileName="gaps"
			flush
		>
			<Asked query={query} height={260}>
				{({ items, currency }) =>
					items.length === 0 ? (
						<EmptyState
							icon={IconCircleCheck}
							title={say('overview.noGaps')}
							hint={say('overview.noGapsHint')}
						/>
					) : (
						<>
							<GapsTable
								gaps={all ? items : items.slice(0, shownAtFirst)}
								domain={sharedDomain(items)}
								currency={currency}
							/>
							{items.length > shownAtFirst ? (
								<Button variant="subtle" color="gray" size="xs" m={8} onClick={() => setAll(!all)}>
									{all
										? say('overview.fewerGaps')
										: say('overview.allGaps', { n: formats.number(items.length) })}
								</Button>
							) : null}
						</>
					)
				}
			</Asked>
		</Panel>
	);
}

function GapsTable({
	gaps,
	domain,
	currency,
}: {
	readonly gaps: readonly Gap[];
	readonly domain: readonly [low: number, high: number];
	readonly currency: string;
}) {
	const { say } = useTexts();
	const columns: readonly Column<Gap>[] = [
		{
			key: 'promise',
			head: say('overview.gap.promise'),
			value: gap => gap.wording,
			cell: gap => <PromiseCell gap={gap} />,
		},
		{
			key: 'owner',
			head: say('overview.gap.owner'),
			value: gap => gap.owner?.name ?? '',
			cell: gap => <OwnerName owner={gap.owner} />,
			wide: true,
		},
		{
			key: 'kept',
			head: say('overview.gap.kept'),
			align: 'right',
			value: gap => valueIn(gap.keptRate),
			cell: gap => <FigureValue figure={gap.keptRate} unit={share} />,
			wide: true,
		},
		{
			key: 'target',
			head: say('overview.gap.againstTarget'),
			width: 170,
			cell: gap => <AgainstTarget gap={gap} domain={domain} />,
			wide: true,
		},
		{
			key: 'gap',
			head: say('overview.gap.gap'),
			align: 'right',
			value: gap => valueIn(gap.gap),
			cell: gap => <FigureValue figure={gap.gap} unit={gapPoints} />,
		},
		{
			key: 'customers',
			head: say('overview.gap.customers'),
			align: 'right',
			value: gap => valueIn(gap.customersAffected),
			cell: gap => <FigureValue figure={gap.customersAffected} unit={number} />,
			wide: true,
		},
		{
			key: 'stake',
			head: say('overview.gap.stake'),
			align: 'right',
			value: gap => valueIn(gap.stake),
			cell: gap => <FigureValue figure={gap.stake} unit={{ kind: 'money', currency }} />,
		},
	];
	return (
		<DataTable
			label={say('overview.gaps')}
			columns={columns}
			rows={gaps}
			rowKey={gap => gap.promise}
			fileName="gaps"
			tools={false}
		/>
	);
}

function PromiseCell({ gap }: { readonly gap: Gap }) {
	const { say } = useTexts();
	return (
		<>
			<Link to="/promises/$promise" params={{ promise: gap.promise }} search className="plain-link">
				{gap.wording}
			</Link>
			<Text size="xs" className="quiet">
				{gap.moment?.name ?? say('overview.gap.noMoment')}
			</Text>
			<Text size="xs" className="quiet" hiddenFrom="sm" component="div">
				<OwnerName owner={gap.owner} />
			</Text>
		</>
	);
}

function AgainstTarget({ gap, domain }: { readonly gap: Gap; readonly domain: readonly [number, number] }) {
	const { say, formats } = useTexts();
	return (
		<IntervalDot
			figure={gap.keptRate}
			domain={domain}
			reference={gap.target}
			standing={gap.meetsTarget === 'no' ? 'broken' : gap.meetsTarget === 'yes' ? 'kept' : 'open'}
			label={say('overview.gap.dot', {
				target: formats.share(gap.target),
				standing: say(`ui.target.${gap.meetsTarget}`),
			})}
		/>
	);
}

/** One scale for all rows, so that their dots can be compared. */
function sharedDomain(gaps: readonly Gap[]): readonly [low: number, high: number] {
	const values = gaps.flatMap(({ keptRate, target }) =>
		keptRate.kind === 'estimate' ? [keptRate.interval.low, keptRate.interval.high, target] : [target],
	);
	const { low, high } = roundAxis(values, 4, [0, 1]);
	return [low, high];
}

function gapsTable(gaps: readonly Gap[], say: ReturnType<typeof useTexts>['say']): PanelTable {
	return {
		head: [
			say('overview.gap.promise'),
			say('overview.gap.owner'),
			say('overview.gap.kept'),
			say('overview.target'),
			say('overview.gap.gap'),
			say('overview.gap.customers'),
			say('overview.gap.stake'),
		],
		rows: gaps.map(gap => [
			gap.wording,
			gap.owner?.name ?? say('ui.nobody'),
			valueIn(gap.keptRate),
			gap.target,
			valueIn(gap.gap),
			valueIn(gap.customersAffected),
			valueIn(gap.stake),
		]),
	};
}

function valueIn(figure: Gap['stake']): number | null {
	return figure.kind === 'too-few' ? null : figure.value;
}
