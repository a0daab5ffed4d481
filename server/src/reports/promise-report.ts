import type { Figure } from '@touchstone/domain/metrics/figure';
import { countOf, figureOf, tooFewOf } from '@touchstone/domain/metrics/figure-of';
import type { MetricId } from '@touchstone/domain/metrics/metric';
import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import type { Rule } from '@touchstone/domain/promises/rule';
import type { PromiseReport } from '@touchstone/domain/reports/report';
import { type Scale, scales } from '@touchstone/domain/units/scale';
import { meanInterval } from '@touchstone/statistics/scores/mean-interval';
import { quantileInterval } from '@touchstone/statistics/scores/quantile-interval';
import { twoMeansDifference } from '@touchstone/statistics/scores/two-means-difference';
import { wilson } from '@touchstone/statistics/scores/wilson';

export type UnitCount = {
	readonly unit: string;
	readonly verdict: 'kept' | 'broken' | 'pending' | 'unknown' | 'void';
	readonly n: number;
	readonly late: number;
	readonly margins: number;
};
export type ScoreSum = {
	readonly scale: string;
	readonly outcome: 'kept' | 'late' | 'undone';
	readonly n: number;
	readonly sum: number;
	readonly sumOfSquares: number;
	readonly top: number;
};
export type AtStake = {
	readonly customers: number;
	readonly affected: number;
	readonly payments: number;
	readonly revenue: number;
};

const quantiles = [
	['p10', 0.1],
	['median', 0.5],
	['p90', 0.9],
] as const;

/**
 * Where in the ordered margins the report looks: each quantile and the two ends of its interval, as shares of n. The pure half
 * of a two-step question, so that a store returns nine numbers and not every margin.
 */
export function marginPositions(n: number): readonly number[] {
	return quantiles.flatMap(([, p]) => {
		const ranks = quantileInterval({ n, p });
		if (ranks.kind === 'too-few') return [0, 0, 0];
		const position = (rank: number) => (n === 1 ? 0 : (rank - 1) / (n - 1));
		return [p, position(ranks.lowRank), position(ranks.highRank)];
	});
}

/** Puts what the stores summed together into the report of one promise. */
export function promiseReport(
	promise: BrandPromise & { readonly rule: Rule },
	counts: readonly UnitCount[],
	margins: readonly number[],
	scoreSums: readonly ScoreSum[],
	stake: AtStake,
): PromiseReport {
	const total = tally(counts);
	const keptRate = keptRateOf(total);
	const marginCount = counts.reduce((sum, row) => sum + row.margins, 0);
	return {
		id: promise.id,
		wording: promise.wording,
		moment: promise.moment ?? null,
		madeBy: promise.madeBy ?? null,
		keptBy: promise.keptBy ?? null,
		target: promise.target,
		meetsTarget: meetsTarget(keptRate, promise.target),
		occasions: total.occasions,
		verdicts: verdictsOf(total),
		late: total.late,
		keptRate,
		marginUnit: marginUnit(promise.rule),
		margin: {
			p10: marginFigure(0, margins, marginCount, total),
			median: marginFigure(1, margins, marginCount, total),
			p90: marginFigure(2, margins, marginCount, total),
		},
		scores: [...Map.groupBy(scoreSums, row => row.scale)]
			.sort(([a], [b]) => a.localeCompare(b))
			.map(([scale, rows]) => scoreComparison(scale, rows)),
		customers: countOf('customers', stake.customers, total.occasions),
		customersAffected: countOf('customers-affected', stake.affected, stake.customers),
		revenueAffected:
			stake.affected > 0 && stake.payments === 0
				? tooFewOf('revenue-affected', 0, 1)
				: countOf('revenue-affected', stake.revenue, stake.payments),
		byUnit: Object.fromEntries(
			[...Map.groupBy(counts, row => row.unit)]
				.sort(([a], [b]) => a.localeCompare(b))
				.map(([unit, rows]) => {
					const part = tally(rows);
					return [
						unit,
						{ occasions: part.occasions, ...verdictsOf(part), late: part.late, keptRate: keptRateOf(part) },
					];
				}),
		),
	};
}

type Tally = ReturnType<typeof tally>;

function tally(rows: readonly UnitCount[]) {
	const total = { occasions: 0, kept: 0, broken: 0, pending: 0, unknown: 0, void: 0, late: 0 };
	for (const { verdict, n, late } of rows) {
		total.occasions += n;
		total[verdict] += n;
		total.late += late;
	}
	return total;
}

function verdictsOf({ kept, broken, pending, unknown, void: withdrawn }: Tally) {
	return { kept, broken, pending, unknown, void: withdrawn };
}

function keptRateOf(total: Tally): Figure {
	const { kept, broken, pending, unknown } = total;
	return figureOf('kept-rate', wilson({ successes: kept, n: kept + broken }), {
		pending,
		unknown,
		void: total.void,
	});
}

function meetsTarget(rate: Figure, target: number): PromiseReport['meetsTarget'] {
	if (rate.kind !== 'estimate') return 'too-few';
	if (rate.interval.low >= target) return 'yes';
	return rate.interval.high < target ? 'no' : 'open';
}

function marginFigure(index: number, margins: readonly number[], n: number, total: Tally): Figure {
	const p = quantiles[index]?.[1] ?? 0.5;
	const excluded = { void: total.void, 'no-delivered-amount': total.occasions - total.void - n };
	const ranks = quantileInterval({ n, p });
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
}

function marginUnit(rule: Rule): string {
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

const nothing = { n: 0, sum: 0, sumOfSquares: 0, top: 0 };

function scoreComparison(scale: string, rows: readonly ScoreSum[]): PromiseReport['scores'][number] {
	const of = (...outcomes: readonly ScoreSum['outcome'][]) =>
		rows
			.filter(row => outcomes.includes(row.outcome))
			.reduce(
				(sum, row) => ({
					n: sum.n + row.n,
					sum: sum.sum + row.sum,
					sumOfSquares: sum.sumOfSquares + row.sumOfSquares,
					top: sum.top + row.top,
				}),
				nothing,
			);
	const kept = of('kept');
	const late = of('late');
	const broken = of('late', 'undone');
	const known: Scale | undefined = Object.entries(scales).find(([name]) => name === scale)?.[1];
	return {
		scale,
		kept: scoreFigures(kept, known),
		broken: scoreFigures(broken, known),
		late: scoreFigures(late, known),
		difference: figureOf('score-difference', twoMeansDifference({ a: kept, b: broken })),
	};
}

function scoreFigures(sums: typeof nothing, scale: Scale | undefined): { mean: Figure; topTwoBox: Figure } {
	const bounds = scale ? { scale: [scale.low, scale.high] as const } : {};
	return {
		mean: figureOf('mean-score', meanInterval({ ...sums, ...bounds })),
		topTwoBox: figureOf('top-two-box' satisfies MetricId, wilson({ successes: sums.top, n: sums.n })),
	};
}
