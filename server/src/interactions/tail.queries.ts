import type { PersonKey } from '@touchstone/domain/customers/person';
import type { Said } from '@touchstone/domain/feedback/feedback-list.contract';
import type { Met } from '@touchstone/domain/interactions/tail.contract';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { saidColumns, saidRow, saidShown } from '../feedback/said-rows.queries.ts';
import { metColumns, metFields, metRow, metShown } from './met-rows.queries.ts';

/** Where in the order of arrival: milliseconds, then the row. */
export type Arrival = readonly [arrivedAt: number, customer: string, id: string];

const arrivedRow = z.object({ ...metFields, arrivedAt: z.coerce.number(), customerKey: z.string() });
export type ArrivedRow = z.output<typeof arrivedRow>;

/**
 * Rows in the order of their arrival, oldest first: those after a place, or the last ones. Rows taken away are passed over.
 * The time of arrival is indexed, so this reads little however long the log is.
 */
export async function arrivedRows(
	columns: ScopedColumns,
	after: Arrival | undefined,
	limit: number,
): Promise<ArrivedRow[]> {
	const order = after ? 'ASC' : 'DESC';
	const condition = after
		? `arrived_at >= ${at('time')} AND (arrived_at, customer, id) > (${at('time')}, {customer:UInt64}, {id:String})`
		: `arrived_at >= ${at('time')}`;
	const [time, customer, id] = after ?? [await lastPartOf(columns), '0', ''];
	const rows = await columns.rows({
		sql: `SELECT ${metShown}, toUnixTimestamp64Milli(arrived_at) AS arrivedAt, toString(customer_key) AS customerKey FROM (
	SELECT ${metColumns}, arrived_at, customer AS customer_key FROM interactions
	WHERE is_deleted = 0 AND ${condition} ORDER BY arrived_at ${order}, customer ${order}, id ${order} LIMIT {limit:UInt32}
)`,
		params: { time, limit, ...(after ? { customer, id } : {}) },
		row: arrivedRow,
	});
	return after ? rows : rows.reverse();
}

/** How much before the newest arrival the last ones are looked for, unless it was quiet: then everything is. */
const recentMs = 60_000;

async function lastPartOf(columns: ScopedColumns): Promise<number> {
	const [row] = await columns.rows({
		sql: 'SELECT toUnixTimestamp64Milli(max(arrived_at)) AS newest FROM interactions WHERE is_deleted = 0',
		row: z.object({ newest: z.coerce.number() }),
	});
	const since = (row?.newest ?? 0) - recentMs;
	const [recent] = await columns.rows({
		sql: `SELECT count() AS n FROM interactions WHERE is_deleted = 0 AND arrived_at >= ${at('since')}`,
		params: { since: Math.max(0, since) },
		row: z.object({ n: z.coerce.number() }),
	});
	return (recent?.n ?? 0) >= 200 ? Math.max(0, since) : 0;
}

/** Interactions and feedback of some persons by their ids, oldest first. */
export async function rowsById(
	columns: ScopedColumns,
	workspace: string,
	persons: readonly PersonKey[],
	ids: readonly string[],
): Promise<{ readonly interactions: Met[]; readonly feedback: Said[] }> {
	const params = { workspace, persons: [...persons], ids: [...ids] };
	const where = `customer IN (SELECT sipHash64({workspace:String}, arrayJoin({persons:Array(String)}))) AND person IN {persons:Array(String)} AND id IN {ids:Array(String)}
	ORDER BY time, id LIMIT 500`;
	const [interactions, feedback] = await Promise.all([
		columns.rows({
			sql: `SELECT ${metShown} FROM (SELECT ${metColumns} FROM interactions FINAL WHERE ${where})`,
			params,
			row: metRow,
		}),
		columns.rows({
			sql: `SELECT ${saidShown} FROM (SELECT ${saidColumns} FROM feedback FINAL WHERE ${where})`,
			params,
			row: saidRow,
		}),
	]);
	return { interactions, feedback };
}

function at(name: string): string {
	return `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;
}
