import { benjaminiHochberg } from '@touchstone/statistics/scores/benjamini-hochberg';
import type { BucketSpan } from '../metrics/buckets.ts';
import type { Change } from '../metrics/change.ts';
import type { Figure } from '../metrics/figure.ts';
import {
	changeOf,
	changeThatStands,
	countsOf,
	gapOf,
	keptRateDifference,
	keptRateOf,
	meetsTargetOf,
	occasionsIn,
	type VerdictCounts,
} from '../metrics/kept-rate.ts';
import { keptTrend } from '../metrics/kept-trend.ts';
import type { NamedDefinitions } from '../metrics/named-definitions.ts';
import { type Stake, stakeFigures } from '../metrics/stake-figures.ts';
import { neverTested, type Tested } from '../metrics/tested.ts';
import type { BrandPromise } from '../promises/brand-promise.ts';
import { testedAt } from '../promises/tested-at.ts';
import type { Gap, OverviewKept, PromiseChange } from './overview.contract.ts';

type Promises = readonly BrandPromise[];
type TestedPromises = ReadonlyMap<string, Tested>;

/** Whether promises are kept, all of them together. */
export function keptPanel(
	promises: Promises,
	byPromise: TestedPromises,
	together: Tested,
	buckets: readonly BucketSpan[],
	hasComparison: boolean,
): Omit<OverviewKept, 'period' | 'comparison' | 'bucket' | 'timeZone' | 'currency'> {
	const { now, before } = together;
	const keptRate = keptRateOf(now);
	const target = weightedTarget(promises, byPromise);
	const difference = hasComparison ? keptRateDifference(now, before).difference : null;
	return {
		promisesTested: promises.filter(({ id }) => occasionsIn((byPromise.get(id) ?? neverTested).now) > 0)
			.length,
		promises: promises.filter(({ rule }) => rule !== undefined).length,
		occasions: occasionsIn(now),
		verdicts: countsOf(now),
		late: now.late,
		keptRate,
		before: hasComparison ? keptRateOf(before) : null,
		verdictsBefore: hasComparison ? countsOf(before) : null,
		difference,
		change: difference ? changeOf(difference, now, before) : null,
		target,
		meetsTarget: target === null ? 'too-few' : meetsTargetOf(keptRate, target),
		trend: keptTrend(buckets, together.byDay),
	};
}

/** The promises kept less often than their target: what is at stake, most first; then where that is not known. */
export function gapsPanel(
	promises: Promises,
	byPromise: TestedPromises,
	stakes: ReadonlyMap<string, Stake>,
	names: NamedDefinitions,
): Gap[] {
	return promises
		.flatMap(promise => {
			const { now } = byPromise.get(promise.id) ?? neverTested;
			const keptRate = keptRateOf(now);
			if (keptRate.kind === 'too-few' || keptRate.value >= promise.target) return [];
			const stake = stakes.get(promise.id) ?? { customers: 0, affected: 0, payments: 0, revenue: 0 };
			return [
				{
					promise: promise.id,
					wording: promise.wording,
					moment: names.moment(testedAt(promise)),
					owner: names.owner(promise.keptBy),
					keptRate,
					target: promise.target,
					gap: gapOf(keptRate, promise.target),
					meetsTarget: meetsTargetOf(keptRate, promise.target),
					occasions: occasionsIn(now),
					broken: now.broken,
					...stakeFigures(stake),
				},
			];
		})
		.sort(
			(a, b) =>
				shownValue(b.stake) - shownValue(a.stake) ||
				shownValue(b.customersAffected) - shownValue(a.customersAffected) ||
				(a.promise < b.promise ? -1 : 1),
		);
}

/** What changed, promise by promise, largest difference first. Looking at many promises finds chance differences: corrected. */
export function changesPanel(
	promises: Promises,
	byPromise: TestedPromises,
	names: NamedDefinitions,
): PromiseChange[] {
	const compared = promises
		.filter(({ id }) => byPromise.has(id))
		.map(promise => {
			const { now, before } = byPromise.get(promise.id) ?? neverTested;
			return { promise, now, before, ...keptRateDifference(now, before) };
		});
	const said = compared.flatMap(({ pValue }) => pValue ?? []);
	const adjusted = benjaminiHochberg(said);
	let next = 0;
	return compared
		.map(({ promise, now, before, difference, pValue }) => {
			const pAdjusted = pValue === null ? null : (adjusted[next++] ?? null);
			return {
				promise: promise.id,
				wording: promise.wording,
				owner: names.owner(promise.keptBy),
				now: keptRateOf(now),
				before: keptRateOf(before),
				difference,
				pAdjusted,
				change: changeAmongMany(difference, pAdjusted, now, before),
			};
		})
		.sort((a, b) => size(b.difference) - size(a.difference) || (a.promise < b.promise ? -1 : 1));
}

/** Findings of which more than one in twenty would be false are noise. */
const falseShare = 0.05;

function changeAmongMany(
	difference: Figure,
	pAdjusted: number | null,
	now: VerdictCounts,
	before: VerdictCounts,
): Change {
	if (difference.kind === 'too-few' || pAdjusted === null) return 'too-few';
	return pAdjusted > falseShare ? 'noise' : changeThatStands(difference.value, now, before);
}

function weightedTarget(promises: Promises, byPromise: TestedPromises): number | null {
	let weight = 0;
	let sum = 0;
	for (const { id, target } of promises) {
		const { kept, broken } = (byPromise.get(id) ?? neverTested).now;
		weight += kept + broken;
		sum += (kept + broken) * target;
	}
	return weight === 0 ? null : sum / weight;
}

function shownValue(figure: Figure): number {
	return figure.kind === 'too-few' ? -1 : figure.value;
}

function size(difference: Figure): number {
	return difference.kind === 'too-few' ? -1 : Math.abs(difference.value);
}
