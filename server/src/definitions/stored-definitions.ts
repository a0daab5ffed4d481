import {
	companySchema,
	type DefinitionKind,
	type Definitions,
} from '@touchstone/domain/definitions/definitions';
import { inIdOrder } from '@touchstone/domain/definitions/in-id-order';
import { momentSchema } from '@touchstone/domain/moments/moment';
import { ownerSchema } from '@touchstone/domain/owners/owner';
import { unitSchema } from '@touchstone/domain/owners/unit';
import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import { promiseSpans, type StoredPromise } from '@touchstone/domain/promises/promise-spans';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import type { z } from 'zod';
import type { DefinitionRow } from './definitions.queries.ts';

/** The one company of a workspace is stored under this id. */
export const companyId = 'company';

/**
 * The definitions that stand, from the newest version of each. Items are in the order of their ids, so that every process
 * and every export sees the same order, whatever order they were written in.
 */
export function standingDefinitions(newest: readonly DefinitionRow[], companyName: string): Definitions {
	const standing = newest.filter(row => !row.archived);
	const ofKind = <Schema extends z.ZodType>(kind: DefinitionKind, schema: Schema) =>
		standing.filter(row => row.kind === kind).map(row => storedBody(row, schema));
	return inIdOrder({
		touchstone: 1,
		company: ofKind('company', companySchema)[0] ?? companySchema.parse({ name: companyName }),
		units: ofKind('unit', unitSchema),
		owners: ofKind('owner', ownerSchema),
		moments: ofKind('moment', momentSchema),
		promises: ofKind('promise', brandPromiseSchema),
	});
}

/** Which version of which promise judges which occasions, from the history of all promises, in the order of their ids. */
export function standingVersions(histories: readonly DefinitionRow[]): PromiseVersion[] {
	const byPromise = Map.groupBy(histories, row => row.id);
	return [...byPromise]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([, rows]) => promiseSpans(rows.map(storedPromise)));
}

/**
 * A stored definition read back by today's schema.
 * @throws Error naming the definition when it no longer fits, which a migration should have prevented
 */
export function storedBody<Schema extends z.ZodType>(row: DefinitionRow, schema: Schema): z.output<Schema> {
	const read = schema.safeParse(row.body);
	if (read.success) return read.data;
	throw new Error(`The stored ${row.kind} "${row.id}" version ${row.version} does not fit its schema.`, {
		cause: read.error,
	});
}

function storedPromise(row: DefinitionRow): StoredPromise {
	return {
		promise: storedBody(row, brandPromiseSchema),
		version: row.version,
		effectiveFrom: row.effective_from,
		archived: row.archived,
	};
}
