import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { z } from 'zod';
import type { ColumnsDoor, HouseColumns } from '../database/columns-door.ts';
import type { Scope } from '../database/scope.ts';
import type { Statement } from '../verdicts/verdict-sql.queries.ts';

/**
 * Of whom the log may hold rows that were written again since: sorting versions out (FINAL) is needed for these customers, and
 * for nobody else. `everyone` while it is not known.
 */
export type Repeated =
	| 'everyone'
	| {
			/** Whoever has a row that arrived since then may have one that was written again. */
			readonly since: Date;
			/** Who had such rows before. */
			readonly customers: readonly bigint[];
	  };

/** Knows, for large logs, whose rows are repeated. */
export interface RepeatedRows {
	/** What is known now; starts finding out more where that is old. Never waits for it. */
	among(scope: Scope): Promise<Repeated>;
	/** Waits until what was started has been found out, and answers that. */
	settled(workspace: WorkspaceId): Promise<Repeated>;
}

/** Where sorting out everything takes less than this many rows' time, it is not worth knowing more. */
const worthKnowingRows = 1_000_000;
/** More customers than this are not carried in a question. */
const mostCustomers = 10_000;
const knownForMs = 600_000;
/** An insert is given its time of arrival when it begins and is seen when it ends; none takes longer. */
const insertsTakeMs = 120_000;
/** Above this share of customers with something new, looking at them apart costs more than it saves. */
const mostNewShare = 0.1;

type Known = {
	readonly foundAt: number;
	readonly customers: number;
	readonly repeated: Repeated;
};

/** @param worthKnowing rows above which it is worth knowing */
export function openRepeatedRows(columns: ColumnsDoor, worthKnowing = worthKnowingRows): RepeatedRows {
	const known = new Map<WorkspaceId, Known>();
	const finding = new Map<WorkspaceId, Promise<void>>();

	const find = (workspace: WorkspaceId): void => {
		if (finding.has(workspace)) return;
		const found = findRepeated(columns.house, workspace, worthKnowing)
			.then(now => {
				known.set(workspace, now);
			})
			// The next question tries again; meanwhile everything is sorted out.
			.catch(() => undefined)
			.finally(() => finding.delete(workspace));
		finding.set(workspace, found);
	};

	return {
		async among({ workspace, units }) {
			// A row may have come here from a unit that the asker cannot see, and leave no trace they could find.
			if (units !== 'all') return 'everyone';
			const last = known.get(workspace);
			if (!last || performance.now() - last.foundAt > knownForMs) find(workspace);
			if (!last || last.repeated === 'everyone') return 'everyone';
			const fresh = await customersSince(columns.house, workspace, last.repeated.since);
			return fresh > last.customers * mostNewShare ? 'everyone' : last.repeated;
		},
		async settled(workspace) {
			await finding.get(workspace);
			return known.get(workspace)?.repeated ?? 'everyone';
		},
	};
}

/**
 * Interactions as they stand: what `FINAL` gives, at a tenth of its cost where nearly nobody's rows are repeated.
 * @param fields what to select; @param where which of them, with what is bound to it
 */
export function standingInteractions(fields: string, where: Statement, repeated: Repeated): Statement {
	if (repeated === 'everyone')
		return { sql: `SELECT ${fields} FROM interactions FINAL WHERE ${where.sql}`, params: where.params };
	const unsure = `SELECT customer FROM interactions WHERE arrived_at >= fromUnixTimestamp64Milli({repeatedSince:Int64}, 'UTC')
	UNION ALL SELECT arrayJoin({repeatedCustomers:Array(UInt64)}) AS customer`;
	return {
		sql: `SELECT ${fields} FROM interactions WHERE is_deleted = 0 AND customer GLOBAL NOT IN (${unsure}) AND ${where.sql}
	UNION ALL
	SELECT ${fields} FROM interactions FINAL PREWHERE customer GLOBAL IN (${unsure}) WHERE ${where.sql}`,
		params: {
			...where.params,
			repeatedSince: repeated.since.getTime(),
			repeatedCustomers: [...repeated.customers],
		},
	};
}

async function findRepeated(
	columns: HouseColumns,
	workspace: WorkspaceId,
	worthKnowing: number,
): Promise<Known> {
	const [log] = await columns.rows({
		sql: 'SELECT count() AS n, toUnixTimestamp64Milli(now64(3)) AS clock FROM interactions WHERE workspace = {workspace:String}',
		params: { workspace },
		row: z.object({ n: z.coerce.number(), clock: z.coerce.number() }),
	});
	const none = { foundAt: performance.now(), customers: 0, repeated: 'everyone' } as const;
	if (!log || log.n < worthKnowing) return none;
	// Who has as many rows that are not taken away as stand has none that is repeated.
	const [answer] = await columns.rows({
		sql: `SELECT count() AS customers, groupArrayIf(${mostCustomers + 1})(customer, written != standing) AS repeated
FROM (
	SELECT customer, sum(row) AS written, sum(stands) AS standing
	FROM (
		SELECT customer, count() AS row, 0 AS stands FROM interactions WHERE workspace = {workspace:String} AND is_deleted = 0 GROUP BY customer
		UNION ALL
		SELECT customer, 0 AS row, count() AS stands FROM interactions FINAL WHERE workspace = {workspace:String} GROUP BY customer
	)
	GROUP BY customer
)`,
		params: { workspace },
		row: z.object({ customers: z.coerce.number(), repeated: z.array(z.string()) }),
		timeoutSeconds: 300,
	});
	if (!answer || answer.repeated.length > mostCustomers) return none;
	return {
		foundAt: performance.now(),
		customers: answer.customers,
		repeated: {
			since: new Date(log.clock - insertsTakeMs),
			customers: answer.repeated.map(BigInt),
		},
	};
}

/** About how many customers have something that arrived since a time; the index leads straight there. */
async function customersSince(columns: HouseColumns, workspace: WorkspaceId, since: Date): Promise<number> {
	const [row] = await columns.rows({
		sql: `SELECT uniq(customer) AS n FROM interactions WHERE workspace = {workspace:String} AND arrived_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')`,
		params: { workspace, since: since.getTime() },
		row: z.object({ n: z.coerce.number() }),
	});
	return row?.n ?? 0;
}
