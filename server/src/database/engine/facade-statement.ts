import { isUtf8 } from 'node:buffer';
import { EngineError } from './engine-error.ts';
import type { FacadeRequest } from './facade-request.ts';
import { readStatementText, type StatementText } from './statement-text.ts';

/** A request's statement, ready to run. With `rows`, the text ends with their format and the bytes follow apart. */
export type FacadeStatement = {
	readonly sql: string;
	readonly text: StatementText;
	readonly rows: InsertRows | undefined;
};

export type InsertRows = { readonly bytes: Buffer; readonly oneRowPerLine: boolean };

/**
 * Finds the statement and its rows. It may stand in the query string, in the body, or begin in one and go on in the other.
 *
 * @throws EngineError for what a server would refuse too, and for what would silently go wrong in the embedded engine
 */
export function facadeStatement(asked: FacadeRequest, body: Buffer): FacadeStatement {
	const text = asked.query === '' ? readBodyText(body) : readStatementText(asked.query);
	check(text);
	if (text.rowsFrom !== undefined) return insertOf(asked, body, text, text.rowsFrom);
	if (!isUtf8(body))
		throw new EngineError(62, 'SYNTAX_ERROR', 'Syntax error: the statement is no UTF-8 text');
	const sql =
		asked.query === '' ? body.toString() : body.length === 0 ? asked.query : `${asked.query}\n${body}`;
	if (text.verb === '') throw new EngineError(62, 'SYNTAX_ERROR', 'Syntax error: Empty query');
	return { sql, text, rows: undefined };
}

/** Rows behind an insert can be many megabytes; where they begin is known from the head of the body. */
const headBytes = 65_536;

/** Read one character a byte, so that places in the text are places in the body; keywords are the same either way. */
function readBodyText(body: Buffer): StatementText {
	const head = readStatementText(body.toString('latin1', 0, headBytes));
	if (head.rowsFrom !== undefined || body.length <= headBytes) return head;
	return readStatementText(body.toString('latin1'));
}

function check(text: StatementText): void {
	if (text.hasSecond) {
		throw new EngineError(
			62,
			'SYNTAX_ERROR',
			'Syntax error (Multi-statements are not allowed): one request, one statement',
		);
	}
	if (text.readsInput) {
		throw notImplemented(
			'INSERT from input() would store nothing here; insert into a Null table with a view instead',
		);
	}
	if (text.waitsForKill) throw notImplemented('KILL … SYNC never returns here; use ASYNC');
	if (text.verb === 'SET' || text.verb === 'USE') {
		throw notImplemented('Settings are not kept between requests; send them with the statement');
	}
}

function insertOf(
	asked: FacadeRequest,
	body: Buffer,
	text: StatementText,
	rowsFrom: number,
): FacadeStatement {
	const format = text.format ?? '';
	const known = textFormats.get(format.toLowerCase());
	if (known === undefined) {
		throw notImplemented(
			`The embedded engine takes rows in text formats only, such as JSONEachRow, not ${format}`,
		);
	}
	const inBody = asked.query === '';
	const inline = inBody ? '' : asked.query.slice(rowsFrom).replace(rowsGap, '');
	const behindText = inBody ? afterGap(body, rowsFrom) : body;
	const bytes = inline === '' ? behindText : Buffer.concat([Buffer.from(`${inline}\n`), behindText]);
	if (isBlank(bytes)) throw new EngineError(108, 'NO_DATA_TO_INSERT', 'No data to insert');
	const sql = inBody ? body.toString('utf8', 0, rowsFrom) : asked.query.slice(0, rowsFrom);
	return { sql, text, rows: { bytes, oneRowPerLine: known.oneRowPerLine } };
}

const lines = { oneRowPerLine: true };
const freely = { oneRowPerLine: false };

/** Formats whose bytes the engine was seen to parse unchanged. Binary ones are cut short in it. */
const textFormats = new Map(
	Object.entries({
		JSONEachRow: lines,
		JSONStringsEachRow: lines,
		JSONCompactEachRow: lines,
		JSONCompactStringsEachRow: lines,
		TSV: lines,
		TabSeparated: lines,
		JSONCompactEachRowWithNames: freely,
		JSONCompactEachRowWithNamesAndTypes: freely,
		JSON: freely,
		JSONCompact: freely,
		JSONColumns: freely,
		JSONColumnsWithMetadata: freely,
		JSONObjectEachRow: freely,
		TSVWithNames: freely,
		TabSeparatedWithNames: freely,
		TSKV: freely,
		CSV: freely,
		CSVWithNames: freely,
		CustomSeparated: freely,
		CustomSeparatedWithNames: freely,
		CustomSeparatedWithNamesAndTypes: freely,
		TSVWithNamesAndTypes: freely,
		TabSeparatedWithNamesAndTypes: freely,
		CSVWithNamesAndTypes: freely,
		Values: freely,
	}).map(([name, known]) => [name.toLowerCase(), known] as const),
);

/** Between a format's name and its rows: blanks and one line end, which no format counts as a row. */
const rowsGap = /^[ \t]*\r?\n?/;

function afterGap(body: Buffer, from: number): Buffer {
	const gap = rowsGap.exec(body.toString('latin1', from, from + 64))?.[0].length ?? 0;
	return body.subarray(from + gap);
}

function isBlank(bytes: Buffer): boolean {
	return bytes.length < 1024 && bytes.toString('latin1').trim() === '';
}

function notImplemented(message: string): EngineError {
	return new EngineError(48, 'NOT_IMPLEMENTED', message);
}
