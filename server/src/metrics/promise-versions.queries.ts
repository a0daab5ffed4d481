import type { promiseVersionSchema } from '@touchstone/domain/metrics/promise-figures.contract';
import type { MomentId, WorkspaceId } from '@touchstone/domain/owners/ids';
import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import { promiseChanges } from '@touchstone/domain/promises/promise-changes';
import { ruleWords } from '@touchstone/domain/promises/rule-words';
import type { Transaction } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../database/postgres-schema.ts';
import { definitionVersions } from '../definitions/definitions.queries.ts';
import { storedBody } from '../definitions/stored-definitions.ts';

/** More versions of one promise than this are not told; the newest are. */
const mostVersions = 200;

/** The history of a promise, oldest first, each version with what it changed, in words. */
export async function versionsOfPromise(
	trx: Transaction<Database>,
	workspace: WorkspaceId,
	id: string,
	nameOf: (moment: MomentId) => string | undefined,
): Promise<z.output<typeof promiseVersionSchema>[]> {
	const rows = await definitionVersions(trx, workspace, 'promise', id, {
		before: 2 ** 31 - 1,
		limit: mostVersions,
	});
	const called = (moment: MomentId) => nameOf(moment) ?? moment;
	const oldestFirst = rows
		.toReversed()
		.map(row => ({ ...row, promise: storedBody(row, brandPromiseSchema) }));
	return oldestFirst.map((row, index) => {
		const before = oldestFirst[index - 1];
		return {
			version: row.version,
			from: row.effective_from?.toISOString() ?? null,
			at: row.at.toISOString(),
			author: row.author,
			archived: row.archived,
			changes: before ? promiseChanges(before.promise, row.promise, called) : [],
			ruleInWords: row.promise.rule ? ruleWords(row.promise.rule, called) : null,
			promise: row.promise,
		};
	});
}
