import { type Estimate, estimate, type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { percentileBootstrap } from '../numerics/percentile-bootstrap.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireNumber } from '../require-argument.ts';
import type { Resampling } from './several-raters.ts';

/** What a difference between two ratings means. */
export type RatingMetric = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/**
 * How far raters agree beyond chance, for any number of raters, gaps included, and ratings of any scale.
 *
 * Assumes: units are independent. A unit with fewer than two ratings tells nothing and is left out. The interval is a
 * percentile bootstrap over units. Source: Krippendorff, "Content Analysis", 3rd ed., ch. 11: one less observed over expected
 * disagreement.
 *
 * @param units Ratings of each unit, numbers; a missing rating is undefined.
 * @param metric Ordinal unless given; ratio needs ratings of at least 0.
 * @returns `too-few` below 10 units with two ratings, or when all ratings are the same.
 *
 * @example
 * const units = [[1, 1], [2, 2], [3, 3], [3, 3], [2, 2], [1, 2], [4, 4], [1, 1], [2, 2], [5, 5]]
 * krippendorffAlpha({ units, metric: 'nominal', seed: 1 }).value // => 0.87417...
 */
export function krippendorffAlpha({
	units,
	metric = 'ordinal',
	draws = 1000,
	seed,
	level = 0.95,
}: {
	readonly units: readonly (readonly (number | undefined)[])[];
	readonly metric?: RatingMetric;
} & Resampling): Estimate | TooFew | NotConverged {
	criticalValue(level);
	const rated = units.flatMap((unit, i) => {
		const ratings = unit.filter(rating => rating !== undefined);
		for (const rating of ratings) requireNumber(`units[${i}]`, rating, metric === 'ratio' ? 0 : undefined);
		return ratings.length >= 2 ? [ratings] : [];
	});
	if (rated.length < 10) return tooFew(rated.length, 10);
	const values = [...new Set(rated.flat())].sort((a, b) => a - b);
	const { patterns, patternOf } = ratingPatterns(rated, values);
	const alpha = (times: Int32Array): number | undefined => {
		const weights = new Float64Array(patterns.length);
		for (const [u, pattern] of patternOf.entries())
			weights[pattern] = (weights[pattern] ?? 0) + (times[u] ?? 0);
		return alphaFigure(patterns, values, metric, weights);
	};
	const value = alpha(new Int32Array(rated.length).fill(1));
	if (value === undefined) return tooFew(rated.length, rated.length + 1);
	const interval = percentileBootstrap({ units: rated.length, statistic: alpha, draws, seed, level });
	if (interval.kind !== 'interval') return interval;
	return estimate({
		value,
		low: Math.min(value, interval.low),
		high: Math.max(value, interval.high),
		n: rated.length,
		level,
		method: `Krippendorff's alpha (${metric}), percentile bootstrap over units`,
	});
}

/** Units rated alike are counted once: how often each value was given, and which of these each unit is. */
function ratingPatterns(
	units: readonly (readonly number[])[],
	values: readonly number[],
): { patterns: number[][]; patternOf: number[] } {
	const position = new Map<string, number>();
	const patterns: number[][] = [];
	const patternOf = units.map(ratings => {
		const counts = values.map(value => ratings.filter(rating => rating === value).length);
		const key = counts.join();
		const known = position.get(key);
		if (known !== undefined) return known;
		position.set(key, patterns.length);
		return patterns.push(counts) - 1;
	});
	return { patterns, patternOf };
}

function alphaFigure(
	patterns: readonly (readonly number[])[],
	values: readonly number[],
	metric: RatingMetric,
	weights: Float64Array,
): number | undefined {
	const totals = values.map((_, c) =>
		patterns.reduce((sum, counts, k) => sum + (weights[k] ?? 0) * (counts[c] ?? 0), 0),
	);
	const n = totals.reduce((sum, total) => sum + total, 0);
	const distance = distances(totals, values, metric);
	let observed = 0;
	for (const [k, counts] of patterns.entries()) {
		const weight = weights[k] ?? 0;
		if (weight === 0) continue;
		const size = counts.reduce((sum, count) => sum + count, 0);
		observed += (weight * pairSum(counts, distance)) / (size - 1);
	}
	const expected = pairSum(totals, distance);
	return expected > 0 ? 1 - ((n - 1) * observed) / expected : undefined;
}

function pairSum(counts: readonly number[], distance: readonly (readonly number[])[]): number {
	let sum = 0;
	for (const [c, first] of counts.entries()) {
		if (first === 0) continue;
		for (let k = c + 1; k < counts.length; k += 1)
			sum += 2 * first * (counts[k] ?? 0) * (distance[c]?.[k] ?? 0);
	}
	return sum;
}

/** Squared differences between values; the ordinal one counts the ratings between them. */
function distances(totals: readonly number[], values: readonly number[], metric: RatingMetric): number[][] {
	const upTo = totals.map((_, c) => totals.slice(0, c + 1).reduce((sum, total) => sum + total, 0));
	return values.map((first, c) =>
		values.map((second, k) => {
			if (c === k) return 0;
			if (metric === 'nominal') return 1;
			if (metric === 'interval') return (first - second) ** 2;
			if (metric === 'ratio') return ((first - second) / (first + second)) ** 2;
			const [low, high] = [Math.min(c, k), Math.max(c, k)];
			const between = (upTo[high] ?? 0) - (upTo[low] ?? 0) + (totals[low] ?? 0);
			return (between - ((totals[c] ?? 0) + (totals[k] ?? 0)) / 2) ** 2;
		}),
	);
}
