import { Anchor, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { ListedKind, Stored } from './definition-kind.client.ts';

/** Archiving a definition, which can be undone at once, and restoring it. `done` hears how it stands then. */
export function useLifecycle<Definition>(
	kind: ListedKind<Definition>,
	nameOf: (definition: Definition) => string,
	id: string,
	done?: (stored: Stored<Definition>) => void,
) {
	const { say } = useTexts();
	const client = useQueryClient();
	const settle = (stored: Stored<Definition>) => {
		void client.invalidateQueries({ queryKey: ['definitions'] });
		done?.(stored);
	};
	const onError = (error: Error) =>
		notifications.show({ color: 'red', title: say('definitions.failed'), message: error.message });
	const restore = useMutation({
		mutationFn: (version: number) => kind.restore(id, version),
		onSuccess: stored => {
			settle(stored);
			notifications.show({ message: say('definitions.restore.done', { name: nameOf(stored.definition) }) });
		},
		onError,
	});
	const archive = useMutation({
		mutationFn: (version: number) => kind.archive(id, version),
		onSuccess: stored => {
			settle(stored);
			const notice = notifications.show({
				autoClose: 12_000,
				message: (
					<Group justify="space-between" wrap="nowrap">
						<Text size="sm">{say('definitions.archive.done', { name: nameOf(stored.definition) })}</Text>
						<Anchor
							component="button"
							size="sm"
							fw={600}
							onClick={() => {
								notifications.hide(notice);
								restore.mutate(stored.version);
							}}
						>
							{say('definitions.archive.undo')}
						</Anchor>
					</Group>
				),
			});
		},
		onError,
	});
	return { archive, restore };
}
