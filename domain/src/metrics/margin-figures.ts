import { quantileInterval } from '@touchstone/statistics/scores/quantile-interval';
import type { Rule } from '../promises/rule.ts';
import type { Figure } from './figure.ts';
import { figureOf, tooFewOf } from './figure-of.ts';

const quantiles = [0.1, 0.5, 0.9] as const;

/** How much better or worse than promised: a tenth is below p10, a tenth above p90. */
export type MarginFigures = { readonly p10: Figure; readonly median: Figure; readonly p90: Figure };

/**
 * Where in the ordered margins to look: each quantile and the two ends of its interval, as shares of n. The pure half of a
 * two-step question, so that a store returns nine numbers and not every margin.
 */
export function marginPositions(n: number): readonly number[] {
	return quantiles.flatMap(p => {
		const ranks = quantileInterval({ n, p });
		if (ranks.kind === 'too-few') return [0, 0, 0];
		const position = (rank: number) => (n === 1 ? 0 : (rank - 1) / (n - 1));
		return [p, position(ranks.lowRank), position(ranks.highRank)];
	});
}

/**
 * The other half: the figures from the margins found at those positions.
 * @param n how many margins there are
 */
export function marginFigures(
	margins: readonly number[],
	n: number,
	excluded: Readonly<Record<string, number>>,
): MarginFigures {
	const figure = (index: number): Figure => {
		const ranks = quantileInterval({ n, p: quantiles[index] ?? 0.5 });
		const [value, low, high] = margins.slice(index * 3, index * 3 + 3);
		if (ranks.kind === 'too-few') return tooFewOf('margin-quantile', n, ranks.needed, excluded);
		if (value === undefined || low === undefined || high === undefined) {
			return tooFewOf('margin-quantile', 0, 6, excluded);
		}
		return figureOf(
			'margin-quantile',
			{ kind: 'estimate', value, low, high, n, method: ranks.method, level: ranks.level },
			excluded,
		);
	};
	return { p10: figure(0), median: figure(1), p90: figure(2) };
}

/** What the margins of a rule are measured in. */
export function marginUnit(rule: Rule): string {
	switch (rule.kind) {
		case 'by':
		case 'never':
			return 'seconds';
		case 'felt':
			return `points on ${rule.scale}`;
		case 'value':
			return rule.measure === 'durationSeconds' || rule.measure === 'waitSeconds' ? 'seconds' : rule.measure;
	}
}
