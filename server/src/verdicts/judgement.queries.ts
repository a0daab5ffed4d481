import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import { z } from 'zod';
import type { HouseColumns } from '../database/columns-door.ts';
import type { SeenBatch } from './sweep.ts';
import { type Statement, verdictColumns, verdictSelect } from './verdict-sql.queries.ts';

/** A part of a workspace's customers, by their hashed key; both ends are included. */
export type CustomerRange = { readonly low: bigint; readonly high: bigint };

export const everyCustomer: CustomerRange = { low: 0n, high: 2n ** 64n - 1n };

/** The slices from `first` up to, and without, `end` of so many equal ones: the key is a hash, so each holds about as many customers. */
export function customerRange(first: number, end: number, slices: number): CustomerRange {
	const size = 2n ** 64n / BigInt(slices);
	return {
		low: size * BigInt(first),
		high: end === slices ? everyCustomer.high : size * BigInt(end) - 1n,
	};
}

/** All customers of a range. */
export function customersIn(workspace: WorkspaceId, range: CustomerRange): Statement {
	return {
		sql: 'workspace = {workspace:String} AND customer >= {low:UInt64} AND customer <= {high:UInt64}',
		params: { workspace, low: range.low, high: range.high },
	};
}

/** Batches of one workspace; `since` is when the first of them arrived, or earlier: the index leads straight there. */
export type Arrived = {
	readonly workspace: WorkspaceId;
	readonly batches: readonly bigint[];
	readonly since: Date;
};

const arrivedCustomers = `workspace = {workspace:String} AND at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC') AND batch IN {batches:Array(UInt64)}`;

/** The customers of a range whom the given batches brought something about. */
export function customersArrivedIn({ workspace, batches, since }: Arrived, range: CustomerRange): Statement {
	const within = customersIn(workspace, range);
	return {
		sql: `${within.sql} AND customer GLOBAL IN (SELECT customer FROM arrivals WHERE ${arrivedCustomers})`,
		params: { ...within.params, batches: [...batches], since: since.getTime() },
	};
}

/** These customers. */
export function customersNamed(workspace: WorkspaceId, customers: readonly bigint[]): Statement {
	return {
		sql: 'workspace = {workspace:String} AND customer IN {customers:Array(UInt64)}',
		params: { workspace, customers: [...customers] },
	};
}

/**
 * Judges versions of promises for the customers among, and keeps the verdicts: one insert for all of them, because what an
 * insert costs is mostly its own. `run` orders judgements: the verdict of a later run stands, whichever is written first.
 */
export async function keepVerdicts(
	columns: HouseColumns,
	versions: readonly PromiseVersion[],
	among: Statement,
	asOf: Date,
	run: bigint,
	signal?: AbortSignal,
): Promise<void> {
	if (versions.length === 0) return;
	const select = verdictSelect(versions, among, asOf, null);
	const chosen = verdictColumns.map(column => (column === 'occasion' ? 'occasion_id' : column)).join(', ');
	await columns.run(
		`INSERT INTO verdicts (${verdictColumns.join(', ')}, version, is_deleted)
SELECT ${chosen}, {run:UInt64} AS version, 0 AS is_deleted FROM (${select.sql})
SETTINGS optimize_on_insert = 0`,
		{ ...select.params, run },
		{ timeoutSeconds: 300, ...(signal ? { signal } : {}) },
	);
}

/**
 * Takes back the standing verdicts that the run did not give again: their occasion was erased, re-named, joined another
 * customer or belongs to no version any more. What is written says which verdict is gone and where it was seen, nothing else.
 * @param scope of which promise, or of all; only occasions at or after `from`, or all
 */
export async function takeBackVerdicts(
	columns: HouseColumns,
	scope: { readonly promise: string | null; readonly from: Date | null },
	among: Statement,
	run: bigint,
	signal?: AbortSignal,
): Promise<void> {
	const conditions = [
		'given < {run:UInt64}',
		...(scope.promise === null ? [] : ['promise = {promise:String}']),
		...(scope.from === null ? [] : ["occasion_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')"]),
	];
	// Only what is asked about is read: this goes through the verdicts of everyone who shares a block with the customers.
	const asked = scope.from === null ? '' : ', occasion_time';
	await columns.run(
		`INSERT INTO verdicts (workspace, promise, customer, occasion, unit, version, is_deleted)
SELECT workspace, promise, customer, occasion, unit, {run:UInt64} AS version, 1 AS is_deleted
FROM (
	SELECT workspace, promise, customer, occasion, unit${asked}, version AS given
	FROM verdicts FINAL PREWHERE ${among.sql}
)
WHERE ${conditions.join(' AND ')}`,
		{
			...among.params,
			...(scope.promise === null ? {} : { promise: scope.promise }),
			...(scope.from === null ? {} : { from: scope.from.getTime() }),
			run,
		},
		{ timeoutSeconds: 300, ...(signal ? { signal } : {}) },
	);
}

const batchRow = z.object({
	workspace: z.string(),
	batch: z.coerce.bigint(),
	first: z.coerce.number(),
	last: z.coerce.number(),
	customers: z.coerce.number(),
});

/**
 * Batches that arrived after a time, oldest first, with when the first and the last of their rows arrived, as what belongs together
 * can be written in several inserts of the same batch, and how many customers they are about.
 */
export function batchesSince(columns: HouseColumns, since: Date, limit: number): Promise<SeenBatch[]> {
	return columns.rows({
		sql: `SELECT workspace, batch, toUnixTimestamp64Milli(min(at)) AS first, toUnixTimestamp64Milli(max(at)) AS last, uniq(customer) AS customers FROM arrivals
WHERE at > fromUnixTimestamp64Milli({since:Int64}, 'UTC') GROUP BY workspace, batch ORDER BY last LIMIT {limit:UInt32}`,
		params: { since: since.getTime(), limit },
		row: batchRow,
		maxRows: limit,
	});
}

/** Whether anything arrived in a workspace after a time. */
export async function anyArrivedAfter(
	columns: HouseColumns,
	workspace: WorkspaceId,
	time: Date,
): Promise<boolean> {
	const rows = await columns.rows({
		sql: `SELECT batch FROM arrivals WHERE workspace = {workspace:String} AND at > fromUnixTimestamp64Milli({time:Int64}, 'UTC') LIMIT 1`,
		params: { workspace, time: time.getTime() },
		row: z.object({ batch: z.string() }),
	});
	return rows.length > 0;
}

/**
 * Of the verdicts that were pending when they were given and fall due at or after `since`: whether any is due by now, and when the
 * next is. They may stand no longer; which do is dearer to ask.
 */
export async function pendingFrom(
	columns: HouseColumns,
	since: Date,
	now: Date,
): Promise<{ readonly overdue: boolean; readonly next: Date | null }> {
	const [row] = await columns.rows({
		sql: `SELECT countIf(due < ${at('now')}) AS overdue, toUnixTimestamp64Milli(minOrNullIf(due, due >= ${at('now')})) AS next
FROM verdicts WHERE verdict = 'pending' AND due >= ${at('since')}`,
		params: { since: since.getTime(), now: now.getTime() },
		row: z.object({ overdue: z.coerce.number(), next: z.coerce.number().nullable() }),
	});
	return {
		overdue: row !== undefined && row.overdue > 0,
		next: row?.next === undefined || row.next === null ? null : new Date(row.next),
	};
}

/** Customers, among some, with a verdict that stands as pending and fell due at or after `since` and before `until`. */
export function customersDue(
	columns: HouseColumns,
	among: Statement,
	{ since, until }: { readonly since: Date; readonly until: Date },
	limit: number,
) {
	const due = `verdict = 'pending' AND due >= ${at('since')} AND due < ${at('until')}`;
	return columns.rows({
		sql: `SELECT workspace, customer FROM verdicts FINAL
PREWHERE (workspace, customer) GLOBAL IN (SELECT workspace, customer FROM verdicts WHERE ${among.sql} AND ${due})
WHERE ${due} GROUP BY workspace, customer LIMIT {limit:UInt32}`,
		params: { ...among.params, since: since.getTime(), until: until.getTime(), limit },
		row: z.object({ workspace: z.string(), customer: z.coerce.bigint() }),
		maxRows: limit,
	});
}

/** How many interactions a workspace holds. */
export async function countInteractions(columns: HouseColumns, workspace: WorkspaceId): Promise<number> {
	const [row] = await columns.rows({
		sql: 'SELECT count() AS n FROM interactions WHERE workspace = {workspace:String}',
		params: { workspace },
		row: z.object({ n: z.coerce.number() }),
	});
	return row?.n ?? 0;
}

function at(name: string): string {
	return `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;
}
