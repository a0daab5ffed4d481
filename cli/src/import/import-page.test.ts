import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	feedbackMappingSchema,
	importConditionSchema,
	importFileSchema,
	importMappingSchema,
	interactionMappingSchema,
} from '@touchstone/domain/interactions/import-mapping';
import { readMappingFile } from '@touchstone/domain/interactions/import-mapping-file';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'import.md'), 'utf8');

describe('docs/import.md', () => {
	test('shows a mapping that is one', () => {
		const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
		const read = readMappingFile(yaml);
		expect(read.kind === 'refused' ? read.problems : []).toEqual([]);
	});

	test('names every word of the mapping language', () => {
		const json = z.toJSONSchema(importMappingSchema, { io: 'input', unrepresentable: 'any' });
		const words = namesIn(json);
		for (const schema of [importFileSchema, importConditionSchema])
			for (const word of Object.keys(schema.shape)) expect(words).toContain(word);
		// The fields of interactions and feedback are the API's; the page points there.
		const fields = new Set([
			...Object.keys(interactionMappingSchema.shape),
			...Object.keys(feedbackMappingSchema.shape),
		]);
		const missing = [...words].filter(word => !fields.has(word) && !new RegExp(`\\b${word}\\b`).test(page));
		expect(missing).toEqual([]);
	});
});

/** Every property name anywhere in a JSON Schema. */
function namesIn(schema: unknown): Set<string> {
	const names = new Set<string>();
	const visit = (node: unknown): void => {
		if (typeof node !== 'object' || node === null) return;
		for (const [key, child] of Object.entries(node)) {
			if (key !== 'properties') visit(child);
			else
				for (const [name, property] of Object.entries(child)) {
					names.add(name);
					visit(property);
				}
		}
	};
	visit(schema);
	return names;
}
