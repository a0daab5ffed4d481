import { Button, Chip, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { readCustomerTimeline } from '@touchstone/domain/metrics/customer-history.contract';
import { useMemo, useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import classes from './Timeline.module.css';
import { TimelineItem } from './TimelineItem.tsx';
import { type EntryKind, entryKey, entryKinds, timelineDays } from './timeline-days.ts';

/** Everything between one customer and the company in one line: interactions, what they said, and how promises fared. */
export function Timeline({ customer }: { readonly customer: string }) {
	const { say, formats } = useTexts();
	const [kinds, setKinds] = useState<readonly EntryKind[]>(entryKinds);
	const query = useInfiniteQuery({
		queryKey: ['customers', 'timeline', customer],
		queryFn: ({ pageParam, signal }) =>
			ask(readCustomerTimeline, {
				params: { id: customer },
				query: { limit: 60, ...(pageParam ? { cursor: pageParam } : {}) },
				signal,
			}),
		initialPageParam: '',
		getNextPageParam: page => page.nextCursor,
		select: ({ pages }) => pages.flatMap(({ items }) => items),
	});
	const days = useMemo(
		() => timelineDays(query.data ?? [], new Set(kinds), formats.day),
		[query.data, kinds, formats],
	);
	const loaded = useMemo(() => new Set(query.data?.map(entryKey)), [query.data]);
	return (
		<Panel title={say('customers.timeline')} hint={say('customers.timelineHint')}>
			<Chip.Group
				multiple
				value={[...kinds]}
				onChange={chosen => setKinds(entryKinds.filter(kind => chosen.includes(kind)))}
			>
				<Group gap="xs" role="group" aria-label={say('customers.show')} mb="md">
					{entryKinds.map(kind => (
						<Chip key={kind} value={kind} size="xs" variant="outline">
							{say(`customers.kind.${kind}`)}
						</Chip>
					))}
				</Group>
			</Chip.Group>
			<Asked query={query} height={420}>
				{() => (
					<>
						{days.map(({ day, entries }) => (
							<section key={day} aria-label={day}>
								<h3 className={classes.day}>{day}</h3>
								<ol className={classes.entries}>
									{entries.map(entry => (
										<TimelineItem key={entryKey(entry)} entry={entry} loaded={loaded} />
									))}
								</ol>
							</section>
						))}
						{days.length === 0 ? (
							<Text size="sm" className="quiet">
								{say('customers.noneOfKind')}
							</Text>
						) : null}
						{query.hasNextPage ? (
							<Group justify="center" pt="sm">
								<Button
									size="xs"
									variant="default"
									loading={query.isFetchingNextPage}
									onClick={() => void query.fetchNextPage()}
								>
									{say('ui.showMore')}
								</Button>
							</Group>
						) : null}
					</>
				)}
			</Asked>
		</Panel>
	);
}
