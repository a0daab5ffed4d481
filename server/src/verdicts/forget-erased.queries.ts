import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { erasedKind } from '../customers/erasure.queries.ts';
import type { HouseColumns } from '../database/columns-door.ts';
import type { Database } from '../database/postgres-schema.ts';

const bodySchema = z.object({ customers: z.array(z.string().regex(/^\d+$/)) });

/** Who was erased since a time, by their keys in the columnar tables. */
export async function erasedSince(trx: Transaction<Database>, since: Date) {
	const rows = await trx
		.selectFrom('announcements')
		.select(['workspace', 'body'])
		.where('kind', '=', erasedKind)
		.where('at', '>=', since)
		.orderBy('id')
		.limit(10_000)
		.execute();
	return rows.map(({ workspace, body }) => ({
		workspace,
		customers: bodySchema.parse(body).customers.map(BigInt),
	}));
}

/** How many verdicts, standing or superseded, are still kept of these customers. */
export async function countVerdictsOf(
	columns: HouseColumns,
	workspace: WorkspaceId,
	customers: readonly bigint[],
): Promise<number> {
	const [row] = await columns.rows({
		sql: 'SELECT count() AS n FROM verdicts WHERE workspace = {workspace:String} AND customer IN {customers:Array(UInt64)}',
		params: { workspace, customers: [...customers] },
		row: z.object({ n: z.coerce.number() }),
	});
	return row?.n ?? 0;
}

/** Removes every verdict of these customers from the disk. */
export async function removeVerdictsOf(
	columns: HouseColumns,
	workspace: WorkspaceId,
	customers: readonly bigint[],
): Promise<void> {
	await columns.run(
		'ALTER TABLE verdicts DELETE WHERE workspace = {workspace:String} AND customer IN {customers:Array(UInt64)}',
		{ workspace, customers: [...customers] },
		{ timeoutSeconds: 3_600 },
	);
}
