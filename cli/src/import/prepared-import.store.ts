import { createHash } from 'node:crypto';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { missingColumns } from '@touchstone/domain/interactions/import-header';
import type { ImportMapping } from '@touchstone/domain/interactions/import-mapping';
import { readMappingFile } from '@touchstone/domain/interactions/import-mapping-file';
import { type RowMapper, rowMappers } from '@touchstone/domain/interactions/import-rows';
import { ImportStopped } from './import-stopped.ts';
import { type GivenFile, matchFiles, type SourceFile } from './matched-files.ts';
import { openRows } from './open-rows.store.ts';
import type { RowSource } from './source-rows.ts';

export type OpenFile = { readonly file: SourceFile; readonly bytes: number; readonly source: RowSource };

/** A mapping whose files were found, opened, and have the columns it reads. */
export type PreparedImport = {
	readonly mapping: ImportMapping;
	readonly sections: readonly RowMapper[];
	/** Word of the mapping → its files. */
	readonly files: ReadonlyMap<string, readonly OpenFile[]>;
};

/** @throws ImportStopped that names everything wrong with the mapping, the files, or how they fit each other */
export async function prepareImport(mappingFile: string, given: readonly string[]): Promise<PreparedImport> {
	const mapping = await readMapping(mappingFile);
	const matched = matchFiles(mapping, await givenFiles(given, Object.keys(mapping.files)));
	if (matched.problems.length > 0) throw new ImportStopped(matched.problems.join('\n'));
	const files = new Map<string, OpenFile[]>();
	for (const [word, list] of matched.files) {
		const opened = [];
		for (const file of list)
			opened.push({ file, bytes: (await stat(file.path)).size, source: await openRows(file) });
		files.set(word, opened);
	}
	const sections = rowMappers(mapping);
	const problems = sections.flatMap(section => [
		...columnProblems(files.get(section.from) ?? [], section.columns),
		...section.lookups.flatMap(({ file, key, columns }) =>
			columnProblems(files.get(file) ?? [], [...key, ...columns]),
		),
	]);
	if (problems.length > 0) throw new ImportStopped([...new Set(problems)].join('\n'));
	return { mapping, sections, files };
}

export type FileContent = {
	readonly word: string;
	readonly name: string;
	readonly bytes: number;
	readonly sha256: string;
};

/** What the import is, whoever runs it from wherever: the mapping and the contents of its files. */
export async function fingerprintOf(
	prepared: PreparedImport,
	signal: AbortSignal,
): Promise<{ readonly fingerprint: string; readonly contents: readonly FileContent[] }> {
	const contents: FileContent[] = [];
	for (const [word, files] of prepared.files) {
		for (const { file, bytes } of files) {
			contents.push({ word, name: file.name, bytes, sha256: await hashOf(file.path, signal) });
		}
	}
	contents.sort((one, other) => (`${one.word}/${one.name}` < `${other.word}/${other.name}` ? -1 : 1));
	const whole = JSON.stringify({ mapping: prepared.mapping, contents });
	return { fingerprint: createHash('sha256').update(whole).digest('hex'), contents };
}

/** Reads into one piece of memory over and over; a stream would leave a new one behind for every piece of the file. */
async function hashOf(path: string, signal: AbortSignal): Promise<string> {
	const hash = createHash('sha256');
	const piece = Buffer.allocUnsafeSlow(1024 * 1024);
	const handle = await open(path);
	try {
		for (;;) {
			if (signal.aborted) throw new ImportStopped('Interrupted before anything was sent.', 130);
			const { bytesRead } = await handle.read(piece, 0, piece.length, null);
			if (bytesRead === 0) return hash.digest('hex');
			hash.update(piece.subarray(0, bytesRead));
		}
	} finally {
		await handle.close();
	}
}

async function readMapping(path: string): Promise<ImportMapping> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		throw new ImportStopped(`The mapping ${path} cannot be read: ${reasonOf(error)}.`, 2, { cause: error });
	}
	const read = readMappingFile(text);
	if (read.kind === 'read') return read.mapping;
	throw new ImportStopped(
		read.problems
			.map(({ line, column, place, reason }) => `${path}:${line}:${column} ${place}${place && ': '}${reason}`)
			.join('\n'),
	);
}

/** A folder stands for the files in it. `word=PATH` is only that when the word is one of the mapping's. */
async function givenFiles(given: readonly string[], words: readonly string[]): Promise<GivenFile[]> {
	const files: GivenFile[] = [];
	for (const argument of given) {
		const sign = argument.indexOf('=');
		const word = words.find(candidate => sign > 0 && candidate === argument.slice(0, sign));
		const path = word === undefined ? argument : argument.slice(sign + 1);
		let folder: boolean;
		try {
			folder = (await stat(path)).isDirectory();
		} catch (error) {
			throw new ImportStopped(`${path} cannot be read: ${reasonOf(error)}.`, 2, { cause: error });
		}
		if (!folder) files.push({ path, inFolder: false, ...(word === undefined ? {} : { word }) });
		else
			for (const name of (await readdir(path)).toSorted())
				files.push({ path: join(path, name), inFolder: true });
	}
	return files;
}

function columnProblems(files: readonly OpenFile[], read: readonly string[]): string[] {
	return files.flatMap(({ file, source }) => {
		const { columns, holdsObjects } = source;
		if (!columns) return [];
		return missingColumns([...new Set(read)], columns, holdsObjects).map(({ column, meant }) => {
			const [only = ''] = columns;
			const separator = columns.length === 1 ? [';', '\t', '|'].find(sign => only.includes(sign)) : undefined;
			if (separator)
				return `${file.path} seems to separate its columns by ${JSON.stringify(separator)}; give ${file.word} that delimiter in the mapping.`;
			const remedy = meant ? `did you mean "${meant}"?` : `it has ${columns.slice(0, 40).join(', ')}.`;
			return `${file.path} has no column "${column}"; ${remedy}`;
		});
	});
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
