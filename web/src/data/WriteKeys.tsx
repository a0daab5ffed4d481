import { Button, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createKey, listKeys } from '@touchstone/domain/access/api-keys.contract';
import { type FormEvent, useState } from 'react';
import { KeyOnce } from '../access/KeyOnce.tsx';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';

/** The keys that may send and nothing else: one for each place that sends, so that one can be told from another. */
export function WriteKeys({ onMade }: { readonly onMade: (key: string) => void }) {
	const { say, formats } = useTexts();
	const queryClient = useQueryClient();
	const [name, setName] = useState('');
	const keys = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => ask(listKeys, { signal }) });
	const create = useMutation({
		mutationFn: () => ask(createKey, { body: { name: name.trim(), scope: 'intake' } }),
		onSuccess: ({ text }) => {
			setName('');
			onMade(text);
			void queryClient.invalidateQueries({ queryKey: ['keys'] });
		},
		onError: error => notifications.show({ color: 'red', message: error.message }),
	});
	const onSubmit = (event: FormEvent) => {
		event.preventDefault();
		create.mutate();
	};
	return (
		<Panel title={say('data.keys')} hint={say('data.keys.hint')} flush>
			<Stack gap="sm" px="md" pb="sm">
				<form onSubmit={onSubmit}>
					<Group gap="xs" align="flex-end">
						<TextInput
							size="sm"
							required
							withAsterisk={false}
							maxLength={100}
							label={say('data.keys.name')}
							placeholder={say('data.keys.example')}
							value={name}
							onChange={event => setName(event.currentTarget.value)}
						/>
						<Button size="sm" type="submit" loading={create.isPending} disabled={name.trim() === ''}>
							{say('data.keys.create')}
						</Button>
					</Group>
				</form>
				{create.data ? (
					<KeyOnce
						name={create.data.key.name}
						text={create.data.text}
						hint={say('data.keys.shownOnceHint')}
					/>
				) : null}
			</Stack>
			<Asked query={keys} height={120}>
				{({ items }) => (
					<DataTable
						label={say('data.keys')}
						fileName="write-keys"
						rows={items.filter(({ scope, revokedAt }) => scope === 'intake' && revokedAt === null)}
						rowKey={({ id }) => id}
						empty={
							<EmptyState icon={IconKey} title={say('data.keys.empty')} hint={say('data.keys.emptyHint')} />
						}
						columns={[
							{ key: 'name', head: say('data.keys.name'), cell: key => key.name, value: key => key.name },
							{
								key: 'prefix',
								head: say('data.keys.prefix'),
								cell: key => <code>{key.prefix}…</code>,
								value: key => key.prefix,
							},
							{
								key: 'used',
								head: say('data.keys.used'),
								cell: key =>
									key.lastUsedAt === null ? say('data.keys.never') : formats.time(key.lastUsedAt),
								value: key => key.lastUsedAt,
							},
							{
								key: 'created',
								head: say('data.keys.created'),
								wide: true,
								cell: key => `${formats.day(key.createdAt)}, ${key.createdBy}`,
								value: key => key.createdAt,
							},
						]}
					/>
				)}
			</Asked>
		</Panel>
	);
}
