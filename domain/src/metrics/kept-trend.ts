import { z } from 'zod';
import type { BucketSpan, DayNumber } from './buckets.ts';
import { figureSchema } from './figure.ts';
import { keptRateOf, noVerdicts, type VerdictCounts } from './kept-rate.ts';

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

/** What was counted in the bucket that begins with a local day. */
export type KeptByDay = ReadonlyMap<DayNumber, VerdictCounts>;

/** The kept rate bucket by bucket; a bucket without decided occasions is too few, not left out. */
export function keptTrend(buckets: readonly BucketSpan[], counted: KeptByDay): KeptBucket[] {
	return buckets.map(({ day, from, to }) => {
		const counts = counted.get(day) ?? noVerdicts;
		return {
			from: from.toISOString(),
			to: to.toISOString(),
			kept: counts.kept,
			broken: counts.broken,
			keptRate: keptRateOf(counts),
		};
	});
}

/** How many bucket by bucket. */
export function volumeTrend(
	buckets: readonly BucketSpan[],
	counted: ReadonlyMap<DayNumber, number>,
): VolumeBucket[] {
	return buckets.map(({ day, from, to }) => ({
		from: from.toISOString(),
		to: to.toISOString(),
		n: counted.get(day) ?? 0,
	}));
}
