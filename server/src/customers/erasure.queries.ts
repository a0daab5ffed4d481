import type { PersonKey } from '@touchstone/domain/customers/person';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { HouseColumns } from '../database/columns-door.ts';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

/** What later rooms that keep something of customers read, to forget it too: the keys of the erased in the columnar tables. */
export const erasedKind = 'customers-erased';

/** The columns each side of an erasure keeps: numbers, times and categories. */
const interactionKept =
	'time, received_at, type, event, moment, named_by, account, unit, channel, campaign, agent, outcome, duration_seconds, wait_seconds, revenue, cost, currency, reach, source';
const feedbackKept =
	'time, received_at, type, moment, named_by, account, unit, channel, campaign, agent, source, scale, score, score_low, score_high, language, reach';

/**
 * Moves every standing row of these persons to strangers, without anything that says who they were: device ids, words,
 * properties and context go, the row's id is drawn anew, and errands get names that only tie them together. The row leaves the
 * one customer and comes to the other in one insert, so that the counts never change.
 *
 * @param strangers whom each person becomes
 * @param salt random and kept nowhere, so that errands cannot be found out by trying
 */
export async function estrangeRows(
	columns: HouseColumns,
	workspace: WorkspaceId,
	strangers: ReadonlyMap<PersonKey, PersonKey>,
	batch: bigint,
	salt: string,
): Promise<void> {
	const params = { workspace, batch, salt, from: [...strangers.keys()], to: [...strangers.values()] };
	for (const [table, kept, emptied] of [
		['interactions', interactionKept, "'{}' AS properties, '{}' AS context, '' AS anonymous_id"],
		['feedback', feedbackKept, "'{}' AS properties, '' AS words"],
	] as const) {
		const emptiedNames = emptied.replaceAll(/'[^']*' AS /g, '');
		await columns.run(
			`INSERT INTO ${table} (batch, workspace, person, id, subject, ${kept}, ${emptiedNames}, version, is_deleted)
SELECT {batch:UInt64}, workspace, side.1,
	if(side.2 = 1, id, toString(generateUUIDv4())),
	if(side.2 = 1 OR subject = '', '', concat('erased-', hex(sipHash128({salt:String}, subject)))),
	${kept}, ${emptied}, version + 1, side.2
FROM (
	SELECT workspace, person, id, subject, ${kept}, version FROM ${table} FINAL
	WHERE workspace = {workspace:String}
		AND customer IN (SELECT sipHash64({workspace:String}, arrayJoin({from:Array(String)})))
		AND person IN {from:Array(String)}
)
ARRAY JOIN [(person, 1), (transform(person, {from:Array(String)}, {to:Array(String)}, person), 0)] AS side`,
			params,
			{ timeoutSeconds: 600 },
		);
	}
}

/** Removes from the disk what was written about these persons up to a version; what they do afterwards stays. */
export async function removeRows(
	columns: HouseColumns,
	workspace: WorkspaceId,
	persons: readonly PersonKey[],
	upTo: bigint,
): Promise<void> {
	for (const table of ['interactions', 'feedback']) {
		await columns.run(
			`ALTER TABLE ${table} DELETE WHERE workspace = {workspace:String}
	AND customer IN (SELECT sipHash64({workspace:String}, arrayJoin({persons:Array(String)})))
	AND person IN {persons:Array(String)} AND version <= {upTo:UInt64}`,
			{ workspace, persons, upTo },
			{ timeoutSeconds: 3_600 },
		);
	}
}

/** The keys of these persons in the columnar tables. */
export async function customerKeysOf(
	columns: HouseColumns,
	workspace: WorkspaceId,
	persons: readonly PersonKey[],
): Promise<string[]> {
	const rows = await columns.rows({
		sql: 'SELECT toString(sipHash64({workspace:String}, arrayJoin({persons:Array(String)}))) AS customer',
		params: { workspace, persons },
		row: z.object({ customer: z.string() }),
	});
	return rows.map(row => row.customer);
}

/** Forgets who was who among the erased, and lets later rooms know. */
export async function forgetLinks(
	trx: Inside,
	workspace: WorkspaceId,
	persons: readonly PersonKey[],
	customers: readonly string[],
): Promise<void> {
	const list = [...persons];
	await trx
		.deleteFrom('identity_links')
		.where('workspace', '=', workspace)
		.where(sql<boolean>`(alias = any(${list}::text[]) or person = any(${list}::text[]))`)
		.execute();
	await trx
		.insertInto('announcements')
		.values({ workspace, kind: erasedKind, body: JSON.stringify({ customers }) })
		.execute();
}

/** Removes refused items that name one of these ids. */
export async function forgetRefusals(
	trx: Inside,
	workspace: WorkspaceId,
	ids: readonly string[],
): Promise<void> {
	const quoted = ids.map(id => JSON.stringify(id));
	await sql`
		delete from refusals where workspace = ${workspace}
			and exists (select from unnest(${quoted}::text[]) as id where strpos(refusals.payload, id) > 0)`.execute(
		trx,
	);
}
