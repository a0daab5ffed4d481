/**
 * Test support: data files that live beside the project, not in it (their licences differ).
 *
 * Where they are absent the tests that need them are skipped, and say so.
 */
import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../shared/reference/', import.meta.url);

/**
 * Whether these files, named relative to the reference folder, are all there; prints the reason when not.
 * Use as `test.skipIf(!hasReference('nps/answers.csv'))`.
 */
export function hasReference(...paths: string[]): boolean {
	const missing = paths.filter(path => !existsSync(new URL(path, folder)));
	if (missing.length === 0) return true;
	console.warn(`skipped: ../shared/reference/ beside the project does not hold ${missing.join(', ')}`);
	return false;
}

/** The text of a reference file. */
export function referenceText(path: string): string {
	return readFileSync(new URL(path, folder), 'utf8');
}

/**
 * The rows of a reference CSV by column name; cells are text, empty where blank. Quotes around cells are removed.
 *
 * @param separator Column separator, a comma unless given.
 */
export function referenceRows(path: string, separator = ','): Record<string, string>[] {
	const [header = '', ...lines] = referenceText(path).trim().split(/\r?\n/);
	const names = cells(header, separator);
	return lines.map(line => {
		const values = cells(line, separator);
		return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
	});
}

/** One numeric column of such rows; a blank or non-numeric cell is an error, because a silent gap would move the number. */
export function numericColumn(rows: readonly Record<string, string>[], name: string): number[] {
	return rows.map((row, i) => {
		const value = Number(row[name]);
		if (row[name] === undefined || row[name] === '' || Number.isNaN(value)) {
			throw new Error(`row ${i + 1} has no number in column "${name}": ${row[name]}`);
		}
		return value;
	});
}

function cells(line: string, separator: string): string[] {
	const result: string[] = [];
	let cell = '';
	let isQuoted = false;
	for (const character of line) {
		if (character === '"') isQuoted = !isQuoted;
		else if (character === separator && !isQuoted) {
			result.push(cell);
			cell = '';
		} else cell += character;
	}
	return [...result, cell];
}
