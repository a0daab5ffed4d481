import { z } from 'zod';
import { ownerIdSchema } from './ids.ts';

/** A person or team that answers for moments and promises, reporting to another owner up to the one accountable chief. */
export const ownerSchema = z.strictObject({
	id: ownerIdSchema,
	name: z.string().min(1).max(200),
	businessFunction: z.string().min(1).max(100),
	reportsTo: ownerIdSchema.optional(),
	email: z.email().optional(),
});
export type Owner = z.output<typeof ownerSchema>;
