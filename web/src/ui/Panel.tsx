import { ActionIcon, Group, Skeleton, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Figure } from '@touchstone/domain/metrics/figure';
import { type ReactNode, useId, useRef, useState } from 'react';
import { pngOfChart } from '../charts/chart-png.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type CsvCell, csvOf } from './csv.ts';
import { download } from './download.ts';
import { useHowComputed } from './HowComputed.tsx';
import { LateMenu } from './LateMenu.tsx';
import type { MenuEntry } from './menu-entry.ts';
import { PageFailed } from './PageFailed.tsx';
import classes from './Panel.module.css';

/** The rows behind a chart: the same for the table under it and for the CSV. */
export type PanelTable = { readonly head: readonly string[]; readonly rows: readonly (readonly CsvCell[])[] };

export type PanelProps = {
	/** What the panel found, as a sentence where there is a finding. */
	readonly title: string;
	readonly hint?: ReactNode;
	/** What "how is this computed" explains. */
	readonly figure?: Figure | undefined;
	readonly table?: PanelTable | undefined;
	/** Whether the panel holds a chart, which can then be swapped with its table and downloaded as PNG. */
	readonly chart?: boolean;
	readonly fileName?: string;
	readonly actions?: ReactNode;
	readonly flush?: boolean;
	readonly children: ReactNode;
};

/** A part of a page that answers one question: its finding as the title, a chart or list, and the way behind it. */
export function Panel({ title, hint, figure, table, chart, fileName, actions, flush, children }: PanelProps) {
	const { say } = useTexts();
	const [asTable, setAsTable] = useState(false);
	const how = useHowComputed();
	const body = useRef<HTMLDivElement>(null);
	const name = useId();
	const file = fileName ?? 'touchstone';
	const drawn = () => {
		if (body.current) void pngOfChart(body.current).then(png => download(`${file}.png`, png));
	};
	const written = ({ head, rows }: PanelTable) =>
		download(`${file}.csv`, new Blob([csvOf(head, rows)], { type: 'text/csv' }));
	const entries: readonly MenuEntry[] = [
		...(figure ? [{ text: say('ui.howComputed'), onPick: () => how(figure) }] : []),
		...(chart && table
			? [{ text: say(asTable ? 'ui.chart' : 'ui.table'), onPick: () => setAsTable(!asTable) }]
			: []),
		...(chart && !asTable ? [{ text: say('ui.png'), onPick: drawn }] : []),
		...(table ? [{ text: say('ui.csv'), onPick: () => written(table) }] : []),
	];
	return (
		<section className={classes.panel} aria-labelledby={name}>
			<Group justify="space-between" wrap="nowrap" align="flex-start" className={classes.head}>
				<div>
					<Title order={2} id={name}>
						{title}
					</Title>
					{hint ? (
						<Text size="sm" className="quiet">
							{hint}
						</Text>
					) : null}
				</div>
				<Group gap={4} wrap="nowrap">
					{actions}
					{figure || table ? (
						<LateMenu
							position="bottom-end"
							width={210}
							entries={entries}
							button={properties => (
								<ActionIcon
									variant="subtle"
									color="gray"
									aria-label={`${say('ui.more')}: ${title}`}
									{...properties}
								>
									<IconDots size={17} stroke={1.6} />
								</ActionIcon>
							)}
						/>
					) : null}
				</Group>
			</Group>
			<div ref={body} className={flush ? undefined : classes.body}>
				{asTable && table ? <PlainTable table={table} label={title} /> : children}
			</div>
		</section>
	);
}

/** A panel's content while it is on its way, when it failed, and when it is there. */
export function Asked<Answer>({
	query,
	height,
	children,
}: {
	readonly query: Pick<UseQueryResult<Answer>, 'data' | 'error' | 'isPlaceholderData'> & {
		readonly refetch: () => unknown;
	};
	/** As tall as what will come, so that nothing jumps. */
	readonly height: number;
	readonly children: (answer: Answer) => ReactNode;
}) {
	const { say } = useTexts();
	if (query.data !== undefined) {
		return (
			<div className={classes.answer} data-stale={query.isPlaceholderData || undefined}>
				{children(query.data)}
			</div>
		);
	}
	if (query.error) return <PageFailed error={query.error} reset={() => query.refetch()} />;
	return (
		<div aria-busy="true">
			<VisuallyHidden role="status">{say('ui.loading')}</VisuallyHidden>
			<Skeleton height={height} />
		</div>
	);
}

/** Wide tables scroll in a box of their own, which the keyboard reaches. */
export function PlainTable({ table, label }: { readonly table: PanelTable; readonly label: string }) {
	const { say } = useTexts();
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
		<section className={classes.scroll} tabIndex={0} aria-label={`${label}: ${say('ui.table')}`}>
			<table className={classes.table}>
				<thead>
					<tr>
						{table.head.map(text => (
							<th key={text} scope="col">
								{text}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{table.rows.map(row => (
						<tr key={row.join('\u0000')}>
							{row.map((cell, index) => (
								<td key={table.head[index]} className={typeof cell === 'number' ? 'numbers' : undefined}>
									{cell}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
