import { Stack, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
	listRefusalGroups,
	type ReplayAnswer,
	replayRefusals,
} from '@touchstone/domain/interactions/refusals.contract';
import { useState } from 'react';
import type { z } from 'zod';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { refusalWords } from '../texts/refusal-words.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { RefusedItems } from './RefusedItems.tsx';
import classes from './RefusedPart.module.css';
import { useReplayed } from './use-replayed.ts';

type Refusals = z.output<typeof listRefusalGroups.answer>['groups'][number];

/** What the intake refused: why, how often, and how to get it in after all. */
export function RefusedPart() {
	const { say, language, formats } = useTexts();
	const me = useMe();
	const [chosen, setChosen] = useState<{ readonly source: string; readonly code: string }>();
	const groups = useQuery({
		queryKey: ['refusals', 'groups'],
		queryFn: ({ signal }) => ask(listRefusalGroups, { signal }),
		refetchInterval: 15_000,
	});
	const waiting = groups.data?.groups.reduce((sum, group) => sum + group.waiting, 0) ?? 0;
	const isChosen = (group: Refusals) => group.source === chosen?.source && group.code === chosen.code;
	const open = groups.data?.groups.find(isChosen);
	return (
		<Stack gap="md">
			<Panel
				title={
					groups.data === undefined
						? say('data.part.refused')
						: waiting === 0
							? say('data.refused.none')
							: say(waiting === 1 ? 'data.refused.waitingOne' : 'data.refused.waiting', {
									count: formats.number(waiting),
								})
				}
				hint={say('data.refused.hint')}
				flush
			>
				<Asked query={groups} height={200}>
					{answer => (
						<DataTable
							label={say('data.part.refused')}
							fileName="refused"
							rows={answer.groups}
							rowKey={({ source, code }) => `${source} ${code}`}
							empty={
								<EmptyState
									icon={IconCircleCheck}
									title={say('data.refused.empty')}
									hint={say('data.refused.emptyHint')}
								/>
							}
							columns={[
								{
									key: 'reason',
									head: say('data.refused.reason'),
									cell: group => (
										<UnstyledButton
											className={classes.reason}
											aria-expanded={isChosen(group)}
											onClick={() =>
												setChosen(isChosen(group) ? undefined : { source: group.source, code: group.code })
											}
										>
											<span className={classes.code}>{group.code}</span>
											<span className="quiet">{refusalWords(group, language)}</span>
										</UnstyledButton>
									),
									value: group => group.code,
								},
								{
									key: 'source',
									head: say('data.source'),
									cell: group => group.source,
									value: group => group.source,
								},
								{
									key: 'waiting',
									head: say('data.refused.toDo'),
									align: 'right',
									cell: group => formats.number(group.waiting),
									value: group => group.waiting,
								},
								{
									key: 'count',
									head: say('data.refused.ever'),
									align: 'right',
									wide: true,
									cell: group => formats.number(group.count),
									value: group => group.count,
								},
								{
									key: 'last',
									head: say('data.refused.last'),
									wide: true,
									cell: group => formats.time(group.lastAt),
									value: group => group.lastAt,
								},
								{
									key: 'replay',
									head: '',
									align: 'right',
									cell: group =>
										group.waiting > 0 && me.may.includes('replayRefusals') ? (
											<ReplayAll group={group} />
										) : null,
								},
							]}
						/>
					)}
				</Asked>
			</Panel>
			{open ? (
				<RefusedItems key={`${open.source} ${open.code}`} source={open.source} code={open.code} />
			) : null}
		</Stack>
	);
}

function ReplayAll({ group: { source, code, waiting } }: { readonly group: Refusals }) {
	const { say, formats } = useTexts();
	const replayed = useReplayed();
	const queryClient = useQueryClient();
	const replay = useMutation({
		mutationFn: () => ask(replayRefusals, { body: { source, code } }),
		onSuccess: (answer: ReplayAnswer) => replayed(answer),
		onError: error => notifications.show({ color: 'red', message: error.message }),
		onSettled: () => queryClient.invalidateQueries({ queryKey: ['refusals'] }),
	});
	return (
		<ConfirmButton
			label={say('data.refused.replayAll')}
			of={`${code}, ${source}`}
			question={say('data.refused.replaySure', { count: formats.number(waiting) })}
			confirm={say('data.refused.replay')}
			loading={replay.isPending}
			onConfirm={() => replay.mutate()}
		/>
	);
}
