import { meanInterval } from '@touchstone/statistics/scores/mean-interval';
import { sharesDifference } from '@touchstone/statistics/scores/shares-difference';
import { twoMeansDifference } from '@touchstone/statistics/scores/two-means-difference';
import { wilson } from '@touchstone/statistics/scores/wilson';
import { figureOf } from './figure-of.ts';
import type { Afterwards } from './promise-figures.contract.ts';
import { addScores, meanScore, type ScoreSums } from './score-figures.ts';

/** How long customers are followed after a decision. */
export const followUpDays = 90;

/** Customers by what became of their first decided occasion of the period. */
export type Followed = {
	readonly outcome: 'kept' | 'broken';
	/** Those whose decision is long enough ago. */
	readonly n: number;
	/** Those who bought again within the follow-up. */
	readonly returned: number;
	/** What they paid within it: sum and sum of squares over customers. */
	readonly sum: number;
	readonly sumOfSquares: number;
	/** Those whose decision is too recent to say. */
	readonly tooRecent: number;
};

/** Scores about the subjects of occasions, on one scale. A broken promise fulfilled late is broken. */
export type ScoresAfter = ScoreSums & {
	readonly scale: string;
	readonly outcome: 'kept' | 'late' | 'undone';
};

/** What happened after a promise was kept and after it was broken, side by side. An association, and said to be one. */
export function afterwardsOf(scores: readonly ScoresAfter[], followed: readonly Followed[]): Afterwards {
	const kept = followed.find(({ outcome }) => outcome === 'kept') ?? nobody;
	const broken = followed.find(({ outcome }) => outcome === 'broken') ?? nobody;
	const keptOut = leftOut(kept.tooRecent);
	const brokenOut = leftOut(broken.tooRecent);
	const bothOut = leftOut(kept.tooRecent + broken.tooRecent);
	return {
		reading: 'association',
		followUpDays,
		scores: [...Map.groupBy(scores, row => row.scale)]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([scale, rows]) => {
				const after = {
					kept: addScores(rows.filter(row => row.outcome === 'kept')),
					broken: addScores(rows.filter(row => row.outcome !== 'kept')),
				};
				return {
					scale,
					kept: meanScore('mean-score', scale, after.kept),
					broken: meanScore('mean-score', scale, after.broken),
					difference: figureOf('score-difference', twoMeansDifference({ a: after.kept, b: after.broken })),
				};
			}),
		returned: {
			kept: figureOf('return-rate', wilson(shareReturned(kept)), keptOut),
			broken: figureOf('return-rate', wilson(shareReturned(broken)), brokenOut),
			difference: figureOf(
				'return-rate-difference',
				sharesDifference({ a: shareReturned(kept), b: shareReturned(broken) }),
				bothOut,
			),
		},
		revenue: {
			kept: figureOf('revenue-after', meanInterval(paid(kept)), keptOut),
			broken: figureOf('revenue-after', meanInterval(paid(broken)), brokenOut),
			difference: figureOf(
				'revenue-after-difference',
				twoMeansDifference({ a: paid(kept), b: paid(broken) }),
				bothOut,
			),
		},
	};
}

const nobody = { n: 0, returned: 0, sum: 0, sumOfSquares: 0, tooRecent: 0 };

type Side = Omit<Followed, 'outcome'>;

function shareReturned({ returned, n }: Side): { successes: number; n: number } {
	return { successes: returned, n };
}

function paid({ n, sum, sumOfSquares }: Side): { n: number; sum: number; sumOfSquares: number } {
	return { n, sum, sumOfSquares };
}

function leftOut(tooRecent: number): Record<string, number> {
	return { [`decided-less-than-${followUpDays}-days-ago`]: tooRecent };
}
