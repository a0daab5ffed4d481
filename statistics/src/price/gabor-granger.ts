import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { isotonic } from '../numerics/isotonic.ts';
import { sortedQuantile } from '../numerics/quantile.ts';
import { Random } from '../numerics/random.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';

/** One tested price: how many were asked and how many would buy. */
export type TestedPrice = { readonly price: number; readonly asked: number; readonly willing: number };

/** Demand along the tested prices, and the price that earns most. */
export type GaborGranger = {
	readonly kind: 'demand';
	/** Share willing at each tested price, never rising with the price. */
	readonly demand: readonly (Estimate & { readonly price: number })[];
	/** Price with the largest earnings, between the lowest and the highest tested. */
	readonly bestPrice: Estimate;
	/** Earnings per person there: (price − unit cost) × share. */
	readonly earnings: Estimate;
};

/**
 * What share would buy at each price, and which price earns most, when each person was asked at one price or answers at
 * different prices may be treated as independent (Gabor & Granger 1966).
 *
 * Demand is the nearest never-rising sequence (pool adjacent violators), straight between tested prices and never extended
 * beyond them. Intervals are percentiles of draws from the posterior of each share (Jeffreys), so that a share of 0 or 1 still
 * has a width. Stated intent is inflated: give `calibration` where you know it.
 *
 * @param tested At least two different prices, at least 0.
 * @param unitCost Cost of one unit; 0 unless given (earnings are then revenue).
 * @param calibration Share of the willing who really buy, above 0 to 1; 1 unless given.
 * @param draws Posterior draws; 2,000 unless given, at least 200.
 * @param seed Makes the draws repeatable.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` with fewer than two tested prices (n and needed count prices with answers).
 *
 * @example
 * const tested = [
 *   { price: 10, asked: 100, willing: 80 },
 *   { price: 15, asked: 100, willing: 60 },
 *   { price: 20, asked: 100, willing: 30 },
 * ]
 * gaborGranger({ tested, seed: 1 }).bestPrice.value // => 15
 * gaborGranger({ tested, seed: 1 }).earnings.value // => 9
 */
export function gaborGranger({
	tested,
	unitCost = 0,
	calibration = 1,
	draws = 2000,
	seed,
	level = 0.95,
}: {
	readonly tested: readonly TestedPrice[];
	readonly unitCost?: number;
	readonly calibration?: number;
	readonly draws?: number;
	readonly seed: number;
	readonly level?: number;
}): GaborGranger | TooFew {
	const levels = checked(tested);
	if (levels.length < 2) return tooFew(levels.length, 2);
	const asked = levels.map(level => level.asked);
	return demandFrom({
		levels,
		shares: levels.map(({ willing, asked: n }) => willing / n),
		drawShares: random =>
			levels.map(({ willing, asked: n }) => random.beta(willing + 0.5, n - willing + 0.5)),
		weights: asked,
		unitCost,
		calibration,
		draws,
		seed,
		level,
	});
}

/**
 * As {@link gaborGranger} when every person climbed the ladder of prices: how many stopped at each.
 *
 * One person's answers hang together, so whole people are drawn (a Dirichlet posterior on where they stop).
 *
 * @param stops Per tested price, how many accepted it but none above; ascending prices.
 * @param refused How many accepted none.
 *
 * @example
 * const stops = [{ price: 10, people: 20 }, { price: 15, people: 30 }, { price: 20, people: 30 }]
 * gaborGrangerLadder({ stops, refused: 20, seed: 1 }).demand[1].value // => 0.6
 * gaborGrangerLadder({ stops, refused: 20, seed: 1 }).bestPrice.value // => 15
 */
export function gaborGrangerLadder({
	stops,
	refused,
	unitCost = 0,
	calibration = 1,
	draws = 2000,
	seed,
	level = 0.95,
}: {
	readonly stops: readonly { readonly price: number; readonly people: number }[];
	readonly refused: number;
	readonly unitCost?: number;
	readonly calibration?: number;
	readonly draws?: number;
	readonly seed: number;
	readonly level?: number;
}): GaborGranger | TooFew {
	const n = stops.reduce(
		(sum, { people }, i) => sum + requireCount(`stops[${i}].people`, people),
		requireCount('refused', refused),
	);
	if (n === 0) return tooFew(0, 1);
	const accepting = (people: readonly number[]): number[] =>
		people.map((_, i) => people.slice(i).reduce((sum, x) => sum + x, 0));
	const willing = accepting(stops.map(stop => stop.people));
	const levels = checked(stops.map(({ price }, i) => ({ price, asked: n, willing: willing[i] ?? 0 })));
	if (levels.length < 2) return tooFew(levels.length, 2);
	// A half in total, spread over the outcomes, keeps the prior weak however many prices there are.
	const prior = 0.5 / (stops.length + 1);
	return demandFrom({
		levels,
		shares: levels.map(({ willing: count }) => count / n),
		drawShares: random => {
			const gammas = [
				...stops.map(({ people }) => random.gamma(people + prior)),
				random.gamma(refused + prior),
			];
			const total = gammas.reduce((sum, x) => sum + x, 0);
			return accepting(gammas.slice(0, -1)).map(x => x / total);
		},
		weights: levels.map(() => 1),
		unitCost,
		calibration,
		draws,
		seed,
		level,
	});
}

/**
 * The price between the lowest and the highest tested at which (price − unit cost) × share is largest, demand being
 * straight between tested prices; the lowest such price.
 *
 * @example
 * bestPriceOf([10, 20], [0.8, 0.2], 0) // => { price: 11.6666..., earnings: 8.1666... }
 */
export function bestPriceOf(
	prices: readonly number[],
	shares: ArrayLike<number>,
	unitCost: number,
): { price: number; earnings: number } {
	let best = { price: prices[0] ?? 0, earnings: ((prices[0] ?? 0) - unitCost) * (shares[0] ?? 0) };
	const consider = (price: number, share: number): void => {
		const earnings = (price - unitCost) * share;
		if (earnings > best.earnings) best = { price, earnings };
	};
	for (let i = 1; i < prices.length; i += 1) {
		const [from, to] = [prices[i - 1] ?? 0, prices[i] ?? 0];
		const [high, low] = [shares[i - 1] ?? 0, shares[i] ?? 0];
		const slope = (low - high) / (to - from);
		// Top of the parabola (p − cost)(high + slope·(p − from)).
		const top = slope < 0 ? (from - high / slope + unitCost) / 2 : from;
		if (top > from && top < to) consider(top, high + slope * (top - from));
		consider(to, low);
	}
	return best;
}

function checked(tested: readonly TestedPrice[]): TestedPrice[] {
	const levels = tested.filter(({ price, asked, willing }, i) => {
		requireNumber(`tested[${i}].price`, price, 0);
		requireCount(`tested[${i}].asked`, asked);
		requireCount(`tested[${i}].willing`, willing);
		if (willing > asked)
			throw new RangeError(`tested[${i}].willing must be at most ${asked}, got ${willing}`);
		return asked > 0;
	});
	for (let i = 1; i < levels.length; i += 1) {
		const [before, here] = [levels[i - 1]?.price ?? 0, levels[i]?.price ?? 0];
		if (!(before < here)) throw new RangeError(`tested prices must rise, got ${before} before ${here}`);
	}
	return levels;
}

function demandFrom({
	levels,
	shares,
	drawShares,
	weights,
	unitCost,
	calibration,
	draws,
	seed,
	level,
}: {
	readonly levels: readonly TestedPrice[];
	readonly shares: readonly number[];
	readonly drawShares: (random: Random) => number[];
	readonly weights: readonly number[];
	readonly unitCost: number;
	readonly calibration: number;
	readonly draws: number;
	readonly seed: number;
	readonly level: number;
}): GaborGranger {
	criticalValue(level);
	requireNumber('unitCost', unitCost, 0);
	requireNumber('calibration', calibration, Number.MIN_VALUE, 1);
	requireCount('draws', draws, 200);
	const prices = levels.map(({ price }) => price);
	const reversedWeights = [...weights].reverse();
	const demandOf = (raw: readonly number[]): Float64Array =>
		isotonic([...raw].reverse(), reversedWeights)
			.reverse()
			.map(share => share * calibration);
	const demand = demandOf(shares);
	const best = bestPriceOf(prices, demand, unitCost);
	const random = new Random(seed);
	const sampled = Array.from({ length: draws }, () => {
		const drawn = demandOf(drawShares(random));
		return { drawn, ...bestPriceOf(prices, drawn, unitCost) };
	});
	const n = levels.reduce((most, { asked }) => Math.max(most, asked), 0);
	const figure = (
		value: number,
		read: (draw: (typeof sampled)[number]) => number,
		size: number,
	): Estimate => {
		const sorted = Float64Array.from(sampled, read).sort();
		return estimate({
			value,
			low: Math.min(value, sortedQuantile(sorted, (1 - level) / 2)),
			high: Math.max(value, sortedQuantile(sorted, (1 + level) / 2)),
			n: size,
			level,
			method: 'Gabor–Granger, isotonic demand, posterior draws',
		});
	};
	return {
		kind: 'demand',
		demand: levels.map(({ price, asked }, i) => ({
			price,
			...figure(demand[i] ?? 0, draw => draw.drawn[i] ?? 0, asked),
		})),
		bestPrice: figure(best.price, draw => draw.price, n),
		earnings: figure(best.earnings, draw => draw.earnings, n),
	};
}
