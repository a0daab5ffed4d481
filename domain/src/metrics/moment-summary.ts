import { npsEstimate } from '@touchstone/statistics/scores/nps-estimate';
import type { Moment } from '../moments/moment.ts';
import type { BucketSpan, DayNumber } from './buckets.ts';
import { countOf, figureOf } from './figure-of.ts';
import { keptRateOf, noVerdicts, occasionsIn, type Tally } from './kept-rate.ts';
import { volumeTrend } from './kept-trend.ts';
import type { MomentScore, MomentSummary } from './moment-figures.contract.ts';
import type { NamedDefinitions } from './named-definitions.ts';
import { meanScore, scaleNamed } from './score-figures.ts';

/** Scores on one scale, summed; the three classes are those of the Net Promoter Score. */
export type MomentScoreSums = {
	readonly scale: string;
	readonly n: number;
	readonly sum: number;
	readonly sumOfSquares: number;
	readonly detractors: number;
	readonly passives: number;
	readonly promoters: number;
};

/** What was counted at a moment. */
export type MomentCounts = {
	readonly n: number;
	readonly customers: number;
	readonly byDay: ReadonlyMap<DayNumber, number>;
	/** Of the promises it puts to the test. */
	readonly tested: Tally;
	readonly scores: readonly MomentScoreSums[];
};

export const nothingCounted: MomentCounts = {
	n: 0,
	customers: 0,
	byDay: new Map(),
	tested: noVerdicts,
	scores: [],
};

/** One moment of the journey strip. */
export function momentSummary(
	moment: Moment,
	{ n, customers, byDay, tested, scores }: MomentCounts,
	buckets: readonly BucketSpan[],
	names: NamedDefinitions,
): MomentSummary {
	return {
		id: moment.id,
		name: moment.name,
		stage: moment.stage,
		channel: moment.channel,
		physical: moment.physical,
		handledBy: moment.handledBy,
		owner: names.owner(moment.owner),
		volume: countOf('interactions', n, n),
		customers: countOf('moment-customers', customers, n),
		keptRate: keptRateOf(tested),
		occasions: occasionsIn(tested),
		scores: scores.map(momentScore),
		trend: volumeTrend(buckets, byDay),
	};
}

function momentScore({ scale, detractors, passives, promoters, ...sums }: MomentScoreSums): MomentScore {
	const known = scaleNamed(scale);
	return {
		scale,
		mean: meanScore('moment-score', scale, sums),
		nps:
			known?.low === 0 && known.high === 10
				? figureOf('moment-nps', npsEstimate({ detractors, passives, promoters }))
				: null,
	};
}
