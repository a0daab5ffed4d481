import { z } from 'zod';

/** What was left out of a figure, and how many of each. */
export const excludedSchema = z.record(z.string(), z.number().int().min(0));

export const intervalSchema = z.object({
	low: z.number(),
	high: z.number(),
	/** How sure: 0.95 means that 95 of 100 such intervals cover the truth. */
	level: z.number().gt(0).lt(1),
});

/**
 * A number shown to anyone. `estimate` is drawn from observations and has an interval; `count` is a complete tally, which has
 * none because nothing was sampled; `too-few` is an answer too: there is not enough to say.
 */
export const figureSchema = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('estimate'),
		metric: z.string(),
		version: z.number().int(),
		value: z.number(),
		interval: intervalSchema,
		n: z.number().int().min(0),
		method: z.string(),
		excluded: excludedSchema,
	}),
	z.object({
		kind: z.literal('count'),
		metric: z.string(),
		version: z.number().int(),
		value: z.number(),
		interval: z.null(),
		n: z.number().int().min(0),
		method: z.string(),
		excluded: excludedSchema,
	}),
	z.object({
		kind: z.literal('too-few'),
		metric: z.string(),
		version: z.number().int(),
		n: z.number().int().min(0),
		needed: z.number().int().min(1),
		method: z.string(),
		excluded: excludedSchema,
	}),
]);
export type Figure = z.output<typeof figureSchema>;
