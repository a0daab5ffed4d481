import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { z } from 'zod';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { wholeWorkspace } from '../database/scope.ts';
import { enqueueLongJob, listLongJobs } from '../jobs/long-jobs.queries.ts';
import type { LongJobHandler } from '../jobs/work-through-long-jobs.jobs.ts';
import type { Judge } from './judge.jobs.ts';

const kind = 'judge-again';

const detailSchema = z.object({
	/** Null is every promise. */
	promise: z.string().nullable(),
	/** Only occasions at or after; null is all. */
	from: z.iso.datetime().nullable(),
	/** Where to go on after an interruption. */
	nextSlice: z.number().int().default(0),
});

/** Judging everything anew, as a job with visible progress, in interactions. */
export function judgeAgainHandler(judge: () => Judge): LongJobHandler {
	return {
		kind,
		async run(job, progress, signal) {
			const { promise, from, nextSlice } = detailSchema.parse(job.detail);
			await judge().judgeAgain({
				workspace: job.workspace,
				...(promise === null ? {} : { promise }),
				...(from === null ? {} : { from: new Date(from) }),
				firstSlice: nextSlice,
				signal,
				progress: (done, total, next) => progress({ done, total, detail: { nextSlice: next } }),
			});
		},
	};
}

/** Asks for a promise, or all, to be judged anew. @returns the job */
export async function judgeLater(
	postgres: PostgresDoor,
	workspace: WorkspaceId,
	promise: string | null,
	from: Date | null,
): Promise<string> {
	const detail = { promise, from: from?.toISOString() ?? null };
	const job = await postgres.inWorkspace(wholeWorkspace(workspace), trx =>
		enqueueLongJob(trx, { workspace, kind, detail }),
	);
	return job.id;
}

/** The judgements that wait or are under way. */
export async function judgementsUnderWay(postgres: PostgresDoor, workspace: WorkspaceId): Promise<string[]> {
	const jobs = await postgres.inWorkspace(wholeWorkspace(workspace), trx =>
		listLongJobs(trx, workspace, { kind, limit: 500 }),
	);
	return jobs.filter(({ state }) => state === 'waiting' || state === 'running').map(({ id }) => id);
}
