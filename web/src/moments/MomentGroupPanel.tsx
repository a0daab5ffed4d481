import { UnstyledButton } from '@mantine/core';
import { IconArrowsSplit } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { MomentFigures } from '@touchstone/domain/metrics/moment-figures.contract';
import { channelSchema } from '@touchstone/domain/moments/moment';
import { IntervalDot } from '../charts/IntervalDot.tsx';
import { roundAxis } from '../charts/scale.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { Panel } from '../ui/Panel.tsx';
import { groupsRange, type MomentGroup } from './groups-range.ts';

const share = { kind: 'share' } as const;

/** The moment unit by unit or channel by channel; a click narrows the whole page to that one. */
export function MomentGroupPanel({
	figures,
	by,
}: {
	readonly figures: MomentFigures;
	readonly by: 'unit' | 'channel';
}) {
	const { say, formats } = useTexts();
	const groups = by === 'unit' ? figures.byUnit : figures.byChannel;
	const nameOf = ({ id, name }: MomentGroup) => {
		const channel = by === 'channel' ? channelSchema.safeParse(id).data : undefined;
		return channel ? say(`moments.channel.${channel}`) : name || id || say('moments.by.unnamed');
	};
	const columns = useColumns(groups, by, nameOf);
	const range = groupsRange(groups);
	const title = say(by === 'unit' ? 'moments.byUnit' : 'moments.byChannel');
	const head = say(by === 'unit' ? 'moments.by.unit' : 'moments.channel');
	return (
		<Panel
			title={
				range
					? say('moments.by.range', {
							low: formats.share(range.lowest.keptRate.value),
							lowest: nameOf(range.lowest),
							high: formats.share(range.highest.keptRate.value),
							highest: nameOf(range.highest),
						})
					: title
			}
			hint={range ? title : undefined}
			figure={groups[0]?.keptRate}
			table={{
				head: [head, say('moments.volume'), say('moments.customers'), say('moments.keptRate')],
				rows: groups.map(group => [
					nameOf(group),
					group.interactions,
					group.customers,
					group.keptRate.kind === 'too-few' ? null : group.keptRate.value,
				]),
			}}
			fileName={`${by}s-${figures.id}`}
			flush
		>
			<DataTable
				label={title}
				columns={columns}
				rows={groups}
				rowKey={({ id }) => id}
				fileName={`${by}s-${figures.id}`}
				tools={groups.length > 12}
				sortedBy={{ key: 'volume', down: true }}
				empty={<EmptyState icon={IconArrowsSplit} title={say('moments.by.empty')} />}
			/>
		</Panel>
	);
}

function useColumns(
	groups: readonly MomentGroup[],
	by: 'unit' | 'channel',
	nameOf: (group: MomentGroup) => string,
): Column<MomentGroup>[] {
	const { say, formats } = useTexts();
	const navigate = useNavigate();
	const { low, high } = roundAxis(
		groups.flatMap(({ keptRate }) =>
			keptRate.kind === 'estimate' ? [keptRate.interval.low, keptRate.interval.high] : [],
		),
		4,
		[0, 1],
	);
	const narrow = (id: string) =>
		void navigate({ to: '.', search: (others: object) => ({ ...others, [by]: id }) });
	return [
		{
			key: 'name',
			head: say(by === 'unit' ? 'moments.by.unit' : 'moments.channel'),
			value: nameOf,
			cell: group =>
				group.id === '' ? (
					nameOf(group)
				) : (
					<UnstyledButton className="plain-link" onClick={() => narrow(group.id)}>
						{nameOf(group)}
					</UnstyledButton>
				),
		},
		{
			key: 'volume',
			head: say('moments.volume'),
			align: 'right',
			value: ({ interactions }) => interactions,
			cell: ({ interactions }) => formats.number(interactions),
		},
		{
			key: 'kept',
			head: say('moments.keptRate'),
			align: 'right',
			value: ({ keptRate }) => (keptRate.kind === 'too-few' ? null : keptRate.value),
			cell: ({ keptRate }) =>
				keptRate.n === 0 ? <span className="quiet">–</span> : <FigureValue figure={keptRate} unit={share} />,
		},
		{
			key: 'dot',
			head: say('moments.interval'),
			cell: ({ keptRate }) =>
				keptRate.kind === 'estimate' ? (
					<IntervalDot
						figure={keptRate}
						domain={[low, high]}
						standing="open"
						label={say('moments.by.dot', { share: formats.share(keptRate.value) })}
					/>
				) : null,
			width: 110,
			wide: true,
		},
	];
}
