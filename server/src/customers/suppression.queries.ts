import type { PersonKey } from '@touchstone/domain/customers/person';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

export type SuppressionRow = { readonly person: string; readonly reason: string; readonly at: Date };

/** Suppresses a person; who is suppressed already keeps the first time and gets the new reason. */
export async function keepSuppression(
	trx: Inside,
	workspace: WorkspaceId,
	person: PersonKey,
	reason: string,
): Promise<SuppressionRow> {
	return await trx
		.insertInto('suppressions')
		.values({ workspace, person, reason, at: sql`clock_timestamp()` })
		.onConflict(conflict => conflict.columns(['workspace', 'person']).doUpdateSet({ reason }))
		.returning(['person', 'reason', 'at'])
		.executeTakeFirstOrThrow();
}

/** Whether somebody was suppressed before. */
export async function removeSuppression(
	trx: Inside,
	workspace: WorkspaceId,
	person: PersonKey,
): Promise<boolean> {
	const removed = await trx
		.deleteFrom('suppressions')
		.where('workspace', '=', workspace)
		.where('person', '=', person)
		.executeTakeFirst();
	return removed.numDeletedRows > 0n;
}

export async function suppressionOf(
	trx: Inside,
	workspace: WorkspaceId,
	person: PersonKey,
): Promise<SuppressionRow | undefined> {
	return await trx
		.selectFrom('suppressions')
		.select(['person', 'reason', 'at'])
		.where('workspace', '=', workspace)
		.where('person', '=', person)
		.executeTakeFirst();
}

/** Suppressions in the order of their persons, after one of them. */
export async function suppressionsAfter(
	trx: Inside,
	workspace: WorkspaceId,
	after: string,
	limit: number,
): Promise<SuppressionRow[]> {
	return await trx
		.selectFrom('suppressions')
		.select(['person', 'reason', 'at'])
		.where('workspace', '=', workspace)
		.where('person', '>', after)
		.orderBy('person')
		.limit(limit)
		.execute();
}

/** Everyone whose interactions must be refused: the suppressed, and every id that is known to be one of them. */
export async function suppressedPersons(trx: Inside, workspace: WorkspaceId): Promise<string[]> {
	const rows = await trx
		.selectFrom('suppressions')
		.select('person')
		.where('workspace', '=', workspace)
		.union(
			trx
				.selectFrom('identity_links')
				.innerJoin('suppressions', join =>
					join
						.onRef('suppressions.workspace', '=', 'identity_links.workspace')
						.onRef('suppressions.person', '=', 'identity_links.person'),
				)
				.select('identity_links.alias as person')
				.where('identity_links.workspace', '=', workspace),
		)
		.execute();
	return rows.map(row => row.person);
}

/** Something that differs whenever the suppressions of a workspace differ, cheap enough to ask for every second. */
export async function suppressionMarks(
	trx: Inside,
	workspaces: readonly WorkspaceId[],
): Promise<ReadonlyMap<WorkspaceId, string>> {
	const rows = await trx
		.selectFrom('suppressions')
		.select(['workspace', sql<string>`count(*) || ' ' || max(at)`.as('mark')])
		.where('workspace', 'in', workspaces)
		.groupBy('workspace')
		.execute();
	return new Map(rows.map(row => [row.workspace, row.mark]));
}
