import type { ImportFile, ImportMapping } from '@touchstone/domain/interactions/import-mapping';

export type FileFormat = 'csv' | 'ndjson' | 'parquet';

/** A file on disk as the mapping knows it. */
export type SourceFile = {
	/** Its word in the mapping. */
	readonly word: string;
	readonly path: string;
	readonly name: string;
	readonly format: FileFormat;
	readonly zipped: boolean;
	readonly described: ImportFile;
};

/** A file as the caller gave it: by path, perhaps as `word=path`, or found in a folder the caller named. */
export type GivenFile = { readonly word?: string; readonly path: string; readonly inFolder: boolean };

export type MatchedFiles = {
	/** Word of the mapping → its files, in the order of their names. */
	readonly files: ReadonlyMap<string, readonly SourceFile[]>;
	/** What keeps the import from beginning, each in a sentence. */
	readonly problems: readonly string[];
};

const endings: Readonly<Record<string, FileFormat>> = {
	csv: 'csv',
	tsv: 'csv',
	txt: 'csv',
	ndjson: 'ndjson',
	jsonl: 'ndjson',
	parquet: 'parquet',
};

/** Finds out which of the given files is which of the mapping's, by `word=` or by the name the mapping expects. */
export function matchFiles(mapping: ImportMapping, given: readonly GivenFile[]): MatchedFiles {
	const files = new Map<string, SourceFile[]>();
	const problems: string[] = [];
	const words = Object.keys(mapping.files);
	for (const { word, path, inFolder } of given) {
		const name = baseName(path);
		const matching =
			word === undefined
				? words.filter(candidate => fits(name, candidate, mapping.files[candidate]))
				: [word];
		const [only] = matching;
		const described = only === undefined ? undefined : mapping.files[only];
		if (only === undefined || described === undefined) {
			if (inFolder) continue;
			problems.push(
				word === undefined
					? `${path} has the name of none of the mapping's files (${inWords(mapping)}); say which it is: ${words[0]}=${path}.`
					: `"${word}" in ${word}=${path} is not one of the mapping's files (${words.join(', ')}).`,
			);
			continue;
		}
		if (matching.length > 1) {
			problems.push(`${path} fits ${matching.join(' and ')}; say which it is: ${only}=${path}.`);
			continue;
		}
		const zipped = name.endsWith('.gz');
		const format = described.format ?? endings[extension(zipped ? name.slice(0, -3) : name)];
		if (!format) {
			problems.push(`${path} does not say by its ending what it is; give ${only} a format in the mapping.`);
		} else if (format === 'parquet' && zipped) {
			problems.push(`${path} is packed with gzip; unpack it first, Parquet is compressed inside.`);
		} else {
			files.set(only, [...(files.get(only) ?? []), { word: only, path, name, format, zipped, described }]);
		}
	}
	const read = new Set(mapping.rows.map(section => section.from));
	for (const word of wordsUsed(mapping)) {
		if (files.has(word) || (mapping.files[word]?.optional && !read.has(word))) continue;
		const expected = mapping.files[word]?.name ?? `${word}.*`;
		problems.push(`There is no file for ${word}; give ${expected}, its folder, or ${word}=PATH.`);
	}
	for (const list of files.values()) list.sort((one, other) => (one.name < other.name ? -1 : 1));
	return { files, problems };
}

function wordsUsed(mapping: ImportMapping): Set<string> {
	return new Set(
		mapping.rows.flatMap(section => [section.from, ...Object.values(section.join).map(join => join.file)]),
	);
}

function fits(name: string, word: string, described: ImportFile | undefined): boolean {
	const pattern = described?.name ?? `${word}.*`;
	const escaped = pattern.replaceAll(/[\\^$+?.()|[\]{}]/g, '\\$&').replaceAll('*', '.*');
	return new RegExp(`^${escaped}$`, 'i').test(name);
}

function inWords(mapping: ImportMapping): string {
	return Object.entries(mapping.files)
		.map(([word, described]) => described.name ?? `${word}.*`)
		.join(', ');
}

function baseName(path: string): string {
	return path.split(/[/\\]/).at(-1) ?? path;
}

function extension(name: string): string {
	return name.split('.').at(-1)?.toLowerCase() ?? '';
}
