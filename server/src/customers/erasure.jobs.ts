import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { z } from 'zod';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { wholeWorkspace } from '../database/scope.ts';
import { enqueueLongJob } from '../jobs/long-jobs.queries.ts';
import type { LongJobHandler } from '../jobs/work-through-long-jobs.jobs.ts';
import {
	type ErasureNeeds,
	type ErasureRequest,
	eraseCustomers,
	erasureSteps,
} from './erase-customers.jobs.ts';

const kind = 'erase-customers';

const detailSchema = z.object({
	customers: z.array(z.string()),
	anonymousIds: z.array(z.string()),
	suppress: z.boolean(),
	reason: z.string(),
	author: z.string(),
});

/** Erasing customers as a job with visible progress, in steps. */
export function erasureHandler(
	needs: Omit<ErasureNeeds, 'landed'> & { readonly landed: (signal: AbortSignal) => Promise<void> },
): LongJobHandler {
	return {
		kind,
		async run(job, progress, signal) {
			const stoppable = { ...needs, landed: () => needs.landed(signal) };
			await eraseCustomers(stoppable, job.workspace, detailSchema.parse(job.detail), async done => {
				signal.throwIfAborted();
				// Whom it was about is forgotten with them.
				const forget =
					done === erasureSteps ? { detail: { customers: [], anonymousIds: [], reason: '' } } : {};
				await progress({ done, total: erasureSteps, ...forget });
			});
		},
	};
}

/** Has customers erased in the background. @returns the job */
export async function eraseLater(
	postgres: PostgresDoor,
	workspace: WorkspaceId,
	request: ErasureRequest,
	author: string,
): Promise<string> {
	const job = await postgres.inWorkspace(wholeWorkspace(workspace), trx =>
		enqueueLongJob(trx, { workspace, kind, detail: { ...request, author }, total: erasureSteps }),
	);
	return job.id;
}
