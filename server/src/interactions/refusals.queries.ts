import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

/** An item on its way into the list of refusals. */
export type NewRefusal = {
	readonly workspace: WorkspaceId;
	readonly at: Date;
	readonly source: string;
	readonly route: string;
	readonly code: string;
	readonly detail: string;
	readonly payload: string;
	readonly truncated: boolean;
	readonly expiresAt: Date;
};

export type RefusalRow = {
	readonly id: number;
	readonly at: Date;
	readonly source: string;
	readonly route: string;
	readonly code: string;
	readonly detail: string;
	readonly payload: string;
	readonly truncated: boolean;
	readonly replayed_at: Date | null;
	readonly expires_at: Date;
};

export type RefusalCount = {
	readonly workspace: WorkspaceId;
	readonly source: string;
	readonly code: string;
	readonly count: number;
	readonly at: Date;
};

const columns = [
	'id',
	'at',
	'source',
	'route',
	'code',
	'detail',
	'payload',
	'truncated',
	'replayed_at',
	'expires_at',
] as const;

/** Adds to the counts, in one order for everybody, so that two processes never wait for each other. */
export async function countRefusals(trx: Inside, counts: readonly RefusalCount[]): Promise<void> {
	const key = (count: RefusalCount) => `${count.workspace}\n${count.source}\n${count.code}`;
	await trx
		.insertInto('refusal_counts')
		.values(
			counts
				.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
				.map(({ at, ...count }) => ({ ...count, first_at: at, last_at: at })),
		)
		.onConflict(conflict =>
			conflict.columns(['workspace', 'source', 'code']).doUpdateSet({
				count: sql`refusal_counts.count + excluded.count`,
				last_at: sql`greatest(refusal_counts.last_at, excluded.last_at)`,
			}),
		)
		.execute();
}

/** How many items of one reason from one source are kept, counted up to `upTo`. */
export async function keptRefusals(
	trx: Inside,
	{ workspace, source, code }: Pick<RefusalCount, 'workspace' | 'source' | 'code'>,
	upTo: number,
): Promise<number> {
	const row = await trx
		.selectFrom(
			trx
				.selectFrom('refusals')
				.select('id')
				.where('workspace', '=', workspace)
				.where('source', '=', source)
				.where('code', '=', code)
				.limit(upTo)
				.as('kept'),
		)
		.select(expression => expression.fn.countAll<number>().as('n'))
		.executeTakeFirst();
	return Number(row?.n ?? 0);
}

export async function keepRefusals(trx: Inside, refusals: readonly NewRefusal[]): Promise<void> {
	await trx
		.insertInto('refusals')
		.values(refusals.map(({ expiresAt, ...refusal }) => ({ ...refusal, expires_at: expiresAt })))
		.execute();
}

export type RefusalFilter = {
	readonly source?: string | undefined;
	readonly code?: string | undefined;
	readonly replayed: 'yes' | 'no';
};

/** Kept items, newest first, before one of them. */
export async function refusalsBefore(
	trx: Inside,
	workspace: WorkspaceId,
	filter: RefusalFilter,
	before: number | undefined,
	limit: number,
): Promise<RefusalRow[]> {
	let query = trx.selectFrom('refusals').select(columns).where('workspace', '=', workspace);
	if (filter.source !== undefined) query = query.where('source', '=', filter.source);
	if (filter.code !== undefined) query = query.where('code', '=', filter.code);
	if (filter.replayed === 'no') query = query.where('replayed_at', 'is', null);
	if (before !== undefined) query = query.where('id', '<', before);
	return await query.orderBy('id', 'desc').limit(limit).execute();
}

export async function refusalOf(
	trx: Inside,
	workspace: WorkspaceId,
	id: number,
): Promise<RefusalRow | undefined> {
	return await trx
		.selectFrom('refusals')
		.select(columns)
		.where('workspace', '=', workspace)
		.where('id', '=', id)
		.executeTakeFirst();
}

/** Everything that can be replayed of one reason, oldest first, after one of them. */
export async function replayableAfter(
	trx: Inside,
	workspace: WorkspaceId,
	filter: { readonly code: string; readonly source?: string | undefined },
	after: number,
	limit: number,
): Promise<RefusalRow[]> {
	let query = trx
		.selectFrom('refusals')
		.select(columns)
		.where('workspace', '=', workspace)
		.where('code', '=', filter.code)
		.where('replayed_at', 'is', null)
		.where('id', '>', after);
	if (filter.source !== undefined) query = query.where('source', '=', filter.source);
	return await query.orderBy('id').limit(limit).execute();
}

export async function correctPayload(
	trx: Inside,
	workspace: WorkspaceId,
	id: number,
	payload: string,
): Promise<void> {
	await trx
		.updateTable('refusals')
		.set({ payload, truncated: false })
		.where('workspace', '=', workspace)
		.where('id', '=', id)
		.execute();
}

/** Marks items as taken in. What they held stands in the log now and is not kept twice. */
export async function markReplayed(
	trx: Inside,
	workspace: WorkspaceId,
	ids: readonly number[],
	at: Date,
): Promise<void> {
	await trx
		.updateTable('refusals')
		.set({ replayed_at: at, payload: '' })
		.where('workspace', '=', workspace)
		.where('id', 'in', ids)
		.execute();
}

/** What is still wrong with an item. */
export async function renewReason(
	trx: Inside,
	workspace: WorkspaceId,
	id: number,
	reason: { readonly code: string; readonly detail: string },
): Promise<void> {
	await trx
		.updateTable('refusals')
		.set(reason)
		.where('workspace', '=', workspace)
		.where('id', '=', id)
		.execute();
}

export type RefusalGroupRow = {
	readonly source: string;
	readonly code: string;
	readonly count: number;
	readonly first_at: Date;
	readonly last_at: Date;
};

export async function refusalGroups(trx: Inside, workspace: WorkspaceId): Promise<RefusalGroupRow[]> {
	return await trx
		.selectFrom('refusal_counts')
		.select(['source', 'code', 'count', 'first_at', 'last_at'])
		.where('workspace', '=', workspace)
		.orderBy('last_at', 'desc')
		.limit(1_000)
		.execute();
}

/** How many items of each group wait, and the newest of them. */
export async function waitingRefusals(
	trx: Inside,
	workspace: WorkspaceId,
): Promise<{ source: string; code: string; waiting: number; newest: number }[]> {
	const rows = await trx
		.selectFrom('refusals')
		.select(expression => [
			'source',
			'code',
			expression.fn.countAll<number>().as('waiting'),
			expression.fn.max('id').as('newest'),
		])
		.where('workspace', '=', workspace)
		.where('replayed_at', 'is', null)
		.groupBy(['source', 'code'])
		.execute();
	return rows.map(row => ({ ...row, waiting: Number(row.waiting), newest: Number(row.newest) }));
}

export async function refusalsById(
	trx: Inside,
	workspace: WorkspaceId,
	ids: readonly number[],
): Promise<RefusalRow[]> {
	if (ids.length === 0) return [];
	return await trx
		.selectFrom('refusals')
		.select(columns)
		.where('workspace', '=', workspace)
		.where('id', 'in', ids)
		.execute();
}

/** Removes what has expired, a bounded number at a time. Answers how many items went. */
export async function purgeExpired(trx: Inside, now: Date, limit: number): Promise<number> {
	const purged = await trx
		.deleteFrom('refusals')
		.where('id', 'in', expression =>
			expression.selectFrom('refusals').select('id').where('expires_at', '<', now).limit(limit),
		)
		.executeTakeFirst();
	return Number(purged.numDeletedRows);
}

/** Counts nobody has added to since, whose items have expired too. */
export async function purgeCounts(trx: Inside, before: Date): Promise<void> {
	await trx.deleteFrom('refusal_counts').where('last_at', '<', before).execute();
}
