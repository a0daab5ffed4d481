import { cancelJob, listJobs, readJob } from '@touchstone/domain/jobs/jobs.contract';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { wholeWorkspace } from '../database/scope.ts';
import type { House, Room } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { startLongJobs } from './long-jobs.jobs.ts';
import { cancelLongJob, type LongJob, listLongJobs, longJob } from './long-jobs.queries.ts';
import type { LongJobHandler } from './work-through-long-jobs.jobs.ts';

/** Long jobs that people can follow and cancel, and the running of them. */
export function jobsRoom(house: House, handlers: readonly LongJobHandler[]): Room {
	const found = (job: LongJob | undefined, id: string): LongJob => {
		if (job) return job;
		throw new Refusal('not-found', `There is no job ${id}.`);
	};
	const readOne = (workspace: WorkspaceId, id: string) =>
		house.postgres.inWorkspace(wholeWorkspace(workspace), trx => longJob(trx, workspace, id));
	return {
		name: 'jobs',
		routes(app) {
			serve(app, house, listJobs, async ({ caller: { workspace }, query }) => {
				const options = { limit: query.limit, ...(query.kind === undefined ? {} : { kind: query.kind }) };
				const jobs = await house.postgres.inWorkspace(wholeWorkspace(workspace), trx =>
					listLongJobs(trx, workspace, options),
				);
				return { items: jobs.map(shown) };
			});
			serve(app, house, readJob, async ({ caller, params: { id } }) =>
				shown(found(await readOne(caller.workspace, id), id)),
			);
			serve(app, house, cancelJob, async ({ caller: { workspace }, params: { id } }) => {
				const before = found(await readOne(workspace, id), id);
				if (before.state !== 'waiting' && before.state !== 'running') {
					throw new Refusal('job-not-cancellable', `The job ${id} is ${before.state}.`);
				}
				const job = await house.postgres.inWorkspace(wholeWorkspace(workspace), trx =>
					cancelLongJob(trx, workspace, id, house.now()),
				);
				return shown(found(job, id));
			});
		},
		async start() {
			const jobs = await startLongJobs({ ...house, handlers });
			return () => jobs.stop();
		},
	};
}

function shown({ id, kind, state, done, total, createdAt, startedAt, finishedAt, error }: LongJob) {
	return {
		id,
		kind,
		state,
		done,
		total,
		createdAt: createdAt.toISOString(),
		startedAt: startedAt?.toISOString() ?? null,
		finishedAt: finishedAt?.toISOString() ?? null,
		error,
	};
}
