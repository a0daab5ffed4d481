import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { endSession, listSessions } from '@touchstone/domain/access/me.contract';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { browserNamed } from './browser-named.ts';
import { useChange } from './use-change.ts';

/** Where one is signed in, and how to be no more. */
export function SessionsPanel() {
	const { say, formats } = useTexts();
	const sessions = useQuery({
		queryKey: ['sessions'],
		queryFn: ({ signal }) => ask(listSessions, { signal }),
	});
	const end = useChange((id: string) => ask(endSession, { params: { id } }), [['sessions']]);
	return (
		<Panel title={say('settings.sessions')} hint={say('settings.sessionsHint')} flush>
			<Asked query={sessions} height={120}>
				{({ items }) => (
					<DataTable
						label={say('settings.sessions')}
						fileName="sessions"
						rows={items}
						rowKey={({ id }) => id}
						columns={[
							{
								key: 'browser',
								head: say('settings.session.browser'),
								cell: session => (
									<>
										{browserNamed(session.userAgent) ?? say('settings.session.unknown')}
										{session.current ? (
											<Text size="xs" className="kept">
												{say('settings.session.this')}
											</Text>
										) : null}
									</>
								),
								value: session => browserNamed(session.userAgent) ?? session.userAgent,
							},
							{
								key: 'address',
								head: say('settings.session.address'),
								wide: true,
								cell: session => session.address,
								value: session => session.address,
							},
							{
								key: 'seen',
								head: say('settings.session.seen'),
								cell: session => formats.time(session.lastSeenAt),
								value: session => session.lastSeenAt,
							},
							{
								key: 'since',
								head: say('settings.session.since'),
								wide: true,
								cell: session => formats.time(session.createdAt),
								value: session => session.createdAt,
							},
							{
								key: 'end',
								head: '',
								align: 'right',
								cell: session =>
									session.current ? null : (
										<ConfirmButton
											label={say('settings.session.end')}
											of={browserNamed(session.userAgent) ?? session.address}
											question={say('settings.session.endSure')}
											loading={end.isPending && end.variables === session.id}
											onConfirm={() => end.mutate(session.id)}
										/>
									),
							},
						]}
					/>
				)}
			</Asked>
		</Panel>
	);
}
