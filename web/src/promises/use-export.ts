import { notifications } from '@mantine/notifications';
import { listVerdicts, type Occasion } from '@touchstone/domain/verdicts/verdicts.contract';
import { useRef, useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type CsvCell, csvLines, csvOf } from '../ui/csv.ts';
import type { Column } from '../ui/DataTable.tsx';
import { download } from '../ui/download.ts';
import type { OccasionsAsked } from './promise-queries.ts';

const pageSize = 500;

/** Reads all occasions, page by page, and hands them out as one CSV file. `read` says how far it is while under way. */
export function useExport(
	asked: OccasionsAsked,
	columns: readonly Column<Occasion>[],
	total: number | undefined,
	fileName: string,
) {
	const { say } = useTexts();
	const [read, setRead] = useState<number>();
	const stopping = useRef<AbortController>(undefined);
	const exported = columns.filter(column => column.value);
	const start = async () => {
		if (read !== undefined) return;
		const stop = new AbortController();
		stopping.current = stop;
		setRead(0);
		const parts: string[] = [
			csvOf(
				exported.map(({ head }) => head),
				[],
			),
		];
		try {
			let cursor: string | undefined;
			let count = 0;
			do {
				const page = await ask(listVerdicts, {
					query: { ...asked, limit: pageSize, cursor },
					signal: stop.signal,
				});
				const rows = page.items.map(row => exported.map(({ value }): CsvCell => value?.(row) ?? null));
				parts.push(csvLines(rows));
				count += page.items.length;
				setRead(total === undefined ? count : Math.min(count, total));
				cursor = page.nextCursor ?? undefined;
			} while (cursor);
			download(`${fileName}.csv`, new Blob(parts, { type: 'text/csv' }));
		} catch (error) {
			if (!stop.signal.aborted) {
				notifications.show({
					color: 'red',
					title: say('promises.export.failed'),
					message: error instanceof Error ? error.message : String(error),
				});
			}
		}
		setRead(undefined);
	};
	return { read, start: () => void start(), stop: () => stopping.current?.abort() };
}
