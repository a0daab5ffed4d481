import { Button, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createKey, listKeys, revokeKey } from '@touchstone/domain/access/api-keys.contract';
import { type KeyScope, keyScopes } from '@touchstone/domain/http/contract';
import { useState } from 'react';
import { KeyOnce } from '../access/KeyOnce.tsx';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { useChange } from './use-change.ts';

/** The keys programs use: what each may do, when it was last used, and an end to it. */
export function KeysPart() {
	const { say, formats } = useTexts();
	const [name, setName] = useState('');
	const [scope, setScope] = useState<KeyScope>('read');
	const [withRevoked, setWithRevoked] = useState(false);
	const keys = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => ask(listKeys, { signal }) });
	const create = useChange(
		() => ask(createKey, { body: { name: name.trim(), scope } }),
		[['keys']],
		() => setName(''),
	);
	const revoke = useChange((id: string) => ask(revokeKey, { params: { id } }), [['keys']]);
	return (
		<Panel title={say('settings.keys')} hint={say('settings.keysHint')} flush>
			<Stack gap="sm" px="md" pb="sm">
				<form
					onSubmit={event => {
						event.preventDefault();
						create.mutate(undefined);
					}}
				>
					<Group gap="sm" align="flex-start">
						<TextInput
							label={say('access.name')}
							placeholder={say('settings.keyExample')}
							required
							withAsterisk={false}
							maxLength={100}
							value={name}
							onChange={event => setName(event.currentTarget.value)}
						/>
						<NativeSelect
							label={say('settings.keyMay')}
							description={say(`settings.keyMay.${scope}`)}
							inputWrapperOrder={['label', 'input', 'description']}
							maw={340}
							value={scope}
							onChange={event =>
								setScope(keyScopes.find(known => known === event.currentTarget.value) ?? 'read')
							}
							data={keyScopes.map(value => ({ value, label: say(`settings.keyScope.${value}`) }))}
						/>
						<Button type="submit" mt={22} loading={create.isPending} disabled={name.trim() === ''}>
							{say('settings.keyCreate')}
						</Button>
					</Group>
				</form>
				{create.data ? (
					<KeyOnce name={create.data.key.name} text={create.data.text} hint={say('settings.keyOnceHint')} />
				) : null}
			</Stack>
			<Asked query={keys} height={160}>
				{({ items }) => (
					<DataTable
						label={say('settings.keys')}
						fileName="keys"
						rows={items.filter(({ revokedAt }) => withRevoked || revokedAt === null)}
						rowKey={({ id }) => id}
						toolbar={
							<Switch
								size="xs"
								label={say('settings.keysRevokedToo')}
								checked={withRevoked}
								onChange={event => setWithRevoked(event.currentTarget.checked)}
							/>
						}
						empty={<EmptyState icon={IconKey} title={say('settings.keysNone')} />}
						columns={[
							{ key: 'name', head: say('access.name'), cell: key => key.name, value: key => key.name },
							{
								key: 'scope',
								head: say('settings.keyMay'),
								cell: key => say(`settings.keyScope.${key.scope}`),
								value: key => say(`settings.keyScope.${key.scope}`),
							},
							{
								key: 'prefix',
								head: say('settings.keyPrefix'),
								wide: true,
								cell: key => <code>{key.prefix}…</code>,
								value: key => key.prefix,
							},
							{
								key: 'used',
								head: say('settings.keyUsed'),
								cell: key => (key.lastUsedAt === null ? say('settings.never') : formats.time(key.lastUsedAt)),
								value: key => key.lastUsedAt,
							},
							{
								key: 'created',
								head: say('settings.keyCreated'),
								wide: true,
								cell: key => `${formats.day(key.createdAt)}, ${key.createdBy}`,
								value: key => key.createdAt,
							},
							{
								key: 'revoke',
								head: '',
								align: 'right',
								cell: key =>
									key.revokedAt === null ? (
										<ConfirmButton
											label={say('settings.keyRevoke')}
											of={key.name}
											question={say('settings.keyRevokeSure')}
											loading={revoke.isPending && revoke.variables === key.id}
											onConfirm={() => revoke.mutate(key.id)}
										/>
									) : (
										<span className="quiet">
											{say('settings.keyRevoked', { day: formats.day(key.revokedAt) })}
										</span>
									),
							},
						]}
					/>
				)}
			</Asked>
		</Panel>
	);
}
