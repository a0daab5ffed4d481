import { countOf, figureOf, tooFewOf } from '@touchstone/domain/metrics/figure-of';
import {
	countsOf,
	keptRateOf,
	meetsTargetOf,
	occasionsIn,
	tallyOf,
	type VerdictCount,
} from '@touchstone/domain/metrics/kept-rate';
import { marginFigures, marginUnit } from '@touchstone/domain/metrics/margin-figures';
import { addScores, type ScoreSums, scoreFigures } from '@touchstone/domain/metrics/score-figures';
import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import type { Rule } from '@touchstone/domain/promises/rule';
import type { PromiseReport } from '@touchstone/domain/reports/report';
import { twoMeansDifference } from '@touchstone/statistics/scores/two-means-difference';

export type UnitCount = VerdictCount & { readonly unit: string; readonly margins: number };
export type ScoreSum = ScoreSums & { readonly scale: string; readonly outcome: 'kept' | 'late' | 'undone' };
export type AtStake = {
	readonly customers: number;
	readonly affected: number;
	readonly payments: number;
	readonly revenue: number;
};

/** Puts what the stores summed together into the report of one promise. */
export function promiseReport(
	promise: BrandPromise & { readonly rule: Rule },
	counts: readonly UnitCount[],
	margins: readonly number[],
	scoreSums: readonly ScoreSum[],
	stake: AtStake,
): PromiseReport {
	const total = tallyOf(counts);
	const occasions = occasionsIn(total);
	const keptRate = keptRateOf(total);
	const marginCount = counts.reduce((sum, row) => sum + row.margins, 0);
	return {
		id: promise.id,
		wording: promise.wording,
		moment: promise.moment ?? null,
		madeBy: promise.madeBy ?? null,
		keptBy: promise.keptBy ?? null,
		target: promise.target,
		meetsTarget: meetsTargetOf(keptRate, promise.target),
		occasions,
		verdicts: countsOf(total),
		late: total.late,
		keptRate,
		marginUnit: marginUnit(promise.rule),
		margin: marginFigures(margins, marginCount, {
			void: total.void,
			'no-delivered-amount': occasions - total.void - marginCount,
		}),
		scores: [...Map.groupBy(scoreSums, row => row.scale)]
			.sort(([a], [b]) => a.localeCompare(b))
			.map(([scale, rows]) => scoreComparison(scale, rows)),
		customers: countOf('customers', stake.customers, occasions),
		customersAffected: countOf('customers-affected', stake.affected, stake.customers),
		revenueAffected:
			stake.affected > 0 && stake.payments === 0
				? tooFewOf('revenue-affected', 0, 1)
				: countOf('revenue-affected', stake.revenue, stake.payments),
		byUnit: Object.fromEntries(
			[...Map.groupBy(counts, row => row.unit)]
				.sort(([a], [b]) => a.localeCompare(b))
				.map(([unit, rows]) => {
					const part = tallyOf(rows);
					return [unit, { occasions: occasionsIn(part), ...part, keptRate: keptRateOf(part) }];
				}),
		),
	};
}

function scoreComparison(scale: string, rows: readonly ScoreSum[]): PromiseReport['scores'][number] {
	const of = (...outcomes: readonly ScoreSum['outcome'][]) =>
		addScores(rows.filter(row => outcomes.includes(row.outcome)));
	const kept = of('kept');
	const late = of('late');
	const broken = of('late', 'undone');
	return {
		scale,
		kept: scoreFigures(scale, kept),
		broken: scoreFigures(scale, broken),
		late: scoreFigures(scale, late),
		difference: figureOf('score-difference', twoMeansDifference({ a: kept, b: broken })),
	};
}
