import { funnelLimits } from '@touchstone/statistics/scores/funnel-limits';
import type { z } from 'zod';
import type { Figure } from './figure.ts';
import { countsOf, keptRateOf, occasionsIn, type Tally } from './kept-rate.ts';
import type { funnelLimitsSchema, GroupFigures } from './promise-figures.contract.ts';

/**
 * The figures of units, channels or campaigns, best kept first, each against the limits of a funnel plot.
 * @param all the occasions of all groups together, around whose kept rate the funnel stands
 * @param nameOf how people call a group
 */
export function groupFigures(
	groups: ReadonlyMap<string, Tally>,
	all: Tally,
	nameOf: (id: string) => string,
): GroupFigures[] {
	const decided = all.kept + all.broken;
	return [...groups]
		.map(([id, tally]) => {
			const keptRate = keptRateOf(tally);
			const funnel = decided === 0 ? null : funnelOf(all.kept / decided, tally.kept + tally.broken);
			return {
				id,
				name: nameOf(id),
				occasions: occasionsIn(tally),
				verdicts: countsOf(tally),
				late: tally.late,
				keptRate,
				funnel,
				beyond: beyondOf(keptRate, funnel),
			};
		})
		.sort(bestFirst);
}

type Funnel = z.output<typeof funnelLimitsSchema>;

function funnelOf(centre: number, n: number): Funnel | null {
	const inner = funnelLimits({ centre, n, level: 0.95 });
	const outer = funnelLimits({ centre, n, level: 0.998 });
	if (inner.kind === 'too-few' || outer.kind === 'too-few') return null;
	return { centre, low95: inner.low, high95: inner.high, low998: outer.low, high998: outer.high };
}

function beyondOf(rate: Figure, funnel: Funnel | null): GroupFigures['beyond'] {
	if (rate.kind !== 'estimate' || !funnel) return 'too-few';
	// The limits are found in floating point; a share that lies on one is within.
	if (rate.value < funnel.low998 - 1e-9) return 'below';
	return rate.value > funnel.high998 + 1e-9 ? 'above' : 'within';
}

function bestFirst(a: GroupFigures, b: GroupFigures): number {
	const value = ({ keptRate }: GroupFigures) => (keptRate.kind === 'too-few' ? -1 : keptRate.value);
	return value(b) - value(a) || b.occasions - a.occasions || (a.id < b.id ? -1 : 1);
}
