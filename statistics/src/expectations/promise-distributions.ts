import { normalPdf, normalQuantile } from '../numerics/special-functions.ts';
import { requireAboveZero, requireNumber } from '../require-argument.ts';

/** A quote worked out from a known distribution, without data and so without an interval. */
export type ModelQuote = {
	readonly kind: 'model';
	readonly quote: number;
	/** Share of promises that would be kept. */
	readonly kept: number;
	/** Cost per order of length and lateness, where costs were given. */
	readonly expectedCost?: number;
	readonly method: string;
};

/**
 * What to promise when times are exponential with a known mean, and length and lateness both cost.
 *
 * quote = mean × ln(latenessCost / lengthCost); at that quote the cost is lengthCost × (quote + mean).
 *
 * @param mean Above 0. @param lengthCost Per unit of time. @param latenessCost Per unit of time late, the larger.
 *
 * @example
 * exponentialQuote({ mean: 10, lengthCost: 1, latenessCost: 10 }).quote // => 23.025850929...
 */
export function exponentialQuote({
	mean,
	lengthCost,
	latenessCost,
}: {
	readonly mean: number;
	readonly lengthCost: number;
	readonly latenessCost: number;
}): ModelQuote {
	requireAboveZero('mean', mean);
	requireAboveZero('lengthCost', lengthCost);
	if (!(latenessCost > lengthCost)) {
		throw new RangeError(`latenessCost must be above lengthCost (${lengthCost}), got ${latenessCost}`);
	}
	const quote = mean * Math.log(latenessCost / lengthCost);
	return {
		kind: 'model',
		quote,
		kept: 1 - lengthCost / latenessCost,
		expectedCost: lengthCost * (quote + mean),
		method: 'exponential time, critical ratio',
	};
}

/**
 * What to promise in a single queue (M/M/1) so that this share is kept: −ln(1 − share) / (serviceRate − arrivalRate).
 *
 * @param arrivalRate Per unit of time, above 0. @param serviceRate Per unit of time, above the arrival rate.
 * @param share 0…1 exclusive.
 *
 * @example
 * queueQuote({ arrivalRate: 0.8, serviceRate: 1, share: 0.9 }).quote // => 11.512925464...
 */
export function queueQuote({
	arrivalRate,
	serviceRate,
	share,
}: {
	readonly arrivalRate: number;
	readonly serviceRate: number;
	readonly share: number;
}): ModelQuote {
	requireAboveZero('arrivalRate', arrivalRate);
	requireShare(share);
	if (!(serviceRate > arrivalRate)) {
		throw new RangeError(`serviceRate must be above arrivalRate (${arrivalRate}), got ${serviceRate}`);
	}
	const quote = -Math.log1p(-share) / (serviceRate - arrivalRate);
	return { kind: 'model', quote, kept: share, method: 'M/M/1 time in system' };
}

/**
 * What to promise when times are normal with known mean and spread, so that this share is kept: mean + z × spread.
 *
 * @param standardDeviation Above 0. @param share 0…1 exclusive.
 *
 * @example
 * normalQuote({ mean: 10, standardDeviation: 3, share: 0.9 }).quote // => 13.844654696...
 */
export function normalQuote({
	mean,
	standardDeviation,
	share,
}: {
	readonly mean: number;
	readonly standardDeviation: number;
	readonly share: number;
}): ModelQuote {
	requireNumber('mean', mean);
	requireAboveZero('standardDeviation', standardDeviation);
	requireShare(share);
	const quote = mean + normalQuantile(share) * standardDeviation;
	return { kind: 'model', quote, kept: share, method: 'normal time' };
}

/** How much to have ready, and what the mismatch with demand costs. */
export type Newsvendor = {
	readonly kind: 'newsvendor';
	readonly criticalRatio: number;
	readonly quantity: number;
	/** Mean demand that cannot be met, and mean quantity left over. */
	readonly unmet: number;
	readonly leftOver: number;
	readonly mismatchCost: number;
	readonly method: string;
};

/**
 * How much to have ready for a demand that is normal, when too little and too much both cost?
 *
 * quantity = mean + z × spread with Φ(z) = shortageCost / (shortageCost + leftOverCost).
 * Source: Arrow, Harris & Marschak, Econometrica 19, 1951.
 *
 * @param standardDeviation Of demand, above 0. @param shortageCost Per unit short. @param leftOverCost Per unit left.
 *
 * @example
 * newsvendor({ mean: 1000, standardDeviation: 200, shortageCost: 40, leftOverCost: 10 }).quantity // => 1168.3242467...
 */
export function newsvendor({
	mean,
	standardDeviation,
	shortageCost,
	leftOverCost,
}: {
	readonly mean: number;
	readonly standardDeviation: number;
	readonly shortageCost: number;
	readonly leftOverCost: number;
}): Newsvendor {
	requireNumber('mean', mean);
	requireAboveZero('standardDeviation', standardDeviation);
	requireAboveZero('shortageCost', shortageCost);
	requireAboveZero('leftOverCost', leftOverCost);
	const criticalRatio = shortageCost / (shortageCost + leftOverCost);
	const z = normalQuantile(criticalRatio);
	const unmet = standardDeviation * (normalPdf(z) - z * (1 - criticalRatio));
	const leftOver = standardDeviation * z + unmet;
	return {
		kind: 'newsvendor',
		criticalRatio,
		quantity: mean + z * standardDeviation,
		unmet,
		leftOver,
		mismatchCost: shortageCost * unmet + leftOverCost * leftOver,
		method: 'newsvendor, normal demand',
	};
}

function requireShare(share: number): void {
	if (!(share > 0 && share < 1)) throw new RangeError(`share must be between 0 and 1, got ${share}`);
}
