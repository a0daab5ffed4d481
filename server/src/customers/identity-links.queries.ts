import type { PersonKey } from '@touchstone/domain/customers/person';
import { isStorableId } from '@touchstone/domain/customers/person';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { brand } from '@touchstone/domain/units/brand';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { HouseColumns, QueryParam } from '../database/columns-door.ts';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

/** A condition on `workspace` and `customer` with what is bound to it. */
export type Among = { readonly sql: string; readonly params: Readonly<Record<string, QueryParam>> };

/** What is waiting to be done about new links; deleted when it is done. */
export const settleKind = 'identities-to-settle';

/** Claims about one workspace take turns, in whichever process they are made; the turn ends with the transaction. */
export async function takeIdentityTurn(trx: Inside, workspace: WorkspaceId): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`identities of ${workspace}`}, 0))`.execute(trx);
}

/** The links of these persons; who is a root, or unknown, is left out. */
export async function linksOf(
	trx: Inside,
	workspace: WorkspaceId,
	persons: readonly PersonKey[],
): Promise<Map<PersonKey, PersonKey>> {
	const rows = await trx
		.selectFrom('identity_links')
		.select(['alias', 'person'])
		.where('workspace', '=', workspace)
		.where(sql<boolean>`alias = any(${[...persons]}::text[])`)
		.execute();
	return new Map(rows.map(row => [brand<'PersonKey'>(row.alias), brand<'PersonKey'>(row.person)]));
}

/** Everyone who is known to be one of these roots. */
export async function membersOf(
	trx: Inside,
	workspace: WorkspaceId,
	roots: readonly PersonKey[],
): Promise<Map<PersonKey, PersonKey>> {
	const rows = await trx
		.selectFrom('identity_links')
		.select(['alias', 'person'])
		.where('workspace', '=', workspace)
		.where(sql<boolean>`person = any(${[...roots]}::text[])`)
		.execute();
	return new Map(rows.map(row => [brand<'PersonKey'>(row.alias), brand<'PersonKey'>(row.person)]));
}

/** Writes links, new ones and such that point elsewhere now, and what is to be done about them. */
export async function keepLinks(
	trx: Inside,
	workspace: WorkspaceId,
	links: ReadonlyMap<PersonKey, PersonKey>,
): Promise<void> {
	await sql`
		insert into identity_links (workspace, alias, person)
		select ${workspace}, alias, person from unnest(${[...links.keys()]}::text[], ${[...links.values()]}::text[]) as t (alias, person)
		on conflict (workspace, alias) do update set person = excluded.person, linked_at = now()`.execute(trx);
	await trx
		.insertInto('announcements')
		.values({ workspace, kind: settleKind, body: JSON.stringify({ aliases: [...links.keys()] }) })
		.execute();
}

/** Whether anybody in the workspace is linked at all; most questions about links end here. */
export async function anyLink(trx: Inside, workspace: WorkspaceId): Promise<boolean> {
	const row = await trx
		.selectFrom('identity_links')
		.select('alias')
		.where('workspace', '=', workspace)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

const settleBody = z.object({ aliases: z.array(z.string()) });

export type ToSettle = {
	readonly id: number;
	readonly workspace: WorkspaceId;
	readonly aliases: PersonKey[];
};

/** The oldest new links whose rows have not moved yet. */
export async function linksToSettle(trx: Inside, limit: number): Promise<ToSettle[]> {
	const rows = await trx
		.selectFrom('announcements')
		.select(['id', 'workspace', 'body'])
		.where('kind', '=', settleKind)
		.orderBy('id')
		.limit(limit)
		.execute();
	return rows.map(row => ({
		id: row.id,
		workspace: row.workspace,
		aliases: settleBody.parse(row.body).aliases.map(alias => brand<'PersonKey'>(alias)),
	}));
}

export async function forgetSettled(trx: Inside, ids: readonly number[]): Promise<void> {
	await trx.deleteFrom('announcements').where('id', 'in', ids).where('kind', '=', settleKind).execute();
}

/** The persons among these customers who could be somebody else. Those whose names no link could hold are passed over. */
export async function personsAmong(columns: HouseColumns, among: Among): Promise<PersonKey[]> {
	const rows = await columns.rows({
		sql: `SELECT DISTINCT person FROM (
	SELECT person FROM interactions WHERE ${among.sql} UNION ALL SELECT person FROM feedback WHERE ${among.sql}
)`,
		params: among.params,
		row: z.object({ person: z.string() }),
		maxRows: 1_000_000,
	});
	return rows
		.filter(row => isStorableId(row.person.slice(row.person.indexOf(':') + 1)))
		.map(row => brand<'PersonKey'>(row.person));
}

const interactionFields =
	'id, time, received_at, original_time, sent_at, type, event, moment, named_by, subject, account, anonymous_id, unit, channel, campaign, agent, outcome, duration_seconds, wait_seconds, revenue, cost, currency, reach, properties, context, source';
const feedbackFields =
	'id, time, received_at, type, moment, named_by, subject, account, unit, channel, campaign, agent, source, scale, score, score_low, score_high, words, language, reach, properties';

/**
 * Moves every standing row of these persons to whom they belong now. A row leaves one customer and comes to another in one
 * insert, so that it never counts twice nor not at all; both customers arrive once more. A row that is sent again meanwhile
 * is newer and stays, and is moved when it arrives.
 */
export async function moveRows(
	columns: HouseColumns,
	workspace: WorkspaceId,
	links: ReadonlyMap<PersonKey, PersonKey>,
	batch: bigint,
): Promise<void> {
	for (const [table, fields] of [
		['interactions', interactionFields],
		['feedback', feedbackFields],
	] as const) {
		await columns.run(
			`INSERT INTO ${table} (batch, workspace, person, ${fields}, version, is_deleted)
SELECT {batch:UInt64}, workspace, side.1, ${fields}, version + 1, side.2
FROM (
	SELECT workspace, person, ${fields}, version FROM ${table} FINAL
	WHERE workspace = {workspace:String}
		AND customer IN (SELECT sipHash64({workspace:String}, arrayJoin({from:Array(String)})))
		AND person IN {from:Array(String)}
)
ARRAY JOIN [(person, 1), (transform(person, {from:Array(String)}, {to:Array(String)}, person), 0)] AS side`,
			{ workspace, batch, from: [...links.keys()], to: [...links.values()] },
			{ timeoutSeconds: 300 },
		);
	}
}
