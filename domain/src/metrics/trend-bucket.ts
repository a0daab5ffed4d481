import { z } from 'zod';
import { figureSchema } from './figure.ts';

const count = z.number().int().min(0);

/** One bucket of a trend; `to` is where the next begins. At most the newest 400 buckets are answered, without gaps. */
export const keptBucketSchema = z.object({
	from: z.iso.datetime(),
	to: z.iso.datetime(),
	kept: count,
	broken: count,
	keptRate: figureSchema,
});
export type KeptBucket = z.output<typeof keptBucketSchema>;

export const volumeBucketSchema = z.object({ from: z.iso.datetime(), to: z.iso.datetime(), n: count });
export type VolumeBucket = z.output<typeof volumeBucketSchema>;
