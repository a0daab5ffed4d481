import { IconArrowsSplit } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { GroupFigures, PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { channelSchema } from '@touchstone/domain/moments/moment';
import { useCallback } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Panel } from '../ui/Panel.tsx';
import { groupsFinding } from './groups-finding.ts';
import { groupsTable } from './groups-table.ts';
import { useGroupColumns } from './use-group-columns.tsx';

/** The promise channel by channel, or campaign by campaign: each with its interval on a scale they share. */
export function GroupPanel({
	figures,
	by,
}: {
	readonly figures: PromiseFigures;
	readonly by: 'channel' | 'campaign';
}) {
	const { say, formats } = useTexts();
	const navigate = useNavigate();
	const groups = by === 'channel' ? figures.byChannel : figures.byCampaign;
	const nameOf = useCallback(
		({ id, name }: GroupFigures) => {
			const channel = by === 'channel' ? channelSchema.safeParse(id) : undefined;
			if (channel?.success) return say(`moments.channel.${channel.data}`);
			return name || id || say('promises.group.unnamed');
		},
		[by, say],
	);
	const pickChannel = useCallback(
		(channel: string) => void navigate({ to: '.', search: (others: object) => ({ ...others, channel }) }),
		[navigate],
	);
	const head = say(`promises.${by}`);
	const columns = useGroupColumns(groups, {
		head,
		target: figures.target,
		nameOf,
		onPick: by === 'channel' ? pickChannel : undefined,
	});
	const finding = groupsFinding(groups, nameOf, say, formats) ?? say(`promises.${by}s.none`);
	const comparable = groups.filter(({ keptRate }) => keptRate.kind === 'estimate').length > 1;
	return (
		<Panel
			title={comparable ? finding : say(`promises.${by}s`)}
			hint={comparable ? say(`promises.${by}s`) : undefined}
			figure={groups[0]?.keptRate}
			table={groupsTable(groups, head, nameOf, say)}
			fileName={`${by}s-${figures.id}`}
			flush
		>
			<DataTable
				label={say(`promises.${by}s`)}
				columns={comparable ? columns : columns.filter(({ key }) => key !== 'beyond')}
				rows={groups}
				rowKey={({ id }) => id}
				fileName={`${by}s-${figures.id}`}
				tools={groups.length > 12}
				sortedBy={{ key: 'kept', down: false }}
				empty={<EmptyState icon={IconArrowsSplit} title={say('promises.groupEmpty')} />}
			/>
		</Panel>
	);
}
