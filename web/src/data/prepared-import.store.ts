import { missingColumns } from '@touchstone/domain/interactions/import-header';
import type { ImportMapping } from '@touchstone/domain/interactions/import-mapping';
import { readMappingFile } from '@touchstone/domain/interactions/import-mapping-file';
import { type RowMapper, rowMappers } from '@touchstone/domain/interactions/import-rows';
import { openRows, type RowSource } from './file-rows.store.ts';
import { wordOf } from './file-words.ts';
import { ImportStopped } from './import-stopped.ts';
import { sha256 } from './sha256.ts';

type OpenFile = { readonly file: File; readonly source: RowSource };

/** A mapping whose files were opened and have the columns it reads. */
export type PreparedImport = {
	readonly mapping: ImportMapping;
	readonly sections: readonly RowMapper[];
	/** Word of the mapping → its files, in the order of their names. */
	readonly files: ReadonlyMap<string, readonly OpenFile[]>;
	/** Of the files whose rows are read. */
	readonly totalBytes: number;
};

/** @throws ImportStopped that names what is wrong with the mapping, the files, or how they fit each other */
export async function prepareImport(text: string, picked: readonly File[]): Promise<PreparedImport> {
	const mapping = mappingIn(text);
	if (mapping.rows.some(section => Object.keys(section.join).length > 0))
		throw new ImportStopped({ key: 'data.import.joins', values: {} });
	const files = new Map<string, OpenFile[]>();
	for (const file of picked.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
		const word = wordOf(file.name, mapping.files);
		const described = word === undefined ? undefined : mapping.files[word];
		if (word === undefined || described === undefined)
			throw new ImportStopped({ key: 'data.import.fileUnknown', values: { name: file.name } });
		files.set(word, [...(files.get(word) ?? []), { file, source: await openRows(file, described) }]);
	}
	const sections = rowMappers(mapping);
	for (const section of sections) {
		const open = files.get(section.from);
		if (!open) throw new ImportStopped({ key: 'data.import.fileMissing', values: { word: section.from } });
		for (const { file, source } of open) checkColumns(file.name, source, section.columns);
	}
	const read = sections.flatMap(section => files.get(section.from) ?? []);
	return { mapping, sections, files, totalBytes: read.reduce((sum, { file }) => sum + file.size, 0) };
}

export type FileContent = {
	readonly word: string;
	readonly name: string;
	readonly bytes: number;
	readonly sha256: string;
};

/**
 * What the import is, whoever runs it from wherever: the mapping and the contents of its files. The command line computes the same,
 * so that an import begun here goes on there.
 *
 * @param onRead told how many bytes have been read so far
 */
export async function fingerprintOf(
	prepared: PreparedImport,
	signal: AbortSignal,
	onRead: (bytes: number) => void,
): Promise<{ readonly fingerprint: string; readonly contents: readonly FileContent[] }> {
	const contents: FileContent[] = [];
	let before = 0;
	for (const [word, files] of prepared.files) {
		for (const { file } of files) {
			const digest = await digestOf(file, signal, bytes => onRead(before + bytes));
			contents.push({ word, name: file.name, bytes: file.size, sha256: digest });
			before += file.size;
		}
	}
	contents.sort((one, other) => (`${one.word}/${one.name}` < `${other.word}/${other.name}` ? -1 : 1));
	const whole = sha256();
	whole.update(new TextEncoder().encode(JSON.stringify({ mapping: prepared.mapping, contents })));
	return { fingerprint: whole.hex(), contents };
}

const pieceBytes = 512 * 1024;

async function digestOf(file: File, signal: AbortSignal, onRead: (bytes: number) => void): Promise<string> {
	const hash = sha256();
	for (let at = 0; at < file.size; at += pieceBytes) {
		signal.throwIfAborted();
		hash.update(new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer()));
		onRead(Math.min(at + pieceBytes, file.size));
	}
	return hash.hex();
}

function mappingIn(text: string): ImportMapping {
	const read = readMappingFile(text);
	if (read.kind === 'read') return read.mapping;
	const problems = read.problems.map(
		({ line, place, reason }) => `${line}: ${place === '' ? '' : `${place}: `}${reason}`,
	);
	throw new ImportStopped({
		key: 'data.import.mappingWrong',
		values: { problems: problems.slice(0, 10).join('\n') },
	});
}

function checkColumns(name: string, { columns, holdsObjects }: RowSource, read: readonly string[]): void {
	if (!columns) return;
	const [missing] = missingColumns(read, columns, holdsObjects);
	if (!missing) return;
	const { column, meant } = missing;
	throw new ImportStopped(
		meant === undefined
			? {
					key: 'data.import.columnMissing',
					values: { name, column, columns: columns.slice(0, 40).join(', ') },
				}
			: { key: 'data.import.columnMeant', values: { name, column, meant } },
	);
}
