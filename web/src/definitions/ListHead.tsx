import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { ListedKind } from './definition-kind.client.ts';
import { newId, partOfKind } from './definition-parts.ts';
import classes from './ListHead.module.css';

/** Over a list of definitions: those in force or those archived, and a way to a new one. */
export function ListHead<Definition>({
	kind,
	archived,
	onArchived,
	children,
}: {
	readonly kind: ListedKind<Definition>;
	readonly archived: boolean;
	readonly onArchived: (archived: boolean) => void;
	readonly children?: ReactNode;
}) {
	const { say } = useTexts();
	const mayWrite = useMe().may.includes(kind.mayWrite);
	return (
		<div className={classes.head}>
			<SegmentedControl
				size="xs"
				aria-label={say('definitions.which')}
				value={archived ? 'archived' : 'active'}
				onChange={value => onArchived(value === 'archived')}
				data={[
					{ value: 'active', label: say('definitions.active') },
					{ value: 'archived', label: say('definitions.archivedOnes') },
				]}
			/>
			{children}
			{mayWrite ? (
				<Button
					size="xs"
					ml="auto"
					component={Link}
					to={`/definitions/${partOfKind[kind.kind]}/${newId}`}
					leftSection={<IconPlus size={15} aria-hidden />}
				>
					{say(`definitions.new.${kind.kind}`)}
				</Button>
			) : null}
		</div>
	);
}
