import { CsvError, type Options, type Parser, parse } from 'csv-parse';
import { canSeek, utf8Chunks } from './byte-stream.store.ts';
import { ImportStopped } from './import-stopped.ts';
import { lineCounter } from './line-counter.ts';
import type { SourceFile } from './matched-files.ts';
import {
	beginning,
	longestRecord,
	type Position,
	type RowBatch,
	type RowSource,
	type SourceRow,
} from './source-rows.ts';

/** What the parser hands over for each record when asked where it stands. */
type Found = { readonly record: readonly string[]; readonly info: { readonly bytes: number } };

/** Opens a CSV file; its columns are its first line, unless the mapping lists them. */
export async function openCsv(file: SourceFile): Promise<RowSource> {
	const columns = file.described.columns ?? (await headerOf(file));
	const twice = columns.find((column, place) => columns.indexOf(column) !== place);
	if (twice !== undefined) {
		throw new ImportStopped(
			`${file.path} has two columns named "${twice}"; rename one, or list the columns in the mapping.`,
		);
	}
	return { columns, holdsObjects: false, read: (wanted, from) => readCsv(file, columns, wanted, from) };
}

async function headerOf(file: SourceFile): Promise<readonly string[]> {
	for await (const { records } of recordsOf(file, beginning)) {
		const [first] = records;
		if (first) return first.record.map(column => column.trim());
	}
	throw new ImportStopped(`${file.path} is empty; it should at least have a line with its columns.`);
}

async function* readCsv(
	file: SourceFile,
	columns: readonly string[],
	wanted: readonly string[],
	from: Position,
): AsyncGenerator<RowBatch> {
	const places = wanted
		.map(column => ({ column, place: columns.indexOf(column) }))
		.filter(({ place }) => place >= 0);
	const seeks = canSeek(file) && from.bytes > 0;
	let toSkip = seeks ? 0 : from.rows + (file.described.columns ? 0 : 1);
	let { rows } = from;
	for await (const { records, line, bytes } of recordsOf(file, seeks ? from : beginning)) {
		const batch: SourceRow[] = [];
		for (const { record, line: at } of records) {
			if (toSkip > 0) {
				toSkip -= 1;
				continue;
			}
			rows += 1;
			batch.push(
				record.length === columns.length
					? { line: at, row: rowOf(record, places) }
					: {
							line: at,
							problem: `has ${record.length} values where there are ${columns.length} columns; look for a missing quote or a stray ${file.described.delimiter ?? 'comma'}`,
						},
			);
		}
		if (batch.length > 0) yield { rows: batch, position: { rows, line, bytes: canSeek(file) ? bytes : 0 } };
	}
}

function rowOf(record: readonly string[], places: readonly { column: string; place: number }[]) {
	const row: { [column: string]: unknown } = {};
	for (const { column, place } of places) row[column] = record[place];
	return row;
}

/** The records that end in a chunk, each with the line it begins on, and where the last of them ends. */
type Records = {
	readonly records: readonly { readonly record: readonly string[]; readonly line: number }[];
	readonly line: number;
	readonly bytes: number;
};

/**
 * The records of a file, a chunk of it at a time. The parser is a stream of single records; asking it for them chunk by chunk
 * instead of waiting for each doubles the speed.
 */
async function* recordsOf(file: SourceFile, from: Position): AsyncGenerator<Records> {
	const parser = parse(parserOptions(file, from.bytes === 0));
	// The stream reports an error later as well; it is looked for after every chunk, so nobody need wait for that.
	parser.on('error', () => undefined);
	const lines = lineCounter(from, from.bytes === 0 ? file.described.skipLines : 0);
	for await (const chunk of utf8Chunks(file, from.bytes)) {
		parser.write(chunk);
		const found = drain(parser);
		stopOnError(parser, file, from.line);
		lines.enter(chunk);
		const records = found.map(({ record, info }) => ({
			record,
			line: lines.passTo(from.bytes + info.bytes),
		}));
		if (records.length > 0) yield { records, ...lines.position() };
	}
	parser.end();
	const last: Found[] = [];
	try {
		for await (const record of parser) last.push(record);
	} catch {
		stopOnError(parser, file, from.line);
	}
	const records = last.map(({ record, info }) => ({ record, line: lines.passTo(from.bytes + info.bytes) }));
	if (records.length > 0) yield { records, ...lines.position() };
}

function parserOptions(file: SourceFile, atStart: boolean): Options {
	const { delimiter, quote, skipLines } = file.described;
	return {
		delimiter: delimiter ?? (/\.tsv(\.gz)?$/i.test(file.name) ? '\t' : ','),
		quote: quote === undefined ? '"' : quote === '' ? null : quote,
		record_delimiter: ['\r\n', '\n', '\r'],
		bom: atStart,
		info: true,
		relax_column_count: true,
		skip_empty_lines: true,
		max_record_size: longestRecord,
		...(skipLines && atStart ? { from_line: skipLines + 1 } : {}),
	};
}

function drain(parser: Parser): Found[] {
	const records: Found[] = [];
	for (;;) {
		const record: Found | null = parser.read();
		if (record === null) return records;
		records.push(record);
	}
}

function stopOnError(parser: Parser, file: SourceFile, lineOffset: number): void {
	const error = parser.errored;
	if (!error) return;
	const line =
		error instanceof CsvError && typeof error.lines === 'number' ? error.lines + lineOffset : undefined;
	const at = line === undefined ? file.path : `${file.path} line ${line}`;
	throw new ImportStopped(
		`${at}: ${error.message}. Correct the file, or say how it quotes: quote: "'" for another sign, quote: '' for none.`,
		1,
		{ cause: error },
	);
}
