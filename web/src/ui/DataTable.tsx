import { ActionIcon, Button, Group, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDownload, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type CsvCell, csvOf } from './csv.ts';
import classes from './DataTable.module.css';
import { download } from './download.ts';

export type Column<Row> = {
	readonly key: string;
	readonly head: string;
	readonly cell: (row: Row) => ReactNode;
	/** What the column is sorted and exported by; left out, it can be neither. */
	readonly value?: (row: Row) => CsvCell;
	readonly align?: 'left' | 'right';
	readonly width?: number | string;
	/** Not shown where there is little room. */
	readonly wide?: boolean;
	/** Filtered by and exported, but not shown: another column says it already. */
	readonly hidden?: boolean;
};

type Sorting = { readonly key: string; readonly down: boolean };

/** A list: sorts by any column, filters by what is written in it, exports what it shows, and asks for more by cursor. */
export function DataTable<Row>({
	label,
	columns,
	rows,
	rowKey,
	sortedBy,
	fileName,
	filter = rows.length > 8,
	more,
	toolbar,
	tools = true,
	total,
	onExport,
	empty,
}: {
	readonly label: string;
	readonly columns: readonly Column<Row>[];
	readonly rows: readonly Row[];
	readonly rowKey: (row: Row) => string;
	readonly sortedBy?: Sorting;
	readonly fileName: string;
	readonly filter?: boolean;
	/** How to get the next page, where the server pages. */
	readonly more?: { readonly ask: () => void; readonly asking: boolean } | undefined;
	readonly toolbar?: ReactNode;
	/** Whether filter, count and CSV stand above it. Not where the panel around a short list offers its CSV already. */
	readonly tools?: boolean;
	/** How many there are altogether, where the server pages and it is known. */
	readonly total?: number;
	/** What the download does instead of exporting what is shown: where the server pages, that is not everything. */
	readonly onExport?: () => void;
	/** What stands in place of an empty list; nothing matching a filter is said by the list itself. */
	readonly empty?: ReactNode;
}) {
	const { say, formats } = useTexts();
	const [typed, setTyped] = useState('');
	const [sorting, setSorting] = useState<Sorting | undefined>(sortedBy);
	const shown = useMemo(() => arranged(rows, columns, typed, sorting), [rows, columns, typed, sorting]);
	const exported = columns.filter(column => column.value);
	const visible = columns.filter(column => !column.hidden);
	const all = formats.number(total ?? rows.length);
	const exportShown = () => {
		const content = csvOf(
			exported.map(({ head }) => head),
			shown.map(row => exported.map(({ value }) => value?.(row) ?? null)),
		);
		download(`${fileName}.csv`, new Blob([content], { type: 'text/csv' }));
	};
	if (rows.length === 0 && empty) return empty;
	return (
		<div>
			{tools ? (
				<Group justify="space-between" className={classes.tools} gap="xs">
					<Group gap="xs">
						{filter ? (
							<TextInput
								size="xs"
								placeholder={say('ui.filter')}
								aria-label={`${say('ui.filter')}: ${label}`}
								leftSection={<IconSearch size={14} aria-hidden />}
								value={typed}
								onChange={event => setTyped(event.currentTarget.value)}
							/>
						) : null}
						{toolbar}
					</Group>
					<Group gap="xs">
						<Text size="xs" className="quiet tabular" role="status">
							{shown.length === (total ?? rows.length)
								? all
								: say('ui.rows', { shown: formats.number(shown.length), all })}
						</Text>
						<ActionIcon
							variant="subtle"
							color="gray"
							aria-label={`${say('ui.csv')}: ${label}`}
							onClick={onExport ?? exportShown}
						>
							<IconDownload size={16} stroke={1.6} />
						</ActionIcon>
					</Group>
				</Group>
			) : null}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
			<section className={classes.scroll} tabIndex={0} aria-label={`${label}: ${say('ui.table')}`}>
				<table className={classes.table}>
					<thead>
						<tr>
							{visible.map(column => (
								<th
									key={column.key}
									scope="col"
									data-align={column.align}
									data-wide={column.wide}
									style={{ width: column.width }}
									aria-sort={sortOf(column.key, sorting)}
								>
									{column.value ? (
										<UnstyledButton
											className={classes.sort}
											aria-label={say('ui.sortBy', { column: column.head })}
											onClick={() => setSorting(next(column, sorting))}
										>
											{column.head}
											{sorting?.key === column.key ? (
												sorting.down ? (
													<IconArrowDown size={12} aria-hidden />
												) : (
													<IconArrowUp size={12} aria-hidden />
												)
											) : null}
										</UnstyledButton>
									) : (
										column.head
									)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{shown.map(row => (
							<tr key={rowKey(row)}>
								{visible.map(column => (
									<td key={column.key} data-align={column.align} data-wide={column.wide}>
										{column.cell(row)}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
				{shown.length === 0 ? (
					<Text size="sm" className="quiet" p="md">
						{say('ui.noneMatch')}
					</Text>
				) : null}
			</section>
			{more ? (
				<Group justify="center" p="sm">
					<Button size="xs" variant="default" loading={more.asking} onClick={more.ask}>
						{say('ui.showMore')}
					</Button>
				</Group>
			) : null}
		</div>
	);
}

function sortOf(key: string, sorting: Sorting | undefined): 'ascending' | 'descending' | undefined {
	if (sorting?.key !== key) return undefined;
	return sorting.down ? 'descending' : 'ascending';
}

function next<Row>(column: Column<Row>, sorting: Sorting | undefined): Sorting {
	if (sorting?.key === column.key) return { key: column.key, down: !sorting.down };
	return { key: column.key, down: column.align === 'right' };
}

function arranged<Row>(
	rows: readonly Row[],
	columns: readonly Column<Row>[],
	typed: string,
	sorting: Sorting | undefined,
): readonly Row[] {
	const word = typed.trim().toLowerCase();
	const matching =
		word === ''
			? rows
			: rows.filter(row =>
					columns.some(({ value }) =>
						String(value?.(row) ?? '')
							.toLowerCase()
							.includes(word),
					),
				);
	const by = columns.find(column => column.key === sorting?.key)?.value;
	if (!by || !sorting) return matching;
	return matching.toSorted((a, b) => order(by(a), by(b), sorting.down));
}

/** Rows without a value stand last, whichever way the list is sorted. */
function order(a: CsvCell, b: CsvCell, down: boolean): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	const ascending =
		typeof a === 'number' && typeof b === 'number'
			? a - b
			: String(a).localeCompare(String(b), undefined, { numeric: true });
	return down ? -ascending : ascending;
}
