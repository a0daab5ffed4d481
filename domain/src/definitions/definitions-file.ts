import { stringify } from 'yaml';
import type { z } from 'zod';
import { momentSchema } from '../moments/moment.ts';
import { ownerSchema } from '../owners/owner.ts';
import { unitSchema } from '../owners/unit.ts';
import { brandPromiseSchema } from '../promises/brand-promise.ts';
import { definitionProblems } from './definition-problems.ts';
import { companySchema, type Definitions, definitionsSchema } from './definitions.ts';
import { type FileProblem, issueProblems, readYamlText } from './yaml-text.ts';

export type ReadDefinitions =
	| { readonly kind: 'read'; readonly definitions: Definitions }
	| { readonly kind: 'refused'; readonly problems: readonly FileProblem[] };

/** Reads `touchstone.yaml` (JSON is YAML too). Either whole definitions that hold together, or every problem with its line. */
export function readDefinitionsFile(text: string): ReadDefinitions {
	const yaml = readYamlText(text);
	if (yaml.kind === 'refused') return yaml;
	const { content, located } = yaml;
	const refused = (problems: FileProblem[]): ReadDefinitions => ({ kind: 'refused', problems });
	const read = definitionsSchema.safeParse(content);
	if (!read.success) {
		return refused(read.error.issues.flatMap(issueProblems).map(({ path, reason }) => located(path, reason)));
	}
	const problems = definitionProblems(read.data);
	if (problems.length > 0) return refused(problems.map(({ path, reason }) => located(path, reason)));
	return { kind: 'read', definitions: read.data };
}

/**
 * Definitions as `touchstone.yaml`: keys in the order of the schema, items in the order given, and nothing that reading the
 * file would fill in by itself, so that the same definitions always give the same text.
 */
export function writeDefinitionsFile(definitions: Definitions): string {
	const { touchstone, company, units, owners, moments, promises } = definitionsSchema.parse(definitions);
	const lists = {
		units: units.map(item => withoutDefaults(item, unitSchema)),
		owners: owners.map(item => withoutDefaults(item, ownerSchema)),
		moments: moments.map(item => withoutDefaults(item, momentSchema)),
		promises: promises.map(item => withoutDefaults(item, brandPromiseSchema)),
	};
	const written = Object.entries(lists).filter(([, items]) => items.length > 0);
	return stringify(
		{ touchstone, company: withoutDefaults(company, companySchema), ...Object.fromEntries(written) },
		{ lineWidth: 0 },
	);
}

/** The item without the fields that its schema fills in with the same value when they are left out. */
function withoutDefaults(item: object, schema: z.ZodType): unknown {
	const whole = JSON.stringify(item);
	const slim: unknown = JSON.parse(whole);
	dropWhile(slim, () => {
		const read = schema.safeParse(slim);
		return read.success && JSON.stringify(read.data) === whole;
	});
	return slim;
}

/** Deletes, at any depth, each field without which `stillSame` holds. Those that stay keep their order. */
function dropWhile(value: unknown, stillSame: () => boolean): void {
	if (Array.isArray(value)) for (const element of value) dropWhile(element, stillSame);
	else if (typeof value === 'object' && value !== null) {
		for (const [key, field] of Object.entries(value)) {
			Reflect.deleteProperty(value, key);
			if (stillSame()) continue;
			Reflect.set(value, key, field);
			dropWhile(field, stillSame);
		}
	}
}
