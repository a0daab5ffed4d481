import { sharesDifference } from '@touchstone/statistics/scores/shares-difference';
import { wilson } from '@touchstone/statistics/scores/wilson';
import type { z } from 'zod';
import type { Verdict, verdictCountsSchema } from '../verdicts/verdict.ts';
import type { Change, MeetsTarget } from './change.ts';
import type { Figure } from './figure.ts';
import { figureOf, tooFewOf } from './figure-of.ts';

export type VerdictCounts = z.output<typeof verdictCountsSchema>;

/** Occasions by verdict; `late` is the part of `broken` that was fulfilled after the due time. */
export type Tally = VerdictCounts & { readonly late: number };

/** Occasions of one verdict. */
export type VerdictCount = { readonly verdict: Verdict; readonly n: number; readonly late: number };

export const noVerdicts: Tally = { kept: 0, broken: 0, pending: 0, unknown: 0, void: 0, late: 0 };

export function tallyOf(rows: readonly VerdictCount[]): Tally {
	const tally = { ...noVerdicts };
	for (const { verdict, n, late } of rows) {
		tally[verdict] += n;
		tally.late += late;
	}
	return tally;
}

export function occasionsIn({ kept, broken, pending, unknown, void: withdrawn }: VerdictCounts): number {
	return kept + broken + pending + unknown + withdrawn;
}

/** The counts alone, as an answer shows them. */
export function countsOf({ kept, broken, pending, unknown, void: withdrawn }: VerdictCounts): VerdictCounts {
	return { kept, broken, pending, unknown, void: withdrawn };
}

export function keptRateOf(counts: VerdictCounts): Figure {
	return figureOf('kept-rate', wilson(decided(counts)), leftOut(counts));
}

/** Whether a kept rate reaches a target: said only when the whole interval lies on one side of it. */
export function meetsTargetOf(rate: Figure, target: number): MeetsTarget {
	if (rate.kind !== 'estimate') return 'too-few';
	if (rate.interval.low >= target) return 'yes';
	return rate.interval.high < target ? 'no' : 'open';
}

/** How far a kept rate falls short of its target; the interval is that of the rate, seen from the target. */
export function gapOf(rate: Figure, target: number): Figure {
	if (rate.kind !== 'estimate') return tooFewOf('target-gap', rate.n, 1, rate.excluded);
	return figureOf(
		'target-gap',
		{
			kind: 'estimate',
			value: target - rate.value,
			low: target - rate.interval.high,
			high: target - rate.interval.low,
			n: rate.n,
			method: `target minus ${rate.method}`,
			level: rate.interval.level,
		},
		rate.excluded,
	);
}

/** How kept rates differ between two periods; `pValue` is null where there is too little to say. */
export function keptRateDifference(
	now: VerdictCounts,
	before: VerdictCounts,
): { readonly difference: Figure; readonly pValue: number | null } {
	const answer = sharesDifference({ a: decided(now), b: decided(before) });
	return {
		difference: figureOf('kept-rate-difference', answer, leftOut(now)),
		pValue: answer.kind === 'estimate' ? answer.pValue : null,
	};
}

/** What a difference between two periods means, from its interval: chance would do where it covers 0. */
export function changeOf(difference: Figure): Change {
	if (difference.kind !== 'estimate') return 'too-few';
	if (difference.interval.low > 0) return 'better';
	return difference.interval.high < 0 ? 'worse' : 'noise';
}

function decided({ kept, broken }: VerdictCounts): { successes: number; n: number } {
	return { successes: kept, n: kept + broken };
}

function leftOut({ pending, unknown, void: withdrawn }: VerdictCounts): Record<string, number> {
	return { pending, unknown, void: withdrawn };
}
