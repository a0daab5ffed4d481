import { Button, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { changePassword } from '@touchstone/domain/access/me.contract';
import { passwordFaults } from '@touchstone/domain/access/password';
import { useState } from 'react';
import { NewPassword } from '../access/NewPassword.tsx';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Panel } from '../ui/Panel.tsx';
import { useChange } from './use-change.ts';

/** Another password; every other session ends with it. */
export function PasswordPanel() {
	const { say } = useTexts();
	const me = useMe();
	const [opened, setOpened] = useState(false);
	const [current, setCurrent] = useState('');
	const [password, setPassword] = useState('');
	const whose = { email: me.email ?? '', name: me.name };
	const change = useChange(
		() => ask(changePassword, { body: { password, ...(me.hasPassword ? { current } : {}) } }),
		[['me'], ['sessions']],
		() => {
			setCurrent('');
			setPassword('');
			setOpened(false);
			notifications.show({ message: say('settings.passwordChanged') });
		},
	);
	return (
		<Panel
			title={say(me.hasPassword ? 'settings.password' : 'settings.passwordNone')}
			hint={say(me.hasPassword ? 'settings.passwordHint' : 'settings.passwordNoneHint')}
			actions={
				opened ? null : (
					<Button size="xs" variant="default" onClick={() => setOpened(true)}>
						{say(me.hasPassword ? 'settings.passwordChange' : 'settings.passwordSet')}
					</Button>
				)
			}
		>
			{opened ? (
				<form
					onSubmit={event => {
						event.preventDefault();
						change.mutate(undefined);
					}}
				>
					<Stack gap="sm" maw={360}>
						<input type="hidden" autoComplete="username" value={me.email ?? ''} readOnly />
						{me.hasPassword ? (
							<PasswordInput
								label={say('settings.passwordCurrent')}
								autoComplete="current-password"
								autoFocus
								required
								withAsterisk={false}
								value={current}
								onChange={event => setCurrent(event.currentTarget.value)}
								visibilityToggleButtonProps={{ 'aria-label': say('access.showPassword') }}
							/>
						) : null}
						<NewPassword
							label={say('settings.passwordNew')}
							value={password}
							onValue={setPassword}
							whose={whose}
						/>
						<Button
							type="submit"
							loading={change.isPending}
							disabled={passwordFaults(password, whose).length > 0}
						>
							{say('ui.save')}
						</Button>
						<Button variant="default" onClick={() => setOpened(false)}>
							{say('ui.cancel')}
						</Button>
					</Stack>
				</form>
			) : null}
		</Panel>
	);
}
