import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { beginTwoFactor, confirmTwoFactor, endTwoFactor } from '@touchstone/domain/access/me.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Snippet } from '../ui/Snippet.tsx';
import { secretOf } from './otp-secret.ts';
import { QrCode } from './QrCode.tsx';
import { useChange } from './use-change.ts';

/** The second factor: an authenticator app that shows a code each time one signs in. */
export function TwoFactorPanel() {
	const { say } = useTexts();
	const me = useMe();
	const [opened, setOpened] = useState(false);
	return (
		<Panel
			title={say(me.twoFactor ? 'settings.twoFactorOn' : 'settings.twoFactorOff')}
			hint={say('settings.twoFactorHint')}
			actions={
				opened || !me.hasPassword ? null : (
					<Button size="xs" variant="default" onClick={() => setOpened(true)}>
						{say(me.twoFactor ? 'settings.twoFactorEnd' : 'settings.twoFactorBegin')}
					</Button>
				)
			}
		>
			{me.hasPassword ? null : (
				<Text size="sm" className="quiet">
					{say('settings.twoFactorNeedsPassword')}
				</Text>
			)}
			{opened ? (
				me.twoFactor ? (
					<End onDone={() => setOpened(false)} />
				) : (
					<Begin onDone={() => setOpened(false)} />
				)
			) : null}
			{me.twoFactor && !opened ? (
				<Group gap={6}>
					<IconCircleCheck size={16} stroke={1.8} aria-hidden className="kept" />
					<Text size="sm">{say('settings.twoFactorAsked')}</Text>
				</Group>
			) : null}
		</Panel>
	);
}

function Begin({ onDone }: { readonly onDone: () => void }) {
	const { say } = useTexts();
	const [code, setCode] = useState('');
	const begin = useChange((password: string) => ask(beginTwoFactor, { body: { password } }), []);
	const confirm = useChange(
		() => ask(confirmTwoFactor, { body: { code: code.replaceAll(/\s/g, '') } }),
		[['me'], ['sessions']],
		onDone,
	);
	if (begin.data === undefined)
		return (
			<WithPassword go={say('settings.goOn')} busy={begin.isPending} onGo={begin.mutate} onCancel={onDone} />
		);
	const { uri, backupCodes } = begin.data;
	return (
		<form
			onSubmit={event => {
				event.preventDefault();
				confirm.mutate(undefined);
			}}
		>
			<Stack gap="md" maw={520}>
				<div>
					<Text size="sm" mb={6}>
						{say('settings.twoFactorSecret')}
					</Text>
					<QrCode text={uri} label={say('settings.twoFactorCodeToScan')} />
					<Text size="sm" mt="sm" mb={6}>
						{say('settings.twoFactorOrType')}
					</Text>
					<Snippet label={say('settings.twoFactorSecretName')} text={secretOf(uri) ?? uri} wrap />
					<Anchor href={uri} size="sm">
						{say('settings.twoFactorOpen')}
					</Anchor>
				</div>
				<Notice kind="caution" title={say('settings.backupCodes')}>
					<Text size="sm">{say('settings.backupCodesHint')}</Text>
					<Snippet label={say('settings.backupCodes')} text={backupCodes.join('\n')} />
				</Notice>
				<TextInput
					label={say('settings.twoFactorCode')}
					inputMode="numeric"
					autoComplete="one-time-code"
					required
					withAsterisk={false}
					maw={220}
					value={code}
					onChange={event => setCode(event.currentTarget.value)}
				/>
				<Group gap="xs">
					<Button type="submit" loading={confirm.isPending} disabled={code.trim() === ''}>
						{say('settings.twoFactorConfirm')}
					</Button>
					<Button variant="default" onClick={onDone}>
						{say('ui.cancel')}
					</Button>
				</Group>
			</Stack>
		</form>
	);
}

function End({ onDone }: { readonly onDone: () => void }) {
	const { say } = useTexts();
	const end = useChange((password: string) => ask(endTwoFactor, { body: { password } }), [['me']], onDone);
	return (
		<WithPassword
			go={say('settings.twoFactorEnd')}
			busy={end.isPending}
			onGo={end.mutate}
			onCancel={onDone}
		/>
	);
}

function WithPassword({
	go,
	busy,
	onGo,
	onCancel,
}: {
	readonly go: string;
	readonly busy: boolean;
	readonly onGo: (password: string) => void;
	readonly onCancel: () => void;
}) {
	const { say } = useTexts();
	const [password, setPassword] = useState('');
	return (
		<form
			onSubmit={event => {
				event.preventDefault();
				onGo(password);
			}}
		>
			<Group gap="sm" align="flex-end">
				<PasswordInput
					w={260}
					label={say('access.password')}
					autoComplete="current-password"
					autoFocus
					required
					withAsterisk={false}
					value={password}
					onChange={event => setPassword(event.currentTarget.value)}
					visibilityToggleButtonProps={{ 'aria-label': say('access.showPassword') }}
				/>
				<Button type="submit" loading={busy} disabled={password === ''}>
					{go}
				</Button>
				<Button variant="default" onClick={onCancel}>
					{say('ui.cancel')}
				</Button>
			</Group>
		</form>
	);
}
