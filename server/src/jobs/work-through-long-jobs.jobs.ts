import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Logger } from 'pino';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { wholeWorkspace } from '../database/scope.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import {
	endLongJob,
	isLongJobUnderWay,
	type LongJob,
	longJob,
	noteLongJobProgress,
	takeLongJob,
} from './long-jobs.queries.ts';

/**
 * Writes down how far a job has come; it is kept when this resolves. `detail` is laid over the job's detail, so that a job that
 * is taken up again finds there where to go on. Rejects when the job is to stop.
 */
export type NoteProgress = (reached: { done: number; total?: number; detail?: object }) => Promise<void>;

/** Does the long jobs of one kind. */
export type LongJobHandler = {
	readonly kind: string;
	/**
	 * Does one job, from the start or from where its detail says. Returning means it is done; when `signal` says to stop, throw
	 * instead. A job whose process died runs again, so doing a part twice must change nothing.
	 */
	run(job: LongJob, progress: NoteProgress, signal: AbortSignal): Promise<void>;
};

export type LongJobsOfOneKind = {
	readonly postgres: PostgresDoor;
	readonly handler: LongJobHandler;
	readonly workspace: WorkspaceId;
	readonly now: () => Date;
	readonly log: Logger;
	/** Fires when this process is to stop; the job in hand is left to be taken up again. */
	readonly stopping: AbortSignal;
	readonly lookForCancelEveryMs: number;
};

/** Does every waiting job of one kind in one workspace, one after the other; does nothing while another process does. */
export async function workThroughLongJobs(kind: LongJobsOfOneKind): Promise<void> {
	const { postgres, workspace, handler } = kind;
	const result = await postgres.withLock(`long jobs ${workspace} ${handler.kind}`, lost =>
		workAlone(kind, lost),
	);
	// A job asked for while the lock was held may have found it so; whoever held it looks again.
	if (result === 'all done' && (await isAnyLeft(kind))) await workThroughLongJobs(kind);
}

async function workAlone(kind: LongJobsOfOneKind, lost: AbortSignal): Promise<'all done' | 'left'> {
	const leave = AbortSignal.any([kind.stopping, lost]);
	while (!leave.aborted) {
		const job = await inWorkspace(kind, trx =>
			takeLongJob(trx, kind.workspace, kind.handler.kind, kind.now()),
		);
		if (job === undefined) return 'all done';
		if ((await workOn(job, kind, leave)) === 'left') return 'left';
	}
	return 'left';
}

async function workOn(job: LongJob, kind: LongJobsOfOneKind, leave: AbortSignal): Promise<'ended' | 'left'> {
	const { handler, log, now } = kind;
	const cancel = new AbortController();
	if (job.cancelRequested) cancel.abort();
	const signal = AbortSignal.any([leave, cancel.signal]);
	const end = (state: 'finished' | 'failed' | 'cancelled', error?: string) =>
		inWorkspace(kind, trx =>
			endLongJob(trx, job, { state, at: now(), ...(error === undefined ? {} : { error }) }),
		);

	const watch = setInterval(() => {
		inWorkspace(kind, trx => longJob(trx, kind.workspace, job.id)).then(
			current => current?.cancelRequested !== false && cancel.abort(),
			() => undefined, // the store is away; the job will notice by itself
		);
	}, kind.lookForCancelEveryMs);
	const progress: NoteProgress = async reached => {
		signal.throwIfAborted();
		const { cancelRequested } = await inWorkspace(kind, trx => noteLongJobProgress(trx, job, reached));
		if (cancelRequested) cancel.abort();
		signal.throwIfAborted();
	};

	try {
		signal.throwIfAborted();
		await handler.run(job, progress, signal);
		await end('finished');
		return 'ended';
	} catch (error) {
		if (leave.aborted) return 'left';
		if (cancel.signal.aborted) {
			await end('cancelled');
			return 'ended';
		}
		if (error instanceof StoreUnavailable) {
			log.warn({ job: job.id, kind: handler.kind, store: error.store }, 'a long job waits for a store');
			return 'left';
		}
		log.error({ job: job.id, kind: handler.kind, err: error }, 'a long job failed');
		await end('failed', (error instanceof Error ? error.message : String(error)).slice(0, longestError));
		return 'ended';
	} finally {
		clearInterval(watch);
	}
}

const longestError = 2000;

async function isAnyLeft(kind: LongJobsOfOneKind): Promise<boolean> {
	if (kind.stopping.aborted) return false;
	return await inWorkspace(kind, trx => isLongJobUnderWay(trx, kind.workspace, kind.handler.kind));
}

function inWorkspace<T>(
	kind: LongJobsOfOneKind,
	work: Parameters<typeof kind.postgres.inWorkspace<T>>[1],
): Promise<T> {
	return kind.postgres.inWorkspace(wholeWorkspace(kind.workspace), work);
}
