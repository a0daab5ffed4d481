import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../database/postgres-schema.ts';

/** What a promise was last judged by: its spans, so that a change of any of them is seen. */
export const judgedSpansSchema = z.record(
	z.string(),
	z.array(z.object({ digest: z.string(), from: z.number().nullable(), to: z.number().nullable() })),
);
export type JudgedSpans = z.output<typeof judgedSpansSchema>;

/** How far the judge has come in every workspace that it has seen. */
export async function judgeStates(trx: Transaction<Database>) {
	const rows = await trx
		.selectFrom('workspaces')
		.leftJoin('judge_state', 'judge_state.workspace', 'workspaces.id')
		.select(['workspaces.id as workspace', 'judge_state.watermark', 'judge_state.judged'])
		.execute();
	return rows.map(row => ({
		workspace: row.workspace,
		watermark: row.watermark ?? new Date(0),
		judged: judgedSpansSchema.parse(row.judged ?? {}),
	}));
}

/**
 * The number of the next judgement in a workspace. Numbers only grow, whichever process asks and whatever its clock says: a
 * verdict with a higher number stands over one with a lower.
 */
export async function nextRun(
	trx: Transaction<Database>,
	workspace: WorkspaceId,
	now: Date,
): Promise<bigint> {
	const micros = now.getTime() * 1000;
	const row = await trx
		.insertInto('judge_state')
		.values({ workspace, last_version: micros, judged: '{}' })
		.onConflict(conflict =>
			conflict.column('workspace').doUpdateSet({
				last_version: sql<number>`greatest(judge_state.last_version + 1, excluded.last_version)`,
			}),
		)
		.returning('last_version')
		.executeTakeFirstOrThrow();
	return BigInt(row.last_version);
}

/** Everything that arrived up to the watermark has been judged. */
export async function moveWatermark(
	trx: Transaction<Database>,
	workspace: WorkspaceId,
	watermark: Date,
): Promise<void> {
	await trx
		.insertInto('judge_state')
		.values({ workspace, watermark, last_version: 0, judged: '{}' })
		.onConflict(conflict =>
			conflict.column('workspace').doUpdateSet({ watermark, updated_at: sql<Date>`now()` }),
		)
		.execute();
}

/** By which versions the promises of a workspace have been judged. */
export async function rememberSpans(
	trx: Transaction<Database>,
	workspace: WorkspaceId,
	judged: JudgedSpans,
): Promise<void> {
	await trx
		.insertInto('judge_state')
		.values({ workspace, judged: JSON.stringify(judged), last_version: 0 })
		.onConflict(conflict => conflict.column('workspace').doUpdateSet({ judged: JSON.stringify(judged) }))
		.execute();
}
