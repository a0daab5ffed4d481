import { z } from 'zod';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { LongJobHandler } from '../jobs/work-through-long-jobs.jobs.ts';
import { type RenameNeeds, renameMoments, renameProgressSchema } from './rename-moments.jobs.ts';

const detailSchema = z.object({
	events: z.array(z.string()),
	changedAt: z.iso.datetime(),
	reached: renameProgressSchema.optional(),
});

/** Past interactions get their new names as a job with visible progress, in interactions looked at. */
export function renamingHandler(house: RenameNeeds, inForce: DefinitionsInForce): LongJobHandler {
	return {
		kind: 'rename-moments',
		async run(job, progress, signal) {
			const { events, changedAt, reached } = detailSchema.parse(job.detail);
			const task = { workspace: job.workspace, events, changedAt: new Date(changedAt) };
			await renameMoments(
				house,
				inForce,
				task,
				reached,
				now => progress({ done: now.seen, total: now.total, detail: { reached: now } }),
				signal,
			);
		},
	};
}
