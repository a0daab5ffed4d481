import { Button, Drawer, Group, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { exportAudit, searchAudit } from '@touchstone/domain/access/audit.contract';
import { useState } from 'react';
import type { z } from 'zod';
import { addressOf, ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { PageFailed } from '../ui/PageFailed.tsx';
import { PageLoading } from '../ui/PageLoading.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Snippet } from '../ui/Snippet.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import classes from './AuditPart.module.css';
import { type AuditSearch, auditQuery, everything } from './audit-filter.ts';

type AuditEntry = z.output<typeof searchAudit.answer>['items'][number];

/** Who changed or exported what, and when. */
export function AuditPart() {
	const { say, formats } = useTexts();
	const [search, setSearch] = useState(everything);
	const [settled] = useDebouncedValue(search, 250);
	const [opened, setOpened] = useState<AuditEntry>();
	const filter = auditQuery(settled);
	const pages = useInfiniteQuery({
		queryKey: ['audit', filter],
		queryFn: ({ pageParam, signal }) =>
			ask(searchAudit, {
				query: { ...filter, limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
				signal,
			}),
		initialPageParam: firstPage(),
		getNextPageParam: page => page.nextCursor ?? undefined,
		placeholderData: keepPreviousData,
	});
	const entries = pages.data?.pages.flatMap(page => page.items) ?? [];
	const field = (name: keyof AuditSearch, type = 'text') => (
		<TextInput
			size="xs"
			type={type}
			label={say(`settings.audit.${name}`)}
			maxLength={100}
			value={search[name]}
			onChange={event => setSearch({ ...search, [name]: event.currentTarget.value })}
		/>
	);
	return (
		<Panel
			title={say('settings.part.audit')}
			hint={say('settings.auditHint')}
			actions={
				<Button
					component="a"
					size="xs"
					variant="default"
					href={addressOf(exportAudit.path, undefined, filter)}
					download="audit.csv"
					leftSection={<IconDownload size={14} aria-hidden />}
				>
					{say('settings.audit.export')}
				</Button>
			}
			flush
		>
			<Group gap="sm" px="md" pb="sm" align="flex-end" role="search" aria-label={say('settings.part.audit')}>
				{field('text')}
				{field('who')}
				{field('what')}
				{field('from', 'date')}
				{field('to', 'date')}
			</Group>
			{pages.error ? (
				<PageFailed error={pages.error} reset={() => void pages.refetch()} />
			) : pages.data === undefined ? (
				<PageLoading />
			) : (
				<DataTable
					label={say('settings.part.audit')}
					fileName="audit-shown"
					filter={false}
					rows={entries}
					rowKey={({ id }) => id}
					more={
						pages.hasNextPage
							? { ask: () => void pages.fetchNextPage(), asking: pages.isFetchingNextPage }
							: undefined
					}
					empty={
						<EmptyState
							icon={IconHistory}
							title={say('settings.audit.none')}
							hint={say('settings.audit.noneHint')}
						/>
					}
					columns={[
						{
							key: 'at',
							head: say('settings.audit.at'),
							cell: entry => <span className={classes.at}>{formats.time(entry.at)}</span>,
							value: entry => entry.at,
						},
						{
							key: 'who',
							head: say('settings.audit.who'),
							cell: entry => (
								<>
									{entry.who.name}
									<Text size="xs" className="quiet">
										{say(`settings.audit.kind.${entry.who.kind}`)}
									</Text>
								</>
							),
							value: entry => entry.who.name,
						},
						{
							key: 'what',
							head: say('settings.audit.what'),
							cell: entry => (
								<UnstyledButton className={classes.what} onClick={() => setOpened(entry)}>
									{entry.what}
								</UnstyledButton>
							),
							value: entry => entry.what,
						},
						{
							key: 'target',
							head: say('settings.audit.target'),
							cell: entry => <span className={classes.target}>{entry.target}</span>,
							value: entry => entry.target,
						},
						{
							key: 'kind',
							head: say('settings.audit.sort'),
							wide: true,
							cell: entry => say(`settings.audit.kind.${entry.kind}`),
							value: entry => say(`settings.audit.kind.${entry.kind}`),
						},
					]}
				/>
			)}
			{opened ? <Entry entry={opened} onClose={() => setOpened(undefined)} /> : null}
		</Panel>
	);
}

function Entry({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) {
	useFocusBack();
	const { say } = useTexts();
	return (
		<Drawer
			opened
			onClose={onClose}
			position="right"
			size="lg"
			title={entry.what}
			closeButtonProps={{ 'aria-label': say('ui.close') }}
		>
			<Snippet label={entry.what} text={JSON.stringify(entry, undefined, 2)} />
		</Drawer>
	);
}

function firstPage(): string | undefined {
	return undefined;
}
