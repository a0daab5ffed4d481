import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, stringify } from 'yaml';
import type { z } from 'zod';
import { momentSchema } from '../moments/moment.ts';
import { ownerSchema } from '../owners/owner.ts';
import { unitSchema } from '../owners/unit.ts';
import { brandPromiseSchema } from '../promises/brand-promise.ts';
import { definitionProblems, placeText } from './definition-problems.ts';
import { companySchema, type Definitions, definitionsSchema } from './definitions.ts';

/** What is wrong with a definitions file and where. `place` is empty where the text itself is not YAML. */
export type FileProblem = {
	readonly line: number;
	readonly column: number;
	readonly place: string;
	readonly reason: string;
};

export type ReadDefinitions =
	| { readonly kind: 'read'; readonly definitions: Definitions }
	| { readonly kind: 'refused'; readonly problems: readonly FileProblem[] };

/** Reads `touchstone.yaml` (JSON is YAML too). Either whole definitions that hold together, or every problem with its line. */
export function readDefinitionsFile(text: string): ReadDefinitions {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
	const refused = (problems: FileProblem[]): ReadDefinitions => ({ kind: 'refused', problems });
	const at = (offset: number) => {
		const { line, col } = lines.linePos(offset);
		return { line: Math.max(line, 1), column: Math.max(col, 1) };
	};
	if (document.errors.length > 0) {
		return refused(document.errors.map(error => ({ ...at(error.pos[0]), place: '', reason: error.message })));
	}
	const located = (path: readonly PropertyKey[], reason: string): FileProblem => ({
		...at(offsetOf(document, path)),
		place: placeText(path),
		reason,
	});

	let content: unknown;
	try {
		content = document.toJS();
	} catch (error) {
		// The parser refuses aliases that unfold into more than a file of this kind can mean.
		return refused([located([], error instanceof Error ? error.message : String(error))]);
	}
	const read = definitionsSchema.safeParse(content);
	if (!read.success) {
		return refused(
			read.error.issues.flatMap(issue => problemsOf(issue)).map(({ path, reason }) => located(path, reason)),
		);
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

/** A zod issue as problems at the places people know: each unknown field on its own, at its own place. */
function problemsOf(issue: z.core.$ZodIssue): { path: readonly PropertyKey[]; reason: string }[] {
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map(key => ({ path: [...issue.path, key], reason: 'is not a field known here' }));
	}
	return [{ path: issue.path, reason: issue.message }];
}

/** Where a place stands in the text; where it is missing, the nearest place around it that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
	for (let length = path.length; length > 0; length -= 1) {
		const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
		const last = path[length - 1];
		if (isMap(parent)) {
			const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
			if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
			continue;
		}
		const node = document.getIn(path.slice(0, length), true);
		if (isNode(node) && node.range) return node.range[0];
	}
	return document.contents?.range?.[0] ?? 0;
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
