import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import { z } from 'zod';
import type { HouseColumns } from '../database/columns-door.ts';
import { type Statement, verdictColumns, verdictSelect } from './verdict-sql.queries.ts';

/** A part of a workspace's customers, by their hashed key; both ends are included. */
export type CustomerRange = { readonly low: bigint; readonly high: bigint };

export const everyCustomer: CustomerRange = { low: 0n, high: 2n ** 64n - 1n };

/** Splits the hashed keys into equal parts: the key is a hash, so each part holds about as many customers. */
export function customerRanges(parts: number): CustomerRange[] {
	const size = 2n ** 64n / BigInt(parts);
	return Array.from({ length: parts }, (_, index) => ({
		low: size * BigInt(index),
		high: index === parts - 1 ? everyCustomer.high : size * BigInt(index + 1) - 1n,
	}));
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

/** The customers of a range with a verdict that was pending and has fallen due. */
export function customersDueIn(workspace: WorkspaceId, now: Date, range: CustomerRange): Statement {
	const within = customersIn(workspace, range);
	return {
		sql: `${within.sql} AND customer GLOBAL IN (SELECT customer FROM verdicts FINAL WHERE workspace = {workspace:String} AND verdict = 'pending' AND due < fromUnixTimestamp64Milli({dueBefore:Int64}, 'UTC'))`,
		params: { ...within.params, dueBefore: now.getTime() },
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
	const judged = versions.map((version, index) =>
		verdictSelect(version, among, asOf, null, undefined, `s${index}`),
	);
	const chosen = verdictColumns.map(column => (column === 'occasion' ? 'occasion_id' : column)).join(', ');
	await columns.run(
		`INSERT INTO verdicts (${verdictColumns.join(', ')}, version, is_deleted)
${judged.map(({ sql }) => `SELECT ${chosen}, {run:UInt64} AS version, 0 AS is_deleted FROM (${sql})`).join('\nUNION ALL\n')}
SETTINGS optimize_aggregation_in_order = 1`,
		{ ...Object.assign({}, ...judged.map(({ params }) => params)), run },
		{ timeoutSeconds: 300, ...(signal ? { signal } : {}) },
	);
}

/**
 * Takes back the standing verdicts that the run did not give again: their occasion was erased, re-named, joined another
 * customer or belongs to no version any more.
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
		among.sql,
		...(scope.promise === null ? [] : ['promise = {promise:String}']),
		...(scope.from === null ? [] : ["occasion_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')"]),
	];
	await columns.run(
		`INSERT INTO verdicts (${verdictColumns.join(', ')}, version, is_deleted)
SELECT ${verdictColumns.map(column => (column === 'evidence' ? 'emptyArrayString() AS evidence' : column)).join(', ')}, {run:UInt64} AS version, 1 AS is_deleted
FROM (
	SELECT ${verdictColumns.filter(column => column !== 'evidence').join(', ')}, version AS given
	FROM verdicts FINAL
	WHERE ${conditions.join(' AND ')}
)
WHERE given < {run:UInt64}`,
		{
			...among.params,
			...(scope.promise === null ? {} : { promise: scope.promise }),
			...(scope.from === null ? {} : { from: scope.from.getTime() }),
			run,
		},
		{ timeoutSeconds: 300, ...(signal ? { signal } : {}) },
	);
}

const batchRow = z.object({ workspace: z.string(), batch: z.coerce.bigint(), arrived: z.coerce.number() });

/** Batches that arrived after a time, oldest first, with when each was first seen. */
export function batchesSince(columns: HouseColumns, since: Date, limit: number) {
	return columns.rows({
		sql: `SELECT workspace, batch, toUnixTimestamp64Milli(min(at)) AS arrived FROM arrivals
WHERE at > fromUnixTimestamp64Milli({since:Int64}, 'UTC') GROUP BY workspace, batch ORDER BY arrived LIMIT {limit:UInt32}`,
		params: { since: since.getTime(), limit },
		row: batchRow,
		maxRows: limit,
	});
}

/** How many customers the batches touch, so that the judge can divide the work. */
export async function countArrived(
	columns: HouseColumns,
	{ workspace, batches, since }: Arrived,
): Promise<number> {
	const [row] = await columns.rows({
		sql: `SELECT uniq(customer) AS n FROM arrivals WHERE ${arrivedCustomers}`,
		params: { workspace, batches: [...batches], since: since.getTime() },
		row: z.object({ n: z.coerce.number() }),
	});
	return row?.n ?? 0;
}

/** The moments that any interaction of the customers among names: a promise that reads none of them need not be judged. */
export async function momentsAmong(columns: HouseColumns, among: Statement): Promise<ReadonlySet<string>> {
	const rows = await columns.rows({
		sql: `SELECT DISTINCT moment FROM interactions WHERE ${among.sql} AND moment != ''`,
		params: among.params,
		row: z.object({ moment: z.string() }),
	});
	return new Set(rows.map(row => row.moment));
}

/** Workspaces with pending verdicts that have fallen due, and how many customers these are of. */
export function pendingDue(columns: HouseColumns, now: Date) {
	return columns.rows({
		sql: `SELECT workspace, uniq(customer) AS customers FROM verdicts FINAL
WHERE verdict = 'pending' AND due < fromUnixTimestamp64Milli({now:Int64}, 'UTC') GROUP BY workspace`,
		params: { now: now.getTime() },
		row: z.object({ workspace: z.string(), customers: z.coerce.number() }),
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
