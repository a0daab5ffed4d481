import { Button, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { listRefusals } from '@touchstone/domain/interactions/refusals.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { PageFailed } from '../ui/PageFailed.tsx';
import { PageLoading } from '../ui/PageLoading.tsx';
import { Panel } from '../ui/Panel.tsx';
import { CorrectRefusal } from './CorrectRefusal.tsx';
import { refusedFor } from './payload-problems.ts';
import classes from './RefusedPart.module.css';

/** The items of one reason that wait to be corrected or taken in again. */
export function RefusedItems({ source, code }: { readonly source: string; readonly code: string }) {
	const { say, formats } = useTexts();
	const me = useMe();
	const [openedId, setOpenedId] = useState<string>();
	const pages = useInfiniteQuery({
		queryKey: ['refusals', 'items', source, code],
		queryFn: ({ pageParam, signal }) =>
			ask(listRefusals, {
				query: { source, code, limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
				signal,
			}),
		initialPageParam: firstPage(),
		getNextPageParam: page => page.nextCursor ?? undefined,
	});
	const items = pages.data?.pages.flatMap(page => page.items) ?? [];
	// As the list has it now: taken in again in vain, an item is there with another reason, or under another one.
	const opened = items.find(({ id }) => id === openedId);
	return (
		<Panel title={say('data.refused.itemsOf', { code, source })} hint={say('data.refused.itemsHint')} flush>
			{pages.error ? (
				<PageFailed error={pages.error} reset={() => void pages.refetch()} />
			) : pages.data === undefined ? (
				<PageLoading />
			) : (
				<DataTable
					label={say('data.refused.itemsOf', { code, source })}
					fileName={`refused-${code}`}
					rows={items}
					rowKey={({ id }) => id}
					more={
						pages.hasNextPage
							? { ask: () => void pages.fetchNextPage(), asking: pages.isFetchingNextPage }
							: undefined
					}
					columns={[
						{
							key: 'detail',
							head: say('data.refused.detail'),
							cell: item => (
								<UnstyledButton className={classes.reason} onClick={() => setOpenedId(item.id)}>
									<span className={classes.code}>{refusedFor(item)}</span>
								</UnstyledButton>
							),
							value: refusedFor,
						},
						{
							key: 'payload',
							head: say('data.refused.payload'),
							wide: true,
							cell: item => (
								<code>
									{item.payload.slice(0, 90)}
									{item.payload.length > 90 ? '…' : ''}
								</code>
							),
							value: item => item.payload,
						},
						{
							key: 'route',
							head: say('data.refused.route'),
							wide: true,
							cell: item => item.route,
							value: item => item.route,
						},
						{
							key: 'at',
							head: say('data.refused.at'),
							cell: item => formats.time(item.at),
							value: item => item.at,
						},
						{
							key: 'correct',
							head: '',
							align: 'right',
							cell: item =>
								me.may.includes('correctRefusal') ? (
									<Button
										size="compact-xs"
										variant="default"
										aria-label={`${say('data.refused.correct')}: ${refusedFor(item)}`}
										onClick={() => setOpenedId(item.id)}
									>
										{say('data.refused.correct')}
									</Button>
								) : null,
						},
					]}
				/>
			)}
			{opened ? (
				<CorrectRefusal key={opened.id} refusal={opened} onClose={() => setOpenedId(undefined)} />
			) : null}
		</Panel>
	);
}

function firstPage(): string | undefined {
	return undefined;
}
