import { sql, type Transaction } from 'kysely';
import type { PostgresDoor } from '../database/postgres-door.ts';
import type { Database } from '../database/postgres-schema.ts';
import type { LogTable } from './group-commit.ts';

type Inside = Transaction<Database>;

/** Accepted lines, as they are kept until the log takes them. */
export type KeptLines = {
	readonly table: LogTable;
	readonly rows: number;
	/** How large they are unpacked. */
	readonly bytes: number;
	readonly packed: Buffer;
};

/** Keeps accepted lines; they are committed when it resolves. */
export function keepLines(postgres: PostgresDoor, { table, rows, bytes, packed }: KeptLines): Promise<void> {
	return postgres.runAcross({
		name: 'keep-accepted-lines',
		text: 'insert into intake_inbox (log_table, log_columns, row_count, byte_count, lines) values ($1, $2, $3, $4, $5)',
		values: [table.name, table.columns.join(','), rows, bytes, packed],
	});
}

/** Whether it is this transaction's turn to move lines into the log; one moves at a time, whichever process. */
export async function takeInboxTurn(trx: Inside): Promise<boolean> {
	const answer = await sql<{ taken: boolean }>`
		select pg_try_advisory_xact_lock(hashtextextended('move accepted lines into the log', 0)) as taken`.execute(
		trx,
	);
	return answer.rows[0]?.taken === true;
}

/**
 * The lines that were accepted first, as many as fit: up to and with the first that goes beyond `rows` or `bytes`.
 * @param bytes unpacked
 */
export async function oldestLines(
	trx: Inside,
	{ rows, bytes }: { readonly rows: number; readonly bytes: number },
): Promise<(KeptLines & { readonly id: number })[]> {
	const found = await trx
		.selectFrom('intake_inbox')
		.select(['id', 'log_table', 'log_columns', 'row_count', 'byte_count', 'lines'])
		.where('id', 'in', chosen =>
			chosen
				.selectFrom(
					trx
						.selectFrom(
							trx
								.selectFrom('intake_inbox')
								.select(['id', 'row_count', 'byte_count'])
								.orderBy('id')
								.limit(2_000)
								.as('oldest'),
						)
						.select([
							'id',
							sql<number>`sum(row_count) over (order by id) - row_count`.as('rows_before'),
							sql<number>`sum(byte_count) over (order by id) - byte_count`.as('bytes_before'),
						])
						.as('counted'),
				)
				.select('id')
				.where('rows_before', '<', rows)
				.where('bytes_before', '<', bytes),
		)
		.orderBy('id')
		.execute();
	return found.map(row => ({
		id: row.id,
		table: { name: row.log_table, columns: row.log_columns.split(',') },
		rows: row.row_count,
		bytes: row.byte_count,
		packed: row.lines,
	}));
}

/** Forgets lines that the log has taken. */
export async function removeLines(trx: Inside, ids: readonly number[]): Promise<void> {
	await sql`delete from intake_inbox where id = any(${[...ids]}::bigint[])`.execute(trx);
}

/** How much waits for the log: rows, packed bytes, and since when the first of them does. */
export async function inboxSize(
	trx: Inside,
): Promise<{ readonly rows: number; readonly bytes: number; readonly since: Date | null }> {
	const found = await trx
		.selectFrom('intake_inbox')
		.select([
			sql<number>`coalesce(sum(row_count), 0)::bigint`.as('rows'),
			sql<number>`coalesce(sum(octet_length(lines)), 0)::bigint`.as('bytes'),
			sql<Date | null>`min(at)`.as('since'),
		])
		.executeTakeFirstOrThrow();
	return found;
}

/** The mark up to which everything has been accepted by now; undefined when nothing waits. */
export async function newestLines(trx: Inside): Promise<number | undefined> {
	const found = await trx
		.selectFrom('intake_inbox')
		.select('id')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return found?.id;
}

/** Whether anything up to a mark still waits. */
export async function anyLinesUpTo(trx: Inside, mark: number): Promise<boolean> {
	const found = await trx
		.selectFrom('intake_inbox')
		.select('id')
		.where('id', '<=', mark)
		.limit(1)
		.executeTakeFirst();
	return found !== undefined;
}
