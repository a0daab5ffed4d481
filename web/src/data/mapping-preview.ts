import type { Row } from '@touchstone/domain/interactions/import-columns';
import { readMappingFile } from '@touchstone/domain/interactions/import-mapping-file';
import type { RowProblem } from '@touchstone/domain/interactions/import-record';
import { rowMappers } from '@touchstone/domain/interactions/import-rows';
import { wordOf } from './file-words.ts';
import { writtenOut } from './written-out.ts';

/** What the first rows of one file become. */
export type FilePreview = {
	readonly word: string;
	/** The fields that any of the records has, in the order of the mapping. */
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
	readonly problems: readonly { readonly row: number; readonly problem: RowProblem }[];
};

export type MappingPreview =
	| { readonly kind: 'read'; readonly files: readonly FilePreview[] }
	| {
			readonly kind: 'refused';
			readonly problems: readonly {
				readonly line: number;
				readonly place: string;
				readonly reason: string;
			}[];
	  };

const shownRecords = 8;

/** Tries a mapping on the first rows of its files. Joined files are left out of it. */
export function mappingPreview(
	text: string,
	samples: readonly { readonly name: string; readonly rows: readonly Row[] }[],
): MappingPreview {
	const read = readMappingFile(text);
	if (read.kind === 'refused') return read;
	const { mapping } = read;
	const files = rowMappers(mapping).map((mapper): FilePreview => {
		const rows = samples.find(({ name }) => wordOf(name, mapping.files) === mapper.from)?.rows ?? [];
		const made = rows.map(row => mapper.map(row, () => []));
		const records = made.flatMap(({ interactions, feedback }) => [...interactions, ...feedback]);
		const flat = records
			.slice(0, shownRecords)
			.map(({ properties, ...fields }) => ({ ...fields, ...properties }));
		const head = [...new Set(flat.flatMap(record => Object.keys(record)))];
		return {
			word: mapper.from,
			head,
			rows: flat.map(record => {
				const held = new Map<string, unknown>(Object.entries(record));
				return head.map(field => writtenOut(held.get(field)));
			}),
			problems: made.flatMap(({ problems }, index) => problems.map(problem => ({ row: index + 1, problem }))),
		};
	});
	return { kind: 'read', files };
}
