import { cancelJob, listJobs, readJob } from '@touchstone/domain/jobs/jobs.contract';
import type { Scope } from '../database/scope.ts';
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
	const readOne = (scope: Scope, id: string) =>
		house.postgres.inWorkspace(scope, trx => longJob(trx, scope.workspace, id));
	return {
		name: 'jobs',
		routes(app) {
			serve(app, house, listJobs, async ({ caller: { workspace, scope }, query }) => {
				const options = { limit: query.limit, ...(query.kind === undefined ? {} : { kind: query.kind }) };
				const jobs = await house.postgres.inWorkspace(scope, trx => listLongJobs(trx, workspace, options));
				return { items: jobs.map(shown) };
			});
			serve(app, house, readJob, async ({ caller, params: { id } }) =>
				shown(found(await readOne(caller.scope, id), id)),
			);
			serve(app, house, cancelJob, async ({ caller: { workspace, scope }, params: { id } }) => {
				const before = found(await readOne(scope, id), id);
				if (before.state !== 'waiting' && before.state !== 'running') {
					throw new Refusal('job-not-cancellable', `The job ${id} is ${before.state}.`);
				}
				const job = await house.postgres.inWorkspace(scope, trx =>
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
