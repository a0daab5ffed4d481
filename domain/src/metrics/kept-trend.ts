import type { BucketSpan, DayNumber } from './buckets.ts';
import { keptRateOf, noVerdicts, type VerdictCounts } from './kept-rate.ts';
import type { KeptBucket, VolumeBucket } from './trend-bucket.ts';

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
