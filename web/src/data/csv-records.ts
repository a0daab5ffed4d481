import { ImportStopped } from './import-stopped.ts';

/** One record of a CSV text: its cells, and the line of the file it begins on, from 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

export type CsvRecords = {
	/** Takes the next part of the text; answers the records that end in it. */
	readonly push: (text: string) => CsvRecord[];
	/** Says that the text has ended; answers the last record, where it had no line break. */
	readonly end: () => CsvRecord[];
	/** Where the last record ended: the text after it that is not a record yet, and the line breaks before that. */
	readonly rest: () => { readonly text: string; readonly line: number };
};

export type CsvStyle = {
	readonly delimiter: string;
	/** The sign around texts; the empty text for none. */
	readonly quote: string;
	/** Lines before the first record that belong to none. */
	readonly skipLines?: number;
};

/** No record may be longer: a quote that is never closed must not read a whole file into memory. */
const longestRecord = 16 * 1024 * 1024;

/**
 * Reads records from a CSV text (RFC 4180) that arrives in parts of any size: quotes, doubled quotes, delimiters and line breaks
 * within cells; lines end in LF, CRLF or CR; empty lines are no records.
 *
 * @param line how many line breaks of the file come before the text
 * @throws ImportStopped that names the line, where quotes do not fit together
 */
export function csvRecords(style: CsvStyle, line = 0): CsvRecords {
	let text = '';
	let breaks = line;
	let toSkip = line === 0 ? (style.skipLines ?? 0) : 0;
	const take = (atEnd: boolean): CsvRecord[] => {
		const records: CsvRecord[] = [];
		let start = 0;
		while (toSkip > 0) {
			const end = text.indexOf('\n', start);
			if (end < 0) break;
			start = end + 1;
			breaks += 1;
			toSkip -= 1;
		}
		while (toSkip === 0 && start < text.length) {
			const found = recordAt(text, start, style, atEnd, breaks + 1);
			if (!found) break;
			if (found.cells.length > 1 || found.cells[0] !== '')
				records.push({ line: breaks + 1, cells: found.cells });
			breaks += breaksWithin(text, start, found.next);
			start = found.next;
		}
		text = text.slice(start);
		if (text.length > longestRecord) throw stoppedAt('data.csv.tooLong', breaks + 1);
		return records;
	};
	return {
		push: more => {
			text += more;
			return take(false);
		},
		end: () => take(true),
		rest: () => ({ text, line: breaks }),
	};
}

/** The record at a place and where the next begins; undefined while it may go on in text still to come. */
function recordAt(
	text: string,
	start: number,
	{ delimiter, quote }: CsvStyle,
	atEnd: boolean,
	line: number,
): { readonly cells: string[]; readonly next: number } | undefined {
	const cells: string[] = [];
	let place = start;
	for (;;) {
		if (quote !== '' && text.startsWith(quote, place)) {
			const quoted = quotedCell(text, place, quote, atEnd);
			if (quoted === 'open') {
				if (atEnd) throw stoppedAt('data.csv.openQuote', line);
				return undefined;
			}
			cells.push(quoted.cell);
			place = quoted.next;
		} else {
			const end = cellEnd(text, place, delimiter);
			const cell = text.slice(place, end);
			if (quote !== '' && cell.includes(quote)) throw stoppedAt('data.csv.strayQuote', line);
			cells.push(cell);
			place = end;
		}
		if (place >= text.length) return atEnd ? { cells, next: place } : undefined;
		if (text.startsWith(delimiter, place)) {
			place += delimiter.length;
			continue;
		}
		const sign = text.charAt(place);
		if (sign === '\n') return { cells, next: place + 1 };
		if (sign !== '\r') throw stoppedAt('data.csv.strayQuote', line);
		if (place + 1 === text.length && !atEnd) return undefined;
		return { cells, next: text.charAt(place + 1) === '\n' ? place + 2 : place + 1 };
	}
}

function quotedCell(
	text: string,
	start: number,
	quote: string,
	atEnd: boolean,
): 'open' | { readonly cell: string; readonly next: number } {
	let cell = '';
	let from = start + 1;
	for (;;) {
		const close = text.indexOf(quote, from);
		// A quote at the very end of what has arrived may be the first of two that stand for one.
		if (close < 0 || (close + 1 === text.length && !atEnd)) return 'open';
		cell += text.slice(from, close);
		if (text.charAt(close + 1) !== quote) return { cell, next: close + 1 };
		cell += quote;
		from = close + 2;
	}
}

function cellEnd(text: string, start: number, delimiter: string): number {
	const first = delimiter.charCodeAt(0);
	for (let place = start; place < text.length; place += 1) {
		const sign = text.charCodeAt(place);
		if (sign === lineFeed || sign === carriageReturn) return place;
		if (sign === first && (delimiter.length === 1 || text.startsWith(delimiter, place))) return place;
	}
	return text.length;
}

function breaksWithin(text: string, start: number, end: number): number {
	let count = 0;
	for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
	return count;
}

function stoppedAt(
	key: 'data.csv.tooLong' | 'data.csv.openQuote' | 'data.csv.strayQuote',
	line: number,
): ImportStopped {
	return new ImportStopped({ key, values: { line } });
}

const lineFeed = 10;
const carriageReturn = 13;
