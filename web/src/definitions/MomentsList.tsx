import { Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type Moment, stages } from '@touchstone/domain/moments/moment';
import { useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { Asked } from '../ui/Panel.tsx';
import { momentKind, type Stored } from './definition-kind.client.ts';
import { EmptyList } from './EmptyList.tsx';
import classes from './ListHead.module.css';
import { ListHead } from './ListHead.tsx';
import { RestoreButton } from './RestoreButton.tsx';
import { useChangedColumn } from './use-changed-column.tsx';
import { useDefinitionList } from './use-definition-list.ts';
import { useNames } from './use-names.ts';

/** The moments: where customers and company meet, which events each one is, and who answers for it. */
export function MomentsList() {
	const { say } = useTexts();
	const [archived, setArchived] = useState(false);
	const { query, more } = useDefinitionList(momentKind, archived);
	const columns = useColumns(archived);
	return (
		<Stack gap="sm">
			<ListHead kind={momentKind} archived={archived} onArchived={setArchived} />
			<Asked query={query} height={420}>
				{rows => (
					<div className={classes.box}>
						<DataTable
							label={say('definitions.moments')}
							columns={columns}
							rows={rows}
							rowKey={({ definition }) => definition.id}
							sortedBy={{ key: 'stage', down: false }}
							fileName="moments"
							more={more}
							empty={<EmptyList kind="moment" archived={archived} />}
						/>
					</div>
				)}
			</Asked>
		</Stack>
	);
}

function useColumns(archived: boolean): Column<Stored<Moment>>[] {
	const { say } = useTexts();
	const { nameOf } = useNames();
	const changed = useChangedColumn<Moment>();
	const columns: Column<Stored<Moment>>[] = [
		{
			key: 'name',
			head: say('definitions.name'),
			value: ({ definition }) => definition.name,
			cell: ({ definition }) => (
				<>
					<Link
						to="/definitions/$kind/$id"
						params={{ kind: 'moments', id: definition.id }}
						className="plain-link"
					>
						{definition.name}
					</Link>
					<Text size="xs" className="quiet">
						{definition.claims.map(({ event }) => event).join(', ') || say('definitions.moment.claims.none')}
					</Text>
				</>
			),
		},
		{
			key: 'stage',
			head: say('definitions.moment.stage'),
			// Sorted as customers live through them, exported by number and name.
			value: ({ definition: { stage } }) => `${stages.indexOf(stage) + 1} ${say(`moments.stage.${stage}`)}`,
			cell: ({ definition }) => say(`moments.stage.${definition.stage}`),
		},
		{
			key: 'channel',
			head: say('definitions.moment.channel'),
			value: ({ definition }) => say(`moments.channel.${definition.channel}`),
			cell: ({ definition }) => say(`moments.channel.${definition.channel}`),
			wide: true,
		},
		{
			key: 'owner',
			head: say('definitions.moment.owner'),
			value: ({ definition }) => (definition.owner ? nameOf(definition.owner) : null),
			cell: ({ definition }) =>
				definition.owner ? (
					nameOf(definition.owner)
				) : (
					<span className="pending">{say('definitions.nobody')}</span>
				),
		},
		changed,
	];
	if (!archived) return columns;
	return [
		...columns,
		{
			key: 'restore',
			head: say('definitions.restore'),
			cell: stored => <RestoreButton kind={momentKind} stored={stored} />,
		},
	];
}
