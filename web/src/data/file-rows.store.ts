import type { Row } from '@touchstone/domain/interactions/import-columns';
import type { ImportFile } from '@touchstone/domain/interactions/import-mapping';
import { csvRecords } from './csv-records.ts';
import { ImportStopped } from './import-stopped.ts';
import { canEnter, type TextStyle, textPieces } from './text-pieces.store.ts';

/** Where reading a file stands after some rows, as a checkpoint keeps it. */
export type Position = { readonly rows: number; readonly line: number; readonly bytes: number };
export const beginning: Position = { rows: 0, line: 0, bytes: 0 };

/** A row and the line it begins on; a problem where it cannot be read. */
export type SourceRow =
	| { readonly line: number; readonly row: Row }
	| { readonly line: number; readonly problem: string };

export type RowBatch = {
	readonly rows: readonly SourceRow[];
	readonly position: Position;
	/** How much of the file has been read. */
	readonly read: number;
};

/** A file that has been opened: its columns, and its rows from any position on. */
export type RowSource = {
	/** Undefined where rows need not be alike, as in NDJSON. */
	readonly columns: readonly string[] | undefined;
	readonly holdsObjects: boolean;
	readonly read: (from: Position) => AsyncGenerator<RowBatch>;
};

export type FileKind = { readonly format: 'csv' | 'ndjson' | 'parquet'; readonly zipped: boolean };

const endings: Readonly<Record<string, FileKind['format']>> = {
	csv: 'csv',
	tsv: 'csv',
	txt: 'csv',
	ndjson: 'ndjson',
	jsonl: 'ndjson',
	parquet: 'parquet',
};

/** What a file is, by its ending; undefined where that says nothing. */
export function fileKind(name: string): FileKind | undefined {
	const zipped = /\.gz$/i.test(name);
	const ending = (zipped ? name.slice(0, -3) : name).split('.').at(-1)?.toLowerCase() ?? '';
	const format = endings[ending];
	return format ? { format, zipped } : undefined;
}

/** Opens a file as its mapping describes it; only its head is read. */
export async function openRows(file: File, described: ImportFile): Promise<RowSource> {
	const kind = fileKind(file.name);
	const format = described.format ?? kind?.format;
	const style = { encoding: described.encoding ?? 'utf-8', zipped: kind?.zipped ?? false };
	if (format === 'ndjson')
		return { columns: undefined, holdsObjects: true, read: from => readNdjson(file, style, from) };
	if (format !== 'csv')
		throw new ImportStopped({ key: 'data.import.formatUnknown', values: { name: file.name } });
	return openCsv(file, described, style);
}

async function openCsv(file: File, described: ImportFile, style: TextStyle): Promise<RowSource> {
	const cells = {
		delimiter: described.delimiter ?? (/\.tsv(\.gz)?$/i.test(file.name) ? '\t' : ','),
		quote: described.quote ?? '"',
		skipLines: described.skipLines ?? 0,
	};
	const columns = described.columns ?? (await headerOf(file, style, cells));
	const twice = columns.find((column, place) => columns.indexOf(column) !== place);
	if (twice !== undefined)
		throw new ImportStopped({
			key: 'data.import.columnTwice',
			values: { name: file.name, column: twice },
		});
	const headed = described.columns === undefined;
	return {
		columns,
		holdsObjects: false,
		read: from => readCsv(file, style, cells, columns, headed, from),
	};
}

type CellStyle = { readonly delimiter: string; readonly quote: string; readonly skipLines: number };

async function headerOf(file: File, style: TextStyle, cells: CellStyle): Promise<readonly string[]> {
	const records = csvRecords(cells);
	for await (const { text } of textPieces(file, style, 0)) {
		const [first] = records.push(text);
		if (first) return first.cells.map(cell => cell.trim());
	}
	const [only] = records.end();
	if (only) return only.cells.map(cell => cell.trim());
	throw new ImportStopped({ key: 'data.import.fileEmpty', values: { name: file.name } });
}

async function* readCsv(
	file: File,
	style: TextStyle,
	cells: CellStyle,
	columns: readonly string[],
	headed: boolean,
	from: Position,
): AsyncGenerator<RowBatch> {
	const enters = canEnter(style) && from.bytes > 0;
	const records = csvRecords(cells, enters ? from.line : 0);
	let toSkip = enters ? 0 : from.rows + (headed ? 1 : 0);
	let { rows } = from;
	const batch = (found: ReturnType<typeof records.push>, bytes: number, read: number): RowBatch => {
		const kept = found.slice(toSkip);
		toSkip -= found.length - kept.length;
		rows += kept.length;
		return {
			rows: kept.map(({ line, cells: held }) => rowOf(held, line, columns, cells.delimiter)),
			position: { rows, line: records.rest().line, bytes },
			read,
		};
	};
	let read = 0;
	for await (const piece of textPieces(file, style, enters ? from.bytes : 0)) {
		read = piece.read;
		yield batch(records.push(piece.text), placeBefore(records.rest().text, piece.bytes), read);
	}
	yield batch(records.end(), canEnter(style) ? file.size : 0, read);
}

function rowOf(
	cells: readonly string[],
	line: number,
	columns: readonly string[],
	delimiter: string,
): SourceRow {
	if (cells.length !== columns.length)
		return {
			line,
			problem: `has ${cells.length} values where there are ${columns.length} columns; look for a missing quote or a stray ${delimiter === '\t' ? 'tab' : delimiter}`,
		};
	return { line, row: Object.fromEntries(columns.map((column, place) => [column, cells[place]])) };
}

async function* readNdjson(file: File, style: TextStyle, from: Position): AsyncGenerator<RowBatch> {
	const enters = canEnter(style) && from.bytes > 0;
	let toSkip = enters ? 0 : from.rows;
	let { rows } = from;
	let line = enters ? from.line : 0;
	let open = '';
	const batch = (text: string, bytes: number, read: number): RowBatch => {
		const found: SourceRow[] = [];
		for (const json of text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined)) {
			line += 1;
			if (json.trim() === '') continue;
			if (toSkip > 0) {
				toSkip -= 1;
				continue;
			}
			rows += 1;
			found.push(objectOf(json, line));
		}
		return { rows: found, position: { rows, line, bytes }, read };
	};
	let read = 0;
	for await (const piece of textPieces(file, style, enters ? from.bytes : 0)) {
		read = piece.read;
		const text = open + piece.text;
		const end = piece.bytes === file.size ? text.length : text.lastIndexOf('\n') + 1;
		open = text.slice(end);
		if (open.length > longestLine)
			throw new ImportStopped({ key: 'data.import.lineTooLong', values: { line: line + 1 } });
		if (end > 0) yield batch(text.slice(0, end), placeBefore(open, piece.bytes), read);
	}
	if (open !== '') yield batch(open, 0, read);
}

/** The place in the file where the text begins that ends at a place; 0 where places are not known. */
function placeBefore(text: string, end: number): number {
	return end === 0 ? 0 : end - new TextEncoder().encode(text).length;
}

const longestLine = 16 * 1024 * 1024;

function objectOf(json: string, line: number): SourceRow {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (error) {
		return { line, problem: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
	}
	return isObject(value)
		? { line, row: value }
		: { line, problem: 'is JSON but not an object, like {"id": …}' };
}

function isObject(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
