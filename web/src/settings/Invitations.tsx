import { Button, Stack, Text, TextInput } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { invite, listInvitations, withdrawInvitation } from '@touchstone/domain/access/invitations.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { Snippet } from '../ui/Snippet.tsx';
import { isComplete, type PlaceDraft, PlaceFields, placeGiven } from './PlaceFields.tsx';
import { useChange } from './use-change.ts';
import { useUnitsInWords } from './use-units-in-words.ts';

const usual: PlaceDraft = { role: 'viewer', units: 'all' };

/** Inviting somebody, and the invitations nobody has accepted yet. */
export function Invitations() {
	const { say, formats } = useTexts();
	const inWords = useUnitsInWords();
	const [email, setEmail] = useState('');
	const [place, setPlace] = useState(usual);
	const invitations = useQuery({
		queryKey: ['invitations'],
		queryFn: ({ signal }) => ask(listInvitations, { signal }),
	});
	const send = useChange(
		() => ask(invite, { body: { email: email.trim(), place: placeGiven(place) } }),
		[['invitations']],
		() => {
			setEmail('');
			setPlace(usual);
		},
	);
	const withdraw = useChange((id: string) => ask(withdrawInvitation, { params: { id } }), [['invitations']]);
	const sent = send.data;
	return (
		<Panel title={say('settings.invite')} hint={say('settings.inviteHint')} flush>
			<Stack gap="md" px="md" pb="md">
				<form
					onSubmit={event => {
						event.preventDefault();
						send.mutate(undefined);
					}}
				>
					<Stack gap="sm" maw={440}>
						<TextInput
							type="email"
							label={say('access.email')}
							required
							withAsterisk={false}
							value={email}
							onChange={event => setEmail(event.currentTarget.value)}
						/>
						<PlaceFields place={place} onPlace={setPlace} />
						<Button
							type="submit"
							loading={send.isPending}
							disabled={email.trim() === '' || !isComplete(place)}
							w="fit-content"
						>
							{say('settings.inviteGo')}
						</Button>
					</Stack>
				</form>
				{sent === undefined ? null : sent.link === null ? (
					<Notice kind="note">{say('settings.inviteMailed', { email: sent.invitation.email })}</Notice>
				) : (
					<Notice kind="note" title={say('settings.inviteLink', { email: sent.invitation.email })}>
						<Text size="sm">
							{sent.mailProblem === null
								? say('settings.inviteLinkHint')
								: say('settings.inviteMailFailed', { problem: sent.mailProblem })}
						</Text>
						<Snippet label={say('settings.inviteLinkName')} text={sent.link} wrap />
					</Notice>
				)}
			</Stack>
			<Asked query={invitations} height={80}>
				{({ items }) => (
					<DataTable
						label={say('settings.invitations')}
						fileName="invitations"
						rows={items}
						rowKey={({ id }) => id}
						empty={<EmptyState icon={IconMail} title={say('settings.invitationsNone')} />}
						columns={[
							{
								key: 'email',
								head: say('settings.invitations'),
								cell: invitation => invitation.email,
								value: invitation => invitation.email,
							},
							{
								key: 'role',
								head: say('settings.role'),
								cell: invitation => say(`access.role.${invitation.role}`),
								value: invitation => say(`access.role.${invitation.role}`),
							},
							{
								key: 'units',
								head: say('settings.units'),
								wide: true,
								cell: invitation => inWords(invitation.units),
								value: invitation => inWords(invitation.units),
							},
							{
								key: 'by',
								head: say('settings.invitedBy'),
								wide: true,
								cell: invitation => invitation.createdBy,
								value: invitation => invitation.createdBy,
							},
							{
								key: 'expires',
								head: say('settings.validUntil'),
								cell: invitation => formats.day(invitation.expiresAt),
								value: invitation => invitation.expiresAt,
							},
							{
								key: 'withdraw',
								head: '',
								align: 'right',
								cell: invitation => (
									<ConfirmButton
										label={say('settings.withdraw')}
										of={invitation.email}
										question={say('settings.withdrawSure')}
										loading={withdraw.isPending && withdraw.variables === invitation.id}
										onConfirm={() => withdraw.mutate(invitation.id)}
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
