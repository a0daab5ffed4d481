import { Button, Group } from '@mantine/core';
import { IconArchive, IconChartLine } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { ListedKind, Stored } from './definition-kind.client.ts';
import { partOfKind } from './definition-parts.ts';
import { useLifecycle } from './use-lifecycle.tsx';

/** What can be done with a whole definition: look at its figures, archive it, restore it. */
export function EditorActions<Definition extends { readonly id: string }>({
	kind,
	calledAs,
	stored,
	mayWrite,
	onChanged,
}: {
	readonly kind: ListedKind<Definition>;
	readonly calledAs: (definition: Definition) => string;
	readonly stored: Stored<Definition>;
	readonly mayWrite: boolean;
	readonly onChanged: (stored: Stored<Definition>) => void;
}) {
	const { say } = useTexts();
	const { archive, restore } = useLifecycle(kind, calledAs, stored.definition.id, onChanged);
	const hasFigures = kind.kind === 'promise' || kind.kind === 'moment';
	return (
		<Group gap="xs">
			{hasFigures && !stored.archived ? (
				<Button
					size="xs"
					variant="default"
					component={Link}
					to={`/${partOfKind[kind.kind]}/${stored.definition.id}`}
					leftSection={<IconChartLine size={15} aria-hidden />}
				>
					{say('definitions.openFigures')}
				</Button>
			) : null}
			{mayWrite && stored.archived ? (
				<Button size="xs" loading={restore.isPending} onClick={() => restore.mutate(stored.version)}>
					{say('definitions.restore')}
				</Button>
			) : null}
			{mayWrite && !stored.archived ? (
				<Button
					size="xs"
					variant="default"
					title={say('definitions.archive.hint')}
					loading={archive.isPending}
					leftSection={<IconArchive size={15} aria-hidden />}
					onClick={() => archive.mutate(stored.version)}
				>
					{say('definitions.archive')}
				</Button>
			) : null}
		</Group>
	);
}
