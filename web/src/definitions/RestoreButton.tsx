import { Button } from '@mantine/core';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { ListedKind, Stored } from './definition-kind.client.ts';
import { useLifecycle } from './use-lifecycle.tsx';

type Named = { readonly id: string } & ({ readonly name: string } | { readonly wording: string });

/** Puts an archived definition back from the list. */
export function RestoreButton<Definition extends Named>({
	kind,
	stored,
}: {
	readonly kind: ListedKind<Definition>;
	readonly stored: Stored<Definition>;
}) {
	const { say } = useTexts();
	const mayWrite = useMe().may.includes(kind.mayWrite);
	const { restore } = useLifecycle(kind, calledAs, stored.definition.id);
	if (!mayWrite) return null;
	return (
		<Button
			size="compact-xs"
			variant="default"
			loading={restore.isPending}
			aria-label={`${say('definitions.restore')}: ${calledAs(stored.definition)}`}
			onClick={() => restore.mutate(stored.version)}
		>
			{say('definitions.restore')}
		</Button>
	);
}

/** What people call a definition: a promise by its words, everything else by its name. */
export function calledAs(definition: Named): string {
	return 'wording' in definition ? definition.wording : definition.name;
}
