import { z } from 'zod';

/** RFC 9457, plus a stable `code`, the request it answers, and what exactly was wrong with which parameter. */
export const problemSchema = z.object({
	type: z.string(),
	title: z.string(),
	status: z.number().int(),
	detail: z.string(),
	instance: z.string().optional(),
	code: z.string(),
	requestId: z.string(),
	invalid_params: z.array(z.object({ name: z.string(), reason: z.string() })).optional(),
});
export type Problem = z.output<typeof problemSchema>;
