import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { writeMe } from '@touchstone/domain/access/me.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel } from '../ui/Panel.tsx';
import { PasswordPanel } from './PasswordPanel.tsx';
import { SessionsPanel } from './SessionsPanel.tsx';
import { TwoFactorPanel } from './TwoFactorPanel.tsx';
import { useChange } from './use-change.ts';

/** Oneself: name, password, second factor, and where one is signed in. */
export function ProfilePart() {
	const { say } = useTexts();
	const me = useMe();
	if (me.kind === 'key') return <Notice kind="note">{say('settings.asKey', { name: me.name })}</Notice>;
	return (
		<Stack gap="md">
			<NamePanel />
			<PasswordPanel />
			<TwoFactorPanel />
			<SessionsPanel />
		</Stack>
	);
}

function NamePanel() {
	const { say } = useTexts();
	const me = useMe();
	const [name, setName] = useState(me.name);
	const rename = useChange(
		(wanted: string) => ask(writeMe, { body: { name: wanted } }),
		[['me']],
		() => notifications.show({ message: say('settings.saved') }),
	);
	return (
		<Panel
			title={say('settings.you')}
			hint={
				me.role === null
					? undefined
					: say('settings.youAre', { role: say(`access.role.${me.role}`), workspace: me.workspace.name })
			}
		>
			<form
				onSubmit={event => {
					event.preventDefault();
					rename.mutate(name.trim());
				}}
			>
				<Group gap="sm" align="flex-end">
					<TextInput
						label={say('access.name')}
						autoComplete="name"
						maxLength={100}
						value={name}
						onChange={event => setName(event.currentTarget.value)}
					/>
					<Button
						type="submit"
						loading={rename.isPending}
						disabled={name.trim() === '' || name.trim() === me.name}
					>
						{say('ui.save')}
					</Button>
				</Group>
			</form>
			<Text size="sm" className="quiet" mt="xs">
				{me.email}
			</Text>
		</Panel>
	);
}
