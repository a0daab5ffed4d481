import { interactionColumns } from '@touchstone/domain/interactions/interaction-row';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { z } from 'zod';
import type { ColumnsDoor, HouseColumns } from '../database/columns-door.ts';
import { wholeWorkspace } from '../database/scope.ts';

/** An interaction's place in the log: by the hash of its customer, then by its id. */
export type LogPlace = { readonly customer: bigint; readonly id: string };

/** A stretch of the log: behind `after`, up to `last`. It is full where the range it was cut from may hold more. */
export type LogStretch = { readonly after: LogPlace; readonly last: LogPlace; readonly isFull: boolean };

/** Which interactions a question is about: of these events, named before `revision`, received at or after `since`. */
export type NamedBefore = {
	readonly workspace: WorkspaceId;
	readonly events: readonly string[];
	readonly revision: number;
	readonly since: Date;
};

const countsRow = z.object({ affected: z.string(), stored: z.string() });

/** About how many interactions are affected, and how many there are; rows not yet merged count more than once. */
export async function countNamedBefore(
	columns: ColumnsDoor,
	{ workspace, events, revision, since }: NamedBefore,
): Promise<{ affected: number; stored: number }> {
	const [row] = await columns.forScope(wholeWorkspace(workspace)).rows({
		sql: `
			SELECT countIf(event IN {events:Array(String)} AND named_by < {revision:UInt32}
				AND received_at >= {since:DateTime64(3, 'UTC')}) AS affected, count() AS stored
			FROM interactions
			WHERE workspace = {workspace:String}`,
		params: { workspace, events, revision, since },
		row: countsRow,
	});
	return { affected: Number(row?.affected ?? 0), stored: Number(row?.stored ?? 0) };
}

const value = z.union([z.string(), z.number(), z.null()]);

/** A stored interaction with every column; what naming looks at, and the rest as the store wrote it. */
const storedRow = z
	.object({
		customer: z.string(),
		id: z.string(),
		event: z.string(),
		moment: z.string(),
		channel: z.string(),
		outcome: z.string(),
		unit: z.string(),
		campaign: z.string(),
		agent: z.string(),
		source: z.string(),
		properties: z.string(),
		context: z.string(),
		version: z.string(),
	})
	.catchall(value);
export type StoredInteraction = z.output<typeof storedRow>;

const stretchRow = z.object({ keys: z.string(), last_customer: z.string(), last_id: z.string() });

/**
 * The stretch behind `after` that holds the next interactions any version of which is affected, at most `limit` of them and
 * none of a customer behind `upTo`; undefined where there is none.
 */
export async function nextStretch(
	columns: ColumnsDoor,
	named: NamedBefore,
	{ after, upTo }: { readonly after: LogPlace; readonly upTo: bigint },
	limit: number,
): Promise<LogStretch | undefined> {
	const [row] = await columns.forScope(wholeWorkspace(named.workspace)).rows({
		sql: `
			SELECT count() AS keys, max((customer, id)) AS last_place, last_place.1 AS last_customer, last_place.2 AS last_id
			FROM (
				SELECT customer, id
				FROM interactions
				WHERE ${affected} AND customer <= {upTo:UInt64}
				GROUP BY customer, id
				ORDER BY customer, id
				LIMIT {limit:UInt32}
			)`,
		params: { ...named, ...behind(after), upTo, limit },
		row: stretchRow,
	});
	if (!row || row.keys === '0') return undefined;
	const last = { customer: BigInt(row.last_customer), id: row.last_id };
	return { after, last, isFull: Number(row.keys) === limit };
}

/** The affected interactions of a stretch as they stand now. */
export async function interactionsNamedBefore(
	columns: ColumnsDoor,
	named: NamedBefore,
	{ after, last }: LogStretch,
	limit: number,
): Promise<StoredInteraction[]> {
	const within = `${affected} AND (customer < {lastCustomer:UInt64} OR (customer = {lastCustomer:UInt64} AND id <= {lastId:String}))`;
	return await columns.forScope(wholeWorkspace(named.workspace)).rows({
		// The log is in the order of its keys: looking the keys up first spares reading every column of all between them.
		sql: `
			SELECT customer, ${interactionColumns.join(', ')}
			FROM interactions FINAL
			WHERE (customer, id) GLOBAL IN (SELECT customer, id FROM interactions WHERE ${within}) AND ${within}`,
		params: { ...named, ...behind(after), lastCustomer: last.customer, lastId: last.id },
		row: storedRow,
		maxRows: limit,
	});
}

const affected = `
	workspace = {workspace:String}
	AND customer >= {afterCustomer:UInt64} AND (customer > {afterCustomer:UInt64} OR id > {afterId:String})
	AND event IN {events:Array(String)} AND named_by < {revision:UInt32}
	AND received_at >= {since:DateTime64(3, 'UTC')}`;

function behind({ customer, id }: LogPlace) {
	return { afterCustomer: customer, afterId: id };
}

/** Writes interactions again under other names, as versions one newer than what was read: a correction that arrived since wins. */
export async function writeRenamed(
	columns: HouseColumns,
	rows: readonly { readonly stored: StoredInteraction; readonly moment: string }[],
	stamp: { readonly revision: number; readonly batch: bigint },
): Promise<void> {
	const lines = rows.map(({ stored, moment }) => {
		const renamed: Record<string, unknown> = {
			...stored,
			moment,
			named_by: stamp.revision,
			batch: String(stamp.batch),
			version: String(BigInt(stored.version) + 1n),
		};
		return JSON.stringify(interactionColumns.map(column => renamed[column]));
	});
	await columns.insertLines('interactions', interactionColumns, `${lines.join('\n')}\n`);
}
