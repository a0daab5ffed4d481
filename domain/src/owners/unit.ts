import { z } from 'zod';
import { unitIdSchema } from './ids.ts';

/** A place in the company's hierarchy (country > region > dealer). People see only their units and those below. */
export const unitSchema = z.strictObject({
	id: unitIdSchema,
	name: z.string().min(1).max(200),
	parent: unitIdSchema.optional(),
});
export type Unit = z.output<typeof unitSchema>;
