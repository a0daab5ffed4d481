import { IconArchive, IconPlus } from '@tabler/icons-react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import type { ListedKind } from './definition-kind.client.ts';

/** In place of a list with nothing in it: what would be here, and how it gets here. */
export function EmptyList({
	kind,
	archived,
}: {
	readonly kind: ListedKind<unknown>['kind'];
	readonly archived: boolean;
}) {
	const { say } = useTexts();
	if (archived) {
		return (
			<EmptyState
				icon={IconArchive}
				title={say('definitions.empty.archived')}
				hint={say('definitions.empty.archivedHint')}
			/>
		);
	}
	return (
		<EmptyState
			icon={IconPlus}
			title={say(`definitions.empty.${kind}`)}
			hint={say(`definitions.empty.${kind}Hint`)}
		/>
	);
}
