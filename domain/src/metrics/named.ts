import { z } from 'zod';

/** Something defined, as an answer names it. */
export const namedSchema = z.object({ id: z.string(), name: z.string() });
export type Named = z.output<typeof namedSchema>;

/** Who answers for something. */
export const namedOwnerSchema = namedSchema.extend({ businessFunction: z.string() });
export type NamedOwner = z.output<typeof namedOwnerSchema>;
