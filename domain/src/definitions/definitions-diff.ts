import { z } from 'zod';
import { type DefinitionKind, type Definitions, definitionKinds } from './definitions.ts';

/**
 * One field that differs. `path` is the place within the item. Only `after`: it was added; only `before`: it was removed. A
 * path that ends in `[]` is an element of a list.
 */
export const fieldChangeSchema = z.object({
	path: z.string(),
	before: z.json().optional(),
	after: z.json().optional(),
});
export type FieldChange = z.output<typeof fieldChangeSchema>;

/** What becomes of one definition. */
export const definitionChangeSchema = z.object({
	change: z.enum(['create', 'update', 'archive']),
	kind: z.enum(definitionKinds),
	id: z.string(),
	fields: z.array(fieldChangeSchema),
});
export type DefinitionChange = z.output<typeof definitionChangeSchema>;

/**
 * What has to be done to `before` to make it `after`: created, updated and archived items, in the order company, units,
 * owners, moments, promises, and within each first by `after`'s order, then what is archived. The order of items within a
 * list is no difference.
 */
export function diffDefinitions(before: Definitions, after: Definitions): DefinitionChange[] {
	const old = itemsByKind(before);
	const now = itemsByKind(after);
	return definitionKinds.flatMap(kind => diffItems(kind, old[kind], now[kind]));
}

/** The fields in which two versions of one definition differ. */
export function fieldChanges(before: object, after: object): FieldChange[] {
	return diffFields(asJson(before), asJson(after), '');
}

/** The items of each kind by id; the company is one item with the id `company`. */
export function itemsByKind(definitions: Definitions): Record<DefinitionKind, ReadonlyMap<string, object>> {
	const byId = (items: readonly { readonly id: string }[]) => new Map(items.map(item => [item.id, item]));
	return {
		company: new Map([['company', definitions.company]]),
		unit: byId(definitions.units),
		owner: byId(definitions.owners),
		moment: byId(definitions.moments),
		promise: byId(definitions.promises),
	};
}

/** The change as lines for a terminal, `+` created, `~` updated, `-` archived, and a last line that counts them. */
export function diffWords(changes: readonly DefinitionChange[]): string {
	const signs = { create: '+', update: '~', archive: '-' } as const;
	const lines = changes.flatMap(({ change, kind, id, fields }) => [
		`${signs[change]} ${kind}${kind === 'company' ? '' : ` ${id}`}`,
		...(change === 'update' ? fields.map(field => `    ${fieldWords(field)}`) : []),
	]);
	const count = (change: DefinitionChange['change']) => changes.filter(item => item.change === change).length;
	const total =
		changes.length === 0
			? 'Nothing changes.'
			: `${count('create')} created, ${count('update')} updated, ${count('archive')} archived.`;
	return [...lines, total].join('\n');
}

function diffItems(
	kind: DefinitionKind,
	before: ReadonlyMap<string, object>,
	after: ReadonlyMap<string, object>,
): DefinitionChange[] {
	const changes: DefinitionChange[] = [];
	for (const [id, item] of after) {
		const old = before.get(id);
		const fields = fieldChanges(old ?? {}, item);
		if (!old) changes.push({ change: 'create', kind, id, fields });
		else if (fields.length > 0) changes.push({ change: 'update', kind, id, fields });
	}
	for (const [id, item] of before) {
		if (!after.has(id)) {
			changes.push({ change: 'archive', kind, id, fields: fieldChanges(item, {}) });
		}
	}
	return changes;
}

type Json = z.output<ReturnType<typeof z.json>>;
type JsonObject = { [key: string]: Json };

function diffFields(before: Json | undefined, after: Json | undefined, path: string): FieldChange[] {
	if (sameJson(before, after)) return [];
	if (isObject(before) && isObject(after)) {
		const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
		return names.flatMap(name => diffFields(before[name], after[name], path ? `${path}.${name}` : name));
	}
	if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, path);
	return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function diffLists(before: readonly Json[], after: readonly Json[], path: string): FieldChange[] {
	const removed = without(before, after).map(element => ({ path: `${path}[]`, before: element }));
	const added = without(after, before).map(element => ({ path: `${path}[]`, after: element }));
	const moved = removed.length + added.length === 0;
	return moved ? [{ path, before: [...before], after: [...after] }] : [...removed, ...added];
}

/** The elements of a list that another list has not, or has fewer times. */
function without(list: readonly Json[], other: readonly Json[]): Json[] {
	const left = other.map(canonical);
	return list.filter(element => {
		const place = left.indexOf(canonical(element));
		if (place >= 0) left.splice(place, 1);
		return place < 0;
	});
}

function fieldWords({ path, before, after }: FieldChange): string {
	if (before === undefined) return `${path}: + ${JSON.stringify(after)}`;
	if (after === undefined) return `${path}: - ${JSON.stringify(before)}`;
	return `${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}

function sameJson(a: Json | undefined, b: Json | undefined): boolean {
	return a === b || (a !== undefined && b !== undefined && canonical(a) === canonical(b));
}

function canonical(value: Json): string {
	return JSON.stringify(value, (_, part: Json) =>
		isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
	);
}

function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Definitions are plain data; going through text leaves out what is undefined, as storing does. */
function asJson(item: object): Json {
	return JSON.parse(JSON.stringify(item));
}
