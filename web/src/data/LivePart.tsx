import { Anchor, Button, Group, Switch, Text, UnstyledButton } from '@mantine/core';
import { useDocumentVisibility } from '@mantine/hooks';
import { IconActivity, IconHelpCircle, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { tailInteractions } from '@touchstone/domain/interactions/tail.contract';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import { ask } from '../app/ask.client.ts';
import { definitionsQuery } from '../app/definitions-query.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { ArrivedDrawer } from './ArrivedDrawer.tsx';
import classes from './LivePart.module.css';
import { type Tail, withNewer } from './tail.ts';

type Arrived = z.output<typeof tailInteractions.answer>['items'][number];

/** What arrives, as it arrives. */
export function LivePart() {
	const { say, formats } = useTexts();
	const visible = useDocumentVisibility() === 'visible';
	const [paused, setPaused] = useState(false);
	const [unclaimed, setUnclaimed] = useState(false);
	const [opened, setOpened] = useState<Arrived>();
	const definitions = useQuery(definitionsQuery).data?.definitions;
	const momentNames = new Map(definitions?.moments.map(({ id, name }) => [String(id), name]));
	const seen = useRef<Tail<Arrived>>({ items: [], after: undefined });
	const tail = useQuery({
		queryKey: ['tail'],
		queryFn: async ({ signal }) => {
			const { after } = seen.current;
			const answer = await ask(tailInteractions, {
				query: after === undefined ? { limit: 50 } : { after, limit: 200 },
				signal,
			});
			seen.current = withNewer(seen.current, answer);
			return seen.current;
		},
		enabled: !paused,
		refetchInterval: visible ? 1000 : false,
		staleTime: 0,
		gcTime: 0,
	});
	return (
		<Panel
			title={say(paused ? 'data.live.paused' : 'data.live.title')}
			hint={say('data.live.hint')}
			actions={
				<Button
					size="xs"
					variant="default"
					leftSection={
						paused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />
					}
					onClick={() => setPaused(!paused)}
				>
					{say(paused ? 'data.live.goOn' : 'data.live.pause')}
				</Button>
			}
			flush
		>
			<Asked query={tail} height={360}>
				{({ items }) => (
					<DataTable
						label={say('data.part.live')}
						fileName="arrived"
						filter
						rows={unclaimed ? items.filter(({ moment }) => moment === '') : items}
						rowKey={item => `${item.id} ${item.arrivedAt} ${item.customer}`}
						toolbar={
							<Switch
								size="xs"
								label={say('data.live.onlyUnclaimed')}
								checked={unclaimed}
								onChange={event => setUnclaimed(event.currentTarget.checked)}
							/>
						}
						empty={
							unclaimed && items.length > 0 ? (
								<Group p="md" gap="md">
									<Text size="sm">{say('data.live.allClaimed')}</Text>
									<Button size="xs" variant="default" onClick={() => setUnclaimed(false)}>
										{say('data.live.showAll')}
									</Button>
								</Group>
							) : (
								<EmptyState
									icon={IconActivity}
									title={say('data.live.empty')}
									hint={say('data.live.emptyHint')}
								>
									<Anchor component={Link} to="/data/sources" size="sm">
										{say('data.part.sources')}
									</Anchor>
								</EmptyState>
							)
						}
						columns={[
							{
								key: 'arrivedAt',
								head: say('data.live.arrived'),
								cell: item => <span className={classes.one}>{formats.clock(item.arrivedAt)}</span>,
								value: item => item.arrivedAt,
							},
							{
								key: 'event',
								head: say('data.live.event'),
								cell: item => (
									<UnstyledButton className={classes.event} onClick={() => setOpened(item)}>
										{item.event}
									</UnstyledButton>
								),
								value: item => item.event,
							},
							{
								key: 'moment',
								head: say('data.live.moment'),
								cell: item =>
									item.moment === '' ? (
										<span className={classes.unclaimed}>
											<IconHelpCircle size={15} stroke={1.7} aria-hidden />
											{say('data.live.noMoment')}
										</span>
									) : (
										<Anchor component={Link} to={`/moments/${item.moment}`} inherit>
											{momentNames.get(item.moment) ?? item.moment}
										</Anchor>
									),
								value: item =>
									item.moment === ''
										? say('data.live.noMoment')
										: (momentNames.get(item.moment) ?? item.moment),
							},
							{
								key: 'customer',
								head: say('data.live.customer'),
								cell: item => (
									<Anchor component={Link} to={`/customers/${encodeURIComponent(item.customer)}`} inherit>
										{item.customer}
									</Anchor>
								),
								value: item => item.customer,
							},
							{
								key: 'unit',
								head: say('app.unit'),
								wide: true,
								cell: item => <span className={classes.one}>{item.unit}</span>,
								value: item => item.unit,
							},
							{
								key: 'channel',
								head: say('app.channel'),
								wide: true,
								cell: item => item.channel,
								value: item => item.channel,
							},
							{
								key: 'source',
								head: say('data.source'),
								wide: true,
								cell: item => <span className={classes.one}>{item.source}</span>,
								value: item => item.source,
							},
							{
								key: 'time',
								head: say('data.live.happened'),
								wide: true,
								cell: item => <span className={classes.one}>{formats.time(item.time)}</span>,
								value: item => item.time,
							},
						]}
					/>
				)}
			</Asked>
			{opened ? <ArrivedDrawer item={opened} onClose={() => setOpened(undefined)} /> : null}
		</Panel>
	);
}
