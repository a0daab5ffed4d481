import { Refusal } from '../http/problems.ts';
import type { DefinitionRow } from './definitions.queries.ts';

/** PostgreSQL's largest integer: every version is below it. */
const aboveAllVersions = 2_147_483_647;

/** A page of rows, read with one row more than `limit` so that it is known whether another page follows. */
export function definitionPage<Item>(
	rows: readonly DefinitionRow[],
	limit: number,
	key: (row: DefinitionRow) => string,
	item: (row: DefinitionRow) => Item,
): { items: Item[]; limit: number; nextCursor: string | null } {
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	return {
		items: shown.map(item),
		limit,
		nextCursor: rows.length > limit && last ? Buffer.from(key(last)).toString('base64url') : null,
	};
}

/** The id after which a page begins; the empty text is before all. */
export function idFromCursor(cursor: string | undefined): string {
	return cursor === undefined ? '' : decoded(cursor);
}

/** The version below which a page begins. */
export function versionFromCursor(cursor: string | undefined): number {
	if (cursor === undefined) return aboveAllVersions;
	const version = Number(decoded(cursor));
	if (Number.isSafeInteger(version) && version > 0 && version < aboveAllVersions) return version;
	throw unknownCursor();
}

function decoded(cursor: string): string {
	const text = Buffer.from(cursor, 'base64url').toString('utf8');
	if (text === '' || text.includes('\0') || text.includes('\ufffd')) throw unknownCursor();
	return text;
}

function unknownCursor(): Refusal {
	return new Refusal('request-invalid', undefined, {
		invalidParams: [{ name: 'query.cursor', reason: 'must be the nextCursor of the page before' }],
	});
}
