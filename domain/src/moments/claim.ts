import { z } from 'zod';

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);

/**
 * A condition on one property of an interaction. `property` is a path into `properties` (`cart.total`), or one of the
 * interaction's own fields (`channel`, `outcome`, `unit`, `campaign`, `agent`, `source`).
 */
export const claimConditionSchema = z.union(
	[
		z.strictObject({ property: z.string().min(1).max(200), is: scalar }),
		z.strictObject({ property: z.string().min(1).max(200), isNot: scalar }),
		z.strictObject({ property: z.string().min(1).max(200), oneOf: z.array(scalar).min(1).max(200) }),
		z.strictObject({ property: z.string().min(1).max(200), exists: z.boolean() }),
		z.strictObject({ property: z.string().min(1).max(200), atLeast: z.number() }),
		z.strictObject({ property: z.string().min(1).max(200), atMost: z.number() }),
		z.strictObject({ property: z.string().min(1).max(200), startsWith: z.string().min(1).max(500) }),
	],
	{ error: 'must be a property and one of is, isNot, oneOf, exists, atLeast, atMost or startsWith' },
);
export type ClaimCondition = z.output<typeof claimConditionSchema>;

/** A moment claims interactions by event name and, if need be, by conditions that must all hold. */
export const claimSchema = z.strictObject({
	event: z.string().min(1).max(200),
	where: z.array(claimConditionSchema).max(20).default([]),
});
