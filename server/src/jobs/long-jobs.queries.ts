import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

export type LongJobState = Database['long_jobs']['state'];

/** Work that takes longer than a request: asked for in one transaction, done later by whichever process is free. */
export type LongJob = {
	readonly id: string;
	readonly workspace: WorkspaceId;
	readonly kind: string;
	readonly state: LongJobState;
	/** How much is done, in the job's own unit, and of how much; null where that is not known. */
	readonly done: number;
	readonly total: number | null;
	/** What was asked for, and under the names its progress uses, how far it has come. */
	readonly detail: object;
	readonly createdAt: Date;
	readonly startedAt: Date | null;
	readonly finishedAt: Date | null;
	/** Why it failed. */
	readonly error: string | null;
	readonly cancelRequested: boolean;
};

/** Asks for a job; it begins once the transaction is committed. */
export async function enqueueLongJob(
	trx: Inside,
	job: { workspace: WorkspaceId; kind: string; detail: object; total?: number },
): Promise<LongJob> {
	return await trx
		.insertInto('long_jobs')
		.values({
			workspace: job.workspace,
			kind: job.kind,
			state: 'waiting',
			total: job.total ?? null,
			detail: JSON.stringify(job.detail),
			error: null,
		})
		.returning(shown)
		.executeTakeFirstOrThrow();
}

export async function longJob(trx: Inside, workspace: WorkspaceId, id: string): Promise<LongJob | undefined> {
	return await trx
		.selectFrom('long_jobs')
		.select(shown)
		.where('workspace', '=', workspace)
		.where('id', '=', id)
		.executeTakeFirst();
}

/** The newest jobs of a workspace first, optionally only those of one kind. */
export async function listLongJobs(
	trx: Inside,
	workspace: WorkspaceId,
	options: { kind?: string; limit: number },
): Promise<LongJob[]> {
	let question = trx.selectFrom('long_jobs').select(shown).where('workspace', '=', workspace);
	if (options.kind !== undefined) question = question.where('kind', '=', options.kind);
	return await question.orderBy('created_at', 'desc').orderBy('id').limit(options.limit).execute();
}

/**
 * Asks for a job to be given up. One that waits ends at once, one that runs ends soon, and one that has ended stays as it is.
 *
 * @returns the job as it is now, or undefined when the workspace has none with this id
 */
export async function cancelLongJob(
	trx: Inside,
	workspace: WorkspaceId,
	id: string,
	at: Date,
): Promise<LongJob | undefined> {
	await trx
		.updateTable('long_jobs')
		.set({
			cancel_requested: true,
			finished_at: sql<Date | null>`case when state = 'waiting' then ${at}::timestamptz end`,
			state: sql<LongJobState>`case when state = 'waiting' then 'cancelled' else state end`,
		})
		.where('workspace', '=', workspace)
		.where('id', '=', id)
		.where('state', 'in', ['waiting', 'running'])
		.execute();
	return await longJob(trx, workspace, id);
}

/** Which kinds of job wait or run in which workspace. */
export async function longJobsUnderWay(trx: Inside): Promise<{ workspace: WorkspaceId; kind: string }[]> {
	return await trx
		.selectFrom('long_jobs')
		.select(['workspace', 'kind'])
		.where('state', 'in', ['waiting', 'running'])
		.distinct()
		.limit(10_000)
		.execute();
}

export async function isLongJobUnderWay(trx: Inside, workspace: WorkspaceId, kind: string): Promise<boolean> {
	const row = await trx
		.selectFrom('long_jobs')
		.select('id')
		.where('workspace', '=', workspace)
		.where('kind', '=', kind)
		.where('state', 'in', ['waiting', 'running'])
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Takes the next job of a kind: one whose process ended before it did, else the one that has waited longest. The caller
 * holds the kind's lock, so no living process works on it.
 */
export async function takeLongJob(
	trx: Inside,
	workspace: WorkspaceId,
	kind: string,
	at: Date,
): Promise<LongJob | undefined> {
	const next = trx
		.selectFrom('long_jobs')
		.select('id')
		.where('workspace', '=', workspace)
		.where('kind', '=', kind)
		.where('state', 'in', ['waiting', 'running'])
		.orderBy(sql`state = 'waiting'`)
		.orderBy('created_at')
		.orderBy('id')
		.limit(1)
		.forUpdate();
	return await trx
		.updateTable('long_jobs')
		.set({ state: 'running', started_at: sql<Date>`coalesce(started_at, ${at}::timestamptz)` })
		.where('id', 'in', next)
		.returning(shown)
		.executeTakeFirst();
}

/** Writes down how far a running job has come; the detail's names replace those of the same name. @returns whether to give up */
export async function noteLongJobProgress(
	trx: Inside,
	job: LongJob,
	reached: { done: number; total?: number; detail?: object },
): Promise<{ cancelRequested: boolean }> {
	const row = await trx
		.updateTable('long_jobs')
		.set({
			done: reached.done,
			...(reached.total === undefined ? {} : { total: reached.total }),
			...(reached.detail === undefined
				? {}
				: { detail: sql<string>`detail || ${JSON.stringify(reached.detail)}::jsonb` }),
		})
		.where('id', '=', job.id)
		.returning('cancel_requested')
		.executeTakeFirst();
	return { cancelRequested: row?.cancel_requested ?? true };
}

export async function endLongJob(
	trx: Inside,
	job: LongJob,
	end: { state: 'finished' | 'failed' | 'cancelled'; error?: string; at: Date },
): Promise<void> {
	await trx
		.updateTable('long_jobs')
		.set({ state: end.state, finished_at: end.at, error: end.error ?? null })
		.where('id', '=', job.id)
		.execute();
}

const shown = [
	'id',
	'workspace',
	'kind',
	'state',
	'done',
	'total',
	'detail',
	'created_at as createdAt',
	'started_at as startedAt',
	'finished_at as finishedAt',
	'error',
	'cancel_requested as cancelRequested',
] as const;
