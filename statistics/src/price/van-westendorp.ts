import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { sortedQuantile } from '../numerics/quantile.ts';
import { Random } from '../numerics/random.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';
import { type PriceAnswers, transitiveAnswers } from './price-answers.ts';
import { type PriceCurves, priceCrossings, priceCurves, priceGrid } from './price-curves.ts';

/** A price at which two curves cross, or why there is none. */
export type PricePoint = Estimate | NotConverged;

/** What a price sensitivity meter shows, in the currency of the answers. */
export type PriceSensitivity = {
	readonly kind: 'price-sensitivity';
	/** Marginal cheapness: below it more people doubt the quality than do not find it a bargain. */
	readonly lowerBound: PricePoint;
	/** Marginal expensiveness: above it more people refuse than do not find it expensive. */
	readonly upperBound: PricePoint;
	/** As many find it expensive as a bargain. */
	readonly indifference: PricePoint;
	/** As many refuse it as too expensive as too cheap. Not where profit is largest. */
	readonly optimal: PricePoint;
	/** The narrower definition of the acceptable range. */
	readonly narrowLowerBound: PricePoint;
	readonly narrowUpperBound: PricePoint;
	readonly curves: PriceCurves;
	/** People whose four prices rise. */
	readonly n: number;
	/** People left out because theirs do not. */
	readonly intransitive: number;
};

/**
 * Between which prices customers find an offer neither suspiciously cheap nor too expensive (Van Westendorp 1976).
 *
 * Curves are shares at or beyond each price anybody named; crossings lie on straight lines between those prices, and of
 * several the lowest counts. Intervals are percentiles of a bootstrap over people. Assumes: 1. people are independent; 2. the
 * order of the questions did not anchor them. It says nothing about how many will buy.
 *
 * @param respondents Four prices each, at least 0.
 * @param draws Bootstrap draws; 1,000 unless given, at least 200.
 * @param seed Makes the bootstrap repeatable.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 20 people with rising prices. A point is `not-converged` when its curves do not cross, or do not in
 * more than a twentieth of the draws.
 *
 * @example
 * const person = (x) => ({ tooCheap: 5 + x, cheap: 8 + x, expensive: 12 + x, tooExpensive: 15 + x })
 * const respondents = Array.from({ length: 40 }, (_, i) => person(i / 2))
 * vanWestendorp({ respondents, seed: 1 }).optimal.value // => 19.5
 * vanWestendorp({ respondents: [], seed: 1 }) // => { kind: 'too-few', n: 0, needed: 20 }
 */
export function vanWestendorp({
	respondents,
	draws = 1000,
	seed,
	level = 0.95,
}: {
	readonly respondents: readonly PriceAnswers[];
	readonly draws?: number;
	readonly seed: number;
	readonly level?: number;
}): PriceSensitivity | TooFew {
	criticalValue(level);
	requireCount('draws', draws, 200);
	const valid = transitiveAnswers(respondents);
	if (valid.length < 20) return tooFew(valid.length, 20);
	const grid = priceGrid(valid);
	const scratch = new Int32Array(4 * grid.prices.length);
	const times = new Int32Array(valid.length).fill(1);
	const plain = priceCrossings(grid, times, scratch);
	const random = new Random(seed);
	const sampled = Array.from(plain, () => new Float64Array(draws));
	for (let draw = 0; draw < draws; draw += 1) {
		times.fill(0);
		for (let i = 0; i < valid.length; i += 1) {
			const person = random.int(valid.length);
			times[person] = (times[person] ?? 0) + 1;
		}
		const points = priceCrossings(grid, times, scratch);
		for (const [k, column] of sampled.entries()) column[draw] = points[k] ?? Number.NaN;
	}
	const point = (k: number): PricePoint => pricePoint(plain[k], sampled[k], valid.length, level);
	return {
		kind: 'price-sensitivity',
		lowerBound: point(0),
		upperBound: point(1),
		indifference: point(2),
		optimal: point(3),
		narrowLowerBound: point(4),
		narrowUpperBound: point(5),
		curves: priceCurves(grid),
		n: valid.length,
		intransitive: respondents.length - valid.length,
	};
}

function pricePoint(value = Number.NaN, sampled = new Float64Array(), n: number, level: number): PricePoint {
	if (Number.isNaN(value)) return notConverged('the curves do not cross');
	const crossed = sampled.filter(price => !Number.isNaN(price)).sort();
	if (crossed.length < 0.95 * sampled.length) {
		return notConverged(`the curves cross in only ${crossed.length} of ${sampled.length} resamples`);
	}
	return estimate({
		value,
		low: Math.min(value, sortedQuantile(crossed, (1 - level) / 2)),
		high: Math.max(value, sortedQuantile(crossed, (1 + level) / 2)),
		n,
		level,
		method: 'price sensitivity meter, percentile bootstrap',
	});
}
