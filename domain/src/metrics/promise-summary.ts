import type { BrandPromise } from '../promises/brand-promise.ts';
import { testedAt } from '../promises/tested-at.ts';
import type { BucketSpan } from './buckets.ts';
import { countsOf, keptRateOf, meetsTargetOf, occasionsIn } from './kept-rate.ts';
import { keptTrend } from './kept-trend.ts';
import type { NamedDefinitions } from './named-definitions.ts';
import type { PromiseSummary } from './promise-figures.contract.ts';
import type { Tested } from './tested.ts';

/** One line of the list of promises. */
export function promiseSummary(
	promise: BrandPromise,
	{ now, byDay }: Tested,
	buckets: readonly BucketSpan[],
	names: NamedDefinitions,
): PromiseSummary {
	const keptRate = keptRateOf(now);
	const occasions = occasionsIn(now);
	const share = (part: number) => (occasions === 0 ? null : part / occasions);
	return {
		id: promise.id,
		wording: promise.wording,
		saidIn: promise.saidIn,
		moment: names.moment(testedAt(promise)),
		keptBy: names.owner(promise.keptBy),
		target: promise.target,
		meetsTarget: meetsTargetOf(keptRate, promise.target),
		occasions,
		verdicts: countsOf(now),
		late: now.late,
		keptRate,
		unknownShare: share(now.unknown),
		pendingShare: share(now.pending),
		trend: keptTrend(buckets, byDay),
	};
}
