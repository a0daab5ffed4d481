import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { chiSquareUpper, criticalValue, fQuantile } from '../numerics/special-functions.ts';
import { midranks } from '../ranks/midranks.ts';
import { requireNumber } from '../require-argument.ts';

/**
 * Which share of the variation of a single rating is due to the unit rated, when the same raters rated all units and their
 * levels matter: ICC(A,1), two-way random effects, absolute agreement.
 *
 * Assumes: normal effects of units and raters. Source: McGraw & Wong 1996 (Psychological Methods 1), with their interval.
 *
 * @param ratings One row per unit, one column per rater.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 3 units, or when nothing varies.
 *
 * @example
 * intraclassCorrelation({ ratings: [[1, 2], [3, 4], [5, 6], [7, 8]] }).value // => 0.9302...
 */
export function intraclassCorrelation({
	ratings,
	level = 0.95,
}: {
	readonly ratings: readonly (readonly number[])[];
	readonly level?: number;
}): Estimate | TooFew {
	criticalValue(level);
	const { units: n, raters: k } = requireRectangle(ratings);
	if (n < 3) return tooFew(n, 3);
	const { between, raters, error } = meanSquares(ratings, n, k);
	const value = (between - error) / (between + (k - 1) * error + (k / n) * (raters - error));
	if (!Number.isFinite(value)) return tooFew(n, n + 1);
	if (value >= 1) return tooFew(n, n + 1);
	const a = (k * value) / (n * (1 - value));
	const b = 1 + (k * value * (n - 1)) / (n * (1 - value));
	const degrees =
		(a * raters + b * error) ** 2 / ((a * raters) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)));
	const p = (1 + level) / 2;
	const lower = fQuantile(p, n - 1, degrees);
	const upper = fQuantile(p, degrees, n - 1);
	const rest = k * raters + (k * n - k - n) * error;
	return estimate({
		value,
		low: (n * (between - lower * error)) / (lower * rest + n * between),
		high: (n * (upper * between - error)) / (rest + n * upper * between),
		n,
		level,
		method: 'intraclass correlation ICC(A,1)',
	});
}

/** Whether raters order units alike. */
export type Concordance = {
	readonly kind: 'concordance';
	/** Kendall's W, 0 (no common order) to 1 (the same order). */
	readonly value: number;
	readonly chiSquare: number;
	readonly degreesOfFreedom: number;
	/** Against no common order. */
	readonly pValue: number;
	readonly n: number;
	readonly method: string;
};

/**
 * How far several raters put units into the same order (Kendall's W, without correction for ties unless asked).
 *
 * Source: Kendall & Babington Smith 1939; the chi-square test is for 7 units or more.
 *
 * @param ratings One row per unit, one column per rater.
 * @param correctTies Whether to take tied ranks out of the largest possible sum; true unless given.
 * @returns `too-few` below 3 units, or when no rater distinguishes any.
 *
 * @example
 * kendallConcordance({ ratings: [[1, 2, 1], [2, 1, 2], [3, 3, 3]] }).value // => 0.7777...
 */
export function kendallConcordance({
	ratings,
	correctTies = true,
}: {
	readonly ratings: readonly (readonly number[])[];
	readonly correctTies?: boolean;
}): Concordance | TooFew {
	const { units: n, raters: m } = requireRectangle(ratings);
	if (n < 3) return tooFew(n, 3);
	const columns = Array.from({ length: m }, (_, j) => midranks(ratings.map(row => row[j] ?? 0)));
	const sums = ratings.map((_, i) => columns.reduce((sum, ranks) => sum + (ranks[i] ?? 0), 0));
	const mean = (m * (n + 1)) / 2;
	const spread = sums.reduce((sum, x) => sum + (x - mean) ** 2, 0);
	const ties = correctTies ? columns.reduce((sum, ranks) => sum + tieTerm(ranks), 0) : 0;
	const largest = m * m * (n ** 3 - n) - m * ties;
	if (largest <= 0) return tooFew(n, n + 1);
	const value = (12 * spread) / largest;
	const chiSquare = m * (n - 1) * value;
	return {
		kind: 'concordance',
		value,
		chiSquare,
		degreesOfFreedom: n - 1,
		pValue: chiSquareUpper(chiSquare, n - 1),
		n,
		method: "Kendall's W",
	};
}

function requireRectangle(ratings: readonly (readonly number[])[]): { units: number; raters: number } {
	const raters = ratings[0]?.length ?? 2;
	for (const [i, row] of ratings.entries()) {
		if (row.length !== raters || raters < 2) {
			throw new RangeError(`ratings[${i}] must have ${Math.max(2, raters)} ratings, got ${row.length}`);
		}
		for (const rating of row) requireNumber(`ratings[${i}]`, rating);
	}
	return { units: ratings.length, raters };
}

function meanSquares(
	ratings: readonly (readonly number[])[],
	n: number,
	k: number,
): { between: number; raters: number; error: number } {
	const grand = ratings.flat().reduce((sum, x) => sum + x, 0) / (n * k);
	const unitMeans = ratings.map(row => row.reduce((sum, x) => sum + x, 0) / k);
	const raterMeans = Array.from(
		{ length: k },
		(_, j) => ratings.reduce((sum, row) => sum + (row[j] ?? 0), 0) / n,
	);
	const between = (k * unitMeans.reduce((sum, x) => sum + (x - grand) ** 2, 0)) / (n - 1);
	const raters = (n * raterMeans.reduce((sum, x) => sum + (x - grand) ** 2, 0)) / (k - 1);
	const residual = ratings.reduce(
		(sum, row, i) =>
			sum + row.reduce((s, x, j) => s + (x - (unitMeans[i] ?? 0) - (raterMeans[j] ?? 0) + grand) ** 2, 0),
		0,
	);
	return { between, raters, error: residual / ((n - 1) * (k - 1)) };
}

function tieTerm(ranks: ArrayLike<number>): number {
	const sizes = new Map<number, number>();
	for (let i = 0; i < ranks.length; i += 1) sizes.set(ranks[i] ?? 0, (sizes.get(ranks[i] ?? 0) ?? 0) + 1);
	return [...sizes.values()].reduce((sum, size) => sum + size ** 3 - size, 0);
}
