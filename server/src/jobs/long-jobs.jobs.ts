import { setTimeout as pause } from 'node:timers/promises';
import { type WorkspaceId, workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { type Runner, run } from 'graphile-worker';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { queueLog } from '../database/postgres-queue-log.ts';
import { longJobsUnderWay } from './long-jobs.queries.ts';
import { type LongJobHandler, workThroughLongJobs } from './work-through-long-jobs.jobs.ts';

export type LongJobs = {
	/** Stops taking jobs and tells running ones to stop; what they have not done is done after the next start. */
	stop(): Promise<void>;
};

export type LongJobsOptions = {
	readonly postgres: PostgresDoor;
	readonly handlers: readonly LongJobHandler[];
	readonly now: () => Date;
	readonly log: Logger;
	/** How often to look for jobs that nobody woke this process for. */
	readonly lookEveryMs?: number;
	/** How often to look whether a running job was cancelled. */
	readonly lookForCancelEveryMs?: number;
};

/**
 * Runs long jobs in this process, as any number of others may: one at a time for each workspace and kind. The queue wakes a
 * process when a job is asked for; a job whose process died has no such waker, so each process looks around at its start and
 * now and then. The queue itself would give a dead process's job to another only after four hours.
 */
export async function startLongJobs(options: LongJobsOptions): Promise<LongJobs> {
	const { postgres, log, lookEveryMs = 15_000 } = options;
	const handlers = new Map(options.handlers.map(handler => [handler.kind, handler]));
	if (handlers.size < options.handlers.length)
		throw new Error('Two handlers are given for one kind of long job.');
	const stopping = new AbortController();
	const inHand = new Set<string>();

	const work = async (payload: unknown): Promise<void> => {
		const { workspace, kind } = payloadSchema.parse(payload);
		const handler = handlers.get(kind);
		if (handler === undefined) return;
		const name = queueKey(workspace, kind);
		const isFirst = !inHand.has(name);
		inHand.add(name);
		try {
			await workThroughLongJobs({
				...options,
				lookForCancelEveryMs: options.lookForCancelEveryMs ?? 1_000,
				handler,
				workspace,
				stopping: stopping.signal,
			});
		} finally {
			if (isFirst) inHand.delete(name);
		}
	};

	const lookAround = async (runner: Runner): Promise<void> => {
		const underWay = await postgres.acrossWorkspaces('long jobs under way', trx => longJobsUnderWay(trx));
		for (const { workspace, kind } of underWay) {
			const jobKey = queueKey(workspace, kind);
			if (!handlers.has(kind) || inHand.has(jobKey)) continue;
			await runner.addJob('long-job', { workspace, kind }, { jobKey });
		}
	};

	const start = () =>
		run({
			pgPool: postgres.pool,
			taskList: { 'long-job': work },
			parsedCronItems: [],
			concurrency: 4,
			noHandleSignals: true,
			// Without these the queue notes the end of a job in a promise nobody watches, and a store that is away just then ends
			// the whole process.
			preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
			logger: queueLog(log),
		});

	let runner = await start();
	await lookAround(runner);
	const looking = keepLooking();
	const running = keepRunning();

	async function keepLooking(): Promise<void> {
		while (await pausedFor(lookEveryMs, stopping.signal)) {
			await lookAround(runner).catch(error =>
				log.debug({ error: String(error) }, 'could not look for long jobs'),
			);
		}
	}

	/** The queue's runner gives up when the store is away for long; then another one is started. */
	async function keepRunning(): Promise<void> {
		let current: Runner | undefined = runner;
		for (;;) {
			await current?.promise.catch(error => log.warn({ error: String(error) }, 'the job queue stopped'));
			if (!(await pausedFor(1_000, stopping.signal))) return;
			current = await start().catch(() => undefined); // the store is still away
			if (current && stopping.signal.aborted) return await current.stop();
			runner = current ?? runner;
		}
	}

	return {
		async stop() {
			stopping.abort();
			await runner.stop().catch(() => undefined); // it had stopped by itself
			await Promise.all([looking, running]);
		},
	};
}

const payloadSchema = z.object({ workspace: workspaceIdSchema, kind: z.string() });

/** The migration's trigger uses the same key: one entry in the queue for each workspace and kind. */
function queueKey(workspace: WorkspaceId, kind: string): string {
	return `long-job ${workspace} ${kind}`;
}

/** @returns false when the signal ended the pause */
async function pausedFor(milliseconds: number, signal: AbortSignal): Promise<boolean> {
	return await pause(milliseconds, true, { signal }).catch(() => false);
}
