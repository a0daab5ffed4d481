import { z } from 'zod';
import type { LongJobHandler } from '../work-through-long-jobs.jobs.ts';

/** A long job for tests: counts from where it was to `upTo`, writing down every number. */
export function countUp(onNumber: (reached: number, from: number) => void | Promise<void>): LongJobHandler {
	return {
		kind: 'count-up',
		async run(job, progress) {
			const { upTo, reached: from } = z
				.object({ upTo: z.int(), reached: z.int().default(0) })
				.parse(job.detail);
			for (let reached = from + 1; reached <= upTo; reached++) {
				await progress({ done: reached, total: upTo, detail: { reached } });
				await onNumber(reached, from);
			}
		},
	};
}
