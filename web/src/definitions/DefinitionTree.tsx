import { Box, Button, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Asked } from '../ui/Panel.tsx';
import classes from './DefinitionTree.module.css';
import type { ListedKind, Stored } from './definition-kind.client.ts';
import { partOfKind } from './definition-parts.ts';
import { EmptyList } from './EmptyList.tsx';
import list from './ListHead.module.css';
import { ListHead } from './ListHead.tsx';
import { calledAs, RestoreButton } from './RestoreButton.tsx';
import { type TreeItem, treeRows } from './tree-rows.ts';
import { useWholeDefinitionList } from './use-definition-list.ts';

const rowsAtFirst = 200;

type Branch<Definition> = TreeItem & { readonly stored: Stored<Definition> };

/** Definitions that stand under one another, as a tree one can open, close and search. */
export function DefinitionTree<Definition extends { readonly id: string; readonly name: string }>({
	kind,
	label,
	parentOf,
	beside,
}: {
	readonly kind: ListedKind<Definition>;
	readonly label: string;
	readonly parentOf: (definition: Definition) => string | undefined;
	/** What stands behind the name. */
	readonly beside: (definition: Definition) => ReactNode;
}) {
	const { say } = useTexts();
	const [archived, setArchived] = useState(false);
	const [typed, setTyped] = useState('');
	const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
	const query = useWholeDefinitionList(kind, archived);
	const items = useMemo(
		() =>
			(query.data ?? []).map(
				(stored): Branch<Definition> => ({
					id: stored.definition.id,
					name: calledAs(stored.definition),
					parent: parentOf(stored.definition),
					stored,
				}),
			),
		[query.data, parentOf],
	);
	const parents = useMemo(() => new Set(items.flatMap(({ parent }) => parent ?? [])), [items]);
	return (
		<Stack gap="sm">
			<ListHead kind={kind} archived={archived} onArchived={setArchived}>
				<TextInput
					size="xs"
					placeholder={say('ui.filter')}
					aria-label={`${say('ui.filter')}: ${label}`}
					leftSection={<IconSearch size={14} aria-hidden />}
					value={typed}
					onChange={event => setTyped(event.currentTarget.value)}
				/>
				{parents.size > 1 ? (
					<Button
						size="xs"
						variant="subtle"
						color="gray"
						onClick={() => setClosed(closed.size > 0 ? new Set() : parents)}
					>
						{say(closed.size > 0 ? 'definitions.tree.openAll' : 'definitions.tree.closeAll')}
					</Button>
				) : null}
			</ListHead>
			<Asked query={query} height={360}>
				{() =>
					items.length === 0 ? (
						<EmptyList kind={kind.kind} archived={archived} />
					) : (
						<Rows
							kind={kind}
							label={label}
							items={items}
							typed={typed}
							closed={closed}
							onToggle={id => setClosed(toggled(closed, id))}
							beside={beside}
						/>
					)
				}
			</Asked>
		</Stack>
	);
}

function Rows<Definition extends { readonly id: string; readonly name: string }>({
	kind,
	label,
	items,
	typed,
	closed,
	onToggle,
	beside,
}: {
	readonly kind: ListedKind<Definition>;
	readonly label: string;
	readonly items: readonly Branch<Definition>[];
	readonly typed: string;
	readonly closed: ReadonlySet<string>;
	readonly onToggle: (id: string) => void;
	readonly beside: (definition: Definition) => ReactNode;
}) {
	const { say, formats } = useTexts();
	const [most, setMost] = useState(rowsAtFirst);
	const rows = useMemo(() => treeRows(items, closed, typed), [items, closed, typed]);
	return (
		<div className={list.box}>
			<ul className={classes.tree} aria-label={label}>
				{rows.slice(0, most).map(({ item, depth, below, open }) => (
					<Box component="li" key={item.id} className={classes.row} __vars={{ '--depth': String(depth) }}>
						{below > 0 ? (
							<UnstyledButton
								className={classes.toggle}
								aria-expanded={open}
								aria-label={say(open ? 'definitions.tree.close' : 'definitions.tree.open', {
									name: item.name,
								})}
								onClick={() => onToggle(item.id)}
							>
								<IconChevronRight size={15} aria-hidden data-open={open || undefined} />
							</UnstyledButton>
						) : (
							<span className={classes.toggle} />
						)}
						<Link
							to="/definitions/$kind/$id"
							params={{ kind: partOfKind[kind.kind], id: item.id }}
							className="plain-link"
						>
							{item.name}
						</Link>
						{open || below === 0 ? null : (
							<Text span size="xs" className="quiet tabular">
								{say('definitions.tree.below', { count: formats.number(below) })}
							</Text>
						)}
						<span className={classes.beside}>
							{beside(item.stored.definition)}
							{item.stored.archived ? <RestoreButton kind={kind} stored={item.stored} /> : null}
						</span>
					</Box>
				))}
			</ul>
			{rows.length === 0 ? (
				<Text size="sm" className="quiet" p="md">
					{say('ui.noneMatch')}
				</Text>
			) : null}
			{rows.length > most ? (
				<Button variant="subtle" color="gray" fullWidth size="sm" onClick={() => setMost(most * 2)}>
					{say('ui.showMore')}
				</Button>
			) : null}
		</div>
	);
}

function toggled(closed: ReadonlySet<string>, id: string): ReadonlySet<string> {
	const next = new Set(closed);
	if (!next.delete(id)) next.add(id);
	return next;
}
