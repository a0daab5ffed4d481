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

/** The kept rate; too few to say while more occasions wait than are decided. */
export function keptRateOf(counts: VerdictCounts): Figure {
	if (isEarly(counts)) return tooFewOf('kept-rate', decided(counts).n, half(counts), leftOut(counts));
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
	const early = [now, before].find(isEarly);
	if (early) {
		const difference = tooFewOf('kept-rate-difference', decided(early).n, half(early), leftOut(now));
		return { difference, pValue: null };
	}
	const answer = sharesDifference({ a: decided(now), b: decided(before) });
	return {
		difference: figureOf('kept-rate-difference', answer, leftOut(now)),
		pValue: answer.kind === 'estimate' ? answer.pValue : null,
	};
}

/** What a difference between two periods means, from its interval: chance would do where it covers 0. */
export function changeOf(difference: Figure, now: VerdictCounts, before: VerdictCounts): Change {
	if (difference.kind !== 'estimate') return 'too-few';
	if (difference.interval.low <= 0 && difference.interval.high >= 0) return 'noise';
	return changeThatStands(difference.value, now, before);
}

/**
 * The direction of a change that is more than chance, if it stands whatever becomes of the occasions that still wait; otherwise it
 * is too early to say. The later period always has more of them, and those decided first are not like the others.
 */
export function changeThatStands(difference: number, now: VerdictCounts, before: VerdictCounts): Change {
	if (difference > 0) return lowest(now) > highest(before) ? 'better' : 'too-few';
	return highest(now) < lowest(before) ? 'worse' : 'too-few';
}

/**
 * Whether the decided occasions are only the first ones. These lean to one side: a promise that something never happens is broken
 * at once and kept only at the end, one about a time is kept at once and broken only when it is over.
 */
function isEarly(counts: VerdictCounts): boolean {
	return counts.pending > decided(counts).n;
}

function half(counts: VerdictCounts): number {
	return Math.ceil((decided(counts).n + counts.pending) / 2);
}

/** The kept rate if whatever waits is broken. */
function lowest({ kept, broken, pending }: VerdictCounts): number {
	return kept / (kept + broken + pending);
}

/** The kept rate if whatever waits is kept. */
function highest({ kept, broken, pending }: VerdictCounts): number {
	return (kept + pending) / (kept + broken + pending);
}

function decided({ kept, broken }: VerdictCounts): { successes: number; n: number } {
	return { successes: kept, n: kept + broken };
}

function leftOut({ pending, unknown, void: withdrawn }: VerdictCounts): Record<string, number> {
	return { pending, unknown, void: withdrawn };
}
