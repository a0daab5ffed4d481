import { stringify } from 'yaml';
import type { z } from 'zod';
import { type FileProblem, issueProblems, readYamlText } from '../definitions/yaml-text.ts';
import { type ImportMapping, importMappingSchema } from './import-mapping.ts';

export type ReadMapping =
	| { readonly kind: 'read'; readonly mapping: ImportMapping }
	| { readonly kind: 'refused'; readonly problems: readonly FileProblem[] };

/** Reads a mapping file (YAML, of which JSON is a part). Either the whole mapping, or every problem with its line. */
export function readMappingFile(text: string): ReadMapping {
	const yaml = readYamlText(text);
	if (yaml.kind === 'refused') return yaml;
	const read = importMappingSchema.safeParse(yaml.content);
	if (read.success) return { kind: 'read', mapping: read.data };
	const problems = read.error.issues
		.flatMap(issueProblems)
		.map(({ path, reason }) => yaml.located(path, reason));
	return { kind: 'refused', problems };
}

/** A mapping as its file, as short as it was given: reading the text again gives what reading the mapping would. */
export function writeMappingFile(mapping: z.input<typeof importMappingSchema>): string {
	return stringify(mapping, { lineWidth: 0 });
}
