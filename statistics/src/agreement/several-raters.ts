import { type Estimate, estimate, type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { percentileBootstrap } from '../numerics/percentile-bootstrap.ts';
import { criticalValue, normalTwoSided } from '../numerics/special-functions.ts';

/** Ratings as one row per unit, one column per rater, classes by name or number. */
export type Ratings = readonly (readonly (string | number)[])[];

/** Resampling of the interval. */
export type Resampling = {
	/** Resamples; 1,000 unless given, at least 200. */
	readonly draws?: number;
	readonly seed: number;
	/** Confidence, 0.95 unless given. */
	readonly level?: number;
};

/**
 * How far any number of raters agree beyond chance on classes without order (Fleiss 1971).
 *
 * Assumes: 1. units are independent; 2. every unit has the same number of ratings, from raters who need not be the same.
 * The interval is a bootstrap over units; the test against chance that of Fleiss, Nee & Landis 1979.
 *
 * @param ratings One row per unit, at least 10; two ratings or more each.
 * @returns `too-few` below 10 units or when all ratings are one class.
 *
 * @example
 * const ratings = [...Array(6).fill(['a', 'a', 'a']), ...Array(6).fill(['b', 'b', 'a'])]
 * fleissKappa({ ratings, seed: 1 }).value // => 0.25
 */
export function fleissKappa({
	ratings,
	draws = 1000,
	seed,
	level = 0.95,
}: { readonly ratings: Ratings } & Resampling):
	| (Estimate & { readonly statistic: number; readonly pValue: number })
	| TooFew
	| NotConverged {
	criticalValue(level);
	const raters = requireRectangle(ratings);
	if (ratings.length < 10) return tooFew(ratings.length, 10);
	const { counts, classes } = classCounts(ratings);
	const kappa = (times: Int32Array): number | undefined => fleissFigure(counts, classes, raters, times);
	const value = kappa(new Int32Array(ratings.length).fill(1));
	if (value === undefined) return tooFew(ratings.length, ratings.length + 1);
	const interval = percentileBootstrap({ units: ratings.length, statistic: kappa, draws, seed, level });
	if (interval.kind !== 'interval') return interval;
	const statistic = value / Math.sqrt(nullVariance(counts, classes, raters));
	return estimate({
		value,
		low: Math.min(value, interval.low),
		high: Math.max(value, interval.high),
		n: ratings.length,
		level,
		statistic,
		pValue: normalTwoSided(statistic),
		method: "Fleiss' kappa, percentile bootstrap over units",
	});
}

/**
 * Mean of Cohen's kappa over all pairs of raters (Light 1971), for raters who rated every unit.
 *
 * @param ratings One row per unit, at least 10.
 * @returns `too-few` below 10 units or when a pair used one class only.
 *
 * @example
 * const ratings = [...Array(10).fill(['a', 'a']), ...Array(5).fill(['b', 'b']), ...Array(5).fill(['a', 'b'])]
 * lightKappa({ ratings, seed: 1 }).value // => 0.5
 */
export function lightKappa({
	ratings,
	draws = 1000,
	seed,
	level = 0.95,
}: { readonly ratings: Ratings } & Resampling): Estimate | TooFew | NotConverged {
	criticalValue(level);
	const raters = requireRectangle(ratings);
	if (ratings.length < 10) return tooFew(ratings.length, 10);
	const kappa = (times: Int32Array): number | undefined => meanPairKappa(ratings, raters, times);
	const value = kappa(new Int32Array(ratings.length).fill(1));
	if (value === undefined) return tooFew(ratings.length, ratings.length + 1);
	const interval = percentileBootstrap({ units: ratings.length, statistic: kappa, draws, seed, level });
	if (interval.kind !== 'interval') return interval;
	return estimate({
		value,
		low: Math.min(value, interval.low),
		high: Math.max(value, interval.high),
		n: ratings.length,
		level,
		method: "Light's kappa, percentile bootstrap over units",
	});
}

function requireRectangle(ratings: Ratings): number {
	const raters = ratings[0]?.length ?? 2;
	for (const [i, row] of ratings.entries()) {
		if (row.length !== raters || raters < 2) {
			throw new RangeError(`ratings[${i}] must have ${Math.max(2, raters)} ratings, got ${row.length}`);
		}
	}
	return raters;
}

function classCounts(ratings: Ratings): { counts: Int32Array; classes: number } {
	const names = [...new Set(ratings.flat())];
	const position = new Map(names.map((name, k) => [name, k]));
	const counts = new Int32Array(ratings.length * names.length);
	for (const [i, row] of ratings.entries()) {
		for (const rating of row) {
			const at = i * names.length + (position.get(rating) ?? 0);
			counts[at] = (counts[at] ?? 0) + 1;
		}
	}
	return { counts, classes: names.length };
}

function fleissFigure(
	counts: Int32Array,
	classes: number,
	raters: number,
	times: Int32Array,
): number | undefined {
	const totals = new Float64Array(classes);
	let [units, agreeing] = [0, 0];
	for (const [i, weight] of times.entries()) {
		if (weight === 0) continue;
		units += weight;
		for (let k = 0; k < classes; k += 1) {
			const count = counts[i * classes + k] ?? 0;
			agreeing += weight * count * (count - 1);
			totals[k] = (totals[k] ?? 0) + weight * count;
		}
	}
	const observed = agreeing / (units * raters * (raters - 1));
	const chance = totals.reduce((sum, total) => sum + (total / (units * raters)) ** 2, 0);
	return chance < 1 ? (observed - chance) / (1 - chance) : undefined;
}

function nullVariance(counts: Int32Array, classes: number, raters: number): number {
	const units = counts.length / classes;
	let [first, second] = [0, 0];
	for (let k = 0; k < classes; k += 1) {
		let total = 0;
		for (let i = 0; i < units; i += 1) total += counts[i * classes + k] ?? 0;
		const share = total / (units * raters);
		first += share * (1 - share);
		second += share * (1 - share) * (1 - 2 * share);
	}
	return (2 * (first ** 2 - second)) / (first ** 2 * units * raters * (raters - 1));
}

function meanPairKappa(ratings: Ratings, raters: number, times: Int32Array): number | undefined {
	let [sum, pairs] = [0, 0];
	for (let a = 0; a < raters; a += 1) {
		for (let b = a + 1; b < raters; b += 1) {
			const kappa = pairKappa(ratings, a, b, times);
			if (kappa === undefined) return undefined;
			sum += kappa;
			pairs += 1;
		}
	}
	return sum / pairs;
}

function pairKappa(ratings: Ratings, a: number, b: number, times: Int32Array): number | undefined {
	const margins = new Map<string | number, [number, number]>();
	let [units, agreeing] = [0, 0];
	for (const [i, row] of ratings.entries()) {
		const weight = times[i] ?? 0;
		const [first = '', second = ''] = [row[a], row[b]];
		units += weight;
		if (first === second) agreeing += weight;
		for (const [rating, side] of [
			[first, 0],
			[second, 1],
		] as const) {
			const entry = margins.get(rating) ?? [0, 0];
			entry[side] += weight;
			margins.set(rating, entry);
		}
	}
	let chance = 0;
	for (const [first, second] of margins.values()) chance += (first * second) / (units * units);
	return chance < 1 ? (agreeing / units - chance) / (1 - chance) : undefined;
}
