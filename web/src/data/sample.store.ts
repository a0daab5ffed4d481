import type { Row } from '@touchstone/domain/interactions/import-columns';
import { beginning, fileKind, openRows } from './file-rows.store.ts';
import { delimiterOf, guessedDraft, wordFor } from './guessed-draft.ts';
import { ImportStopped } from './import-stopped.ts';
import type { FileDraft } from './mapping-draft.ts';

/** A picked file, what its first rows hold, and a draft of what they become. */
export type Sample = { readonly file: File; readonly rows: readonly Row[]; readonly draft: FileDraft };

export const encodings = [
	'utf-8',
	'windows-1252',
	'iso-8859-2',
	'windows-1251',
	'utf-16le',
	'shift_jis',
] as const;

const sampledRows = 200;
const headBytes = 256 * 1024;

/**
 * Reads the beginning of a file and guesses what its rows become.
 *
 * @param given what somebody said of how the file is written; left out, it is told from the beginning of the file
 * @throws ImportStopped when it cannot be read, or not here
 */
export async function sampleOf(
	file: File,
	zone: string,
	taken: readonly string[],
	given: { readonly delimiter?: string; readonly encoding?: string; readonly word?: string } = {},
): Promise<Sample> {
	const kind = fileKind(file.name);
	if (kind === undefined || kind.format === 'parquet')
		throw new ImportStopped({
			key: kind === undefined ? 'data.import.formatUnknown' : 'data.import.parquet',
			values: { name: file.name },
		});
	const encoding = given.encoding ?? (kind.zipped || (await isUtf8(file)) ? 'utf-8' : 'windows-1252');
	const head = new TextDecoder(encoding).decode(
		await file.slice(0, kind.zipped ? 0 : headBytes).arrayBuffer(),
	);
	const delimiter =
		given.delimiter ??
		(kind.zipped ? (/\.tsv/i.test(file.name) ? '\t' : ',') : delimiterOf(head.split(/\r?\n|\r/, 1)[0] ?? ''));
	const source = await openRows(file, { optional: false, encoding, delimiter });
	const rows: Row[] = [];
	for await (const batch of source.read(beginning)) {
		for (const found of batch.rows) if ('row' in found) rows.push(found.row);
		if (rows.length >= sampledRows) break;
	}
	const columns = source.columns ?? fieldsIn(rows);
	if (columns.length === 0)
		throw new ImportStopped({ key: 'data.import.fileEmpty', values: { name: file.name } });
	const word = given.word ?? wordFor(file.name, taken);
	const described = { word, name: file.name, format: kind.format, columns, delimiter, encoding };
	return {
		file,
		rows: rows.slice(0, sampledRows),
		draft: guessedDraft(described, rows.slice(0, sampledRows), zone),
	};
}

async function isUtf8(file: File): Promise<boolean> {
	const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
	// The last signs may be cut in the middle.
	const whole = bytes.length < headBytes ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1);
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(whole);
		return true;
	} catch {
		return false;
	}
}

/** The fields of objects, those within objects by their path. */
function fieldsIn(rows: readonly Row[]): string[] {
	const fields = new Set<string>();
	for (const row of rows) {
		for (const [name, held] of Object.entries(row)) {
			const within =
				typeof held === 'object' && held !== null && !Array.isArray(held) ? Object.keys(held) : [];
			if (within.length === 0) fields.add(name);
			for (const inner of within) fields.add(`${name}.${inner}`);
		}
	}
	return [...fields].slice(0, 200);
}
