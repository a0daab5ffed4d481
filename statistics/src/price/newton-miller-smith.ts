import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { sortedQuantile } from '../numerics/quantile.ts';
import { Random } from '../numerics/random.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';
import { type IntentAnswers, transitiveAnswers } from './price-answers.ts';
import { priceGrid } from './price-curves.ts';

/** Where reach and revenue are largest. */
export type PriceReach = {
	readonly kind: 'price-reach';
	/** Price with the most buyers. */
	readonly reachPrice: Estimate;
	/** Share who would buy there, 0…1. */
	readonly reach: Estimate;
	/** Price with the most revenue per person. */
	readonly revenuePrice: Estimate;
	/** Revenue per person asked there. */
	readonly revenue: Estimate;
	readonly prices: Float64Array;
	/** Share who would buy at each price, 0…1. */
	readonly reachCurve: Float64Array;
	/** People whose four prices rise. */
	readonly n: number;
	readonly intransitive: number;
};

/**
 * How many would buy at each price, and where revenue is largest (Newton, Miller & Smith 1993).
 *
 * Each person's chance of buying is 0 at the too cheap and the too expensive price, the calibrated intent at the cheap and
 * the expensive one, and straight in between; reach is the mean chance, revenue price times reach. The best prices are sought
 * among those that were named. Intervals are percentiles of a bootstrap over people; a maximum is biased upwards by being one.
 *
 * @param respondents Four prices and two intents each.
 * @param calibration Chance of buying per point of the intent scale; 5…1 → 0.7, 0.5, 0.3, 0.1, 0 unless given.
 * @param draws Bootstrap draws; 500 unless given, at least 200.
 * @param seed Makes the bootstrap repeatable.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 20 people with rising prices.
 *
 * @example
 * const person = (x) => ({ tooCheap: 5 + x, cheap: 8 + x, expensive: 12 + x, tooExpensive: 15 + x, intentCheap: 5, intentExpensive: 3 })
 * const respondents = Array.from({ length: 40 }, () => person(0))
 * newtonMillerSmith({ respondents, seed: 1 }).reachPrice.value // => 8
 * newtonMillerSmith({ respondents, seed: 1 }).reach.value // => 0.7
 */
export function newtonMillerSmith({
	respondents,
	calibration = { 5: 0.7, 4: 0.5, 3: 0.3, 2: 0.1, 1: 0 },
	draws = 500,
	seed,
	level = 0.95,
}: {
	readonly respondents: readonly IntentAnswers[];
	readonly calibration?: Readonly<Record<number, number>>;
	readonly draws?: number;
	readonly seed: number;
	readonly level?: number;
}): PriceReach | TooFew {
	criticalValue(level);
	requireCount('draws', draws, 200);
	const valid = transitiveAnswers(respondents);
	if (valid.length < 20) return tooFew(valid.length, 20);
	const { prices } = priceGrid(valid);
	const chances = valid.map(person => purchaseChances(person, prices, calibration));
	const random = new Random(seed);
	const once = new Int32Array(valid.length).fill(1);
	const best = bestPrices(chances, prices, once);
	const sampled = Array.from({ length: draws }, () => {
		const times = new Int32Array(valid.length);
		for (let i = 0; i < valid.length; i += 1) {
			const person = random.int(valid.length);
			times[person] = (times[person] ?? 0) + 1;
		}
		return bestPrices(chances, prices, times);
	});
	const figure = (read: (best: BestPrices) => number, method: string): Estimate => {
		const sorted = Float64Array.from(sampled, read).sort();
		const value = read(best);
		return estimate({
			value,
			low: Math.min(value, sortedQuantile(sorted, (1 - level) / 2)),
			high: Math.max(value, sortedQuantile(sorted, (1 + level) / 2)),
			n: valid.length,
			level,
			method: `Newton–Miller–Smith ${method}, percentile bootstrap`,
		});
	};
	return {
		kind: 'price-reach',
		reachPrice: figure(best => best.reachPrice, 'price of largest reach'),
		reach: figure(best => best.reach, 'largest reach'),
		revenuePrice: figure(best => best.revenuePrice, 'price of largest revenue'),
		revenue: figure(best => best.revenue, 'largest revenue'),
		prices,
		reachCurve: meanChances(chances, prices.length, once),
		n: valid.length,
		intransitive: respondents.length - valid.length,
	};
}

type BestPrices = { reachPrice: number; reach: number; revenuePrice: number; revenue: number };

function bestPrices(chances: readonly Float64Array[], prices: Float64Array, times: Int32Array): BestPrices {
	const best = { reachPrice: 0, reach: -1, revenuePrice: 0, revenue: -1 };
	meanChances(chances, prices.length, times).forEach((reach, i) => {
		const price = prices[i] ?? 0;
		if (reach > best.reach) {
			best.reach = reach;
			best.reachPrice = price;
		}
		if (price * reach > best.revenue) {
			best.revenue = price * reach;
			best.revenuePrice = price;
		}
	});
	return best;
}

function meanChances(chances: readonly Float64Array[], size: number, times: Int32Array): Float64Array {
	const sums = new Float64Array(size);
	for (const [person, row] of chances.entries()) {
		const weight = times[person] ?? 0;
		if (weight === 0) continue;
		for (let i = 0; i < size; i += 1) sums[i] = (sums[i] ?? 0) + weight * (row[i] ?? 0);
	}
	return sums.map(sum => sum / chances.length);
}

/** One person's chance of buying at each price of the grid. */
function purchaseChances(
	person: IntentAnswers,
	prices: Float64Array,
	calibration: Readonly<Record<number, number>>,
): Float64Array {
	const chance = (intent: number): number => {
		const calibrated = calibration[intent];
		if (calibrated === undefined) throw new RangeError(`intent must be a point of the scale, got ${intent}`);
		return requireNumber('calibration', calibrated, 0, 1);
	};
	const knots: [number, number][] = [
		[person.tooCheap, 0],
		[person.cheap, chance(person.intentCheap)],
		[person.expensive, chance(person.intentExpensive)],
		[person.tooExpensive, 0],
	];
	return prices.map(price => {
		for (let k = 1; k < knots.length; k += 1) {
			const [from, at] = knots[k - 1] ?? [0, 0];
			const [to, next] = knots[k] ?? [0, 0];
			if (price >= from && price <= to) return at + ((next - at) * (price - from)) / (to - from);
		}
		return 0;
	});
}
