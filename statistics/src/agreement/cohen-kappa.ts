import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, normalTwoSided } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';

/** How much two raters' distance counts. */
export type KappaWeights = 'unweighted' | 'linear' | 'squared';

/** Agreement of two raters beyond chance. */
export type KappaEstimate = Estimate & {
	readonly standardError: number;
	/** Against no agreement beyond chance, two-sided. */
	readonly pValue: number;
};

/**
 * How far two raters agree beyond what chance would bring, 1 at most.
 *
 * Assumes: 1. cases are independent; 2. raters judge independently. Large-sample interval of Fleiss, Cohen & Everitt 1969
 * (Psychological Bulletin 72). Depends on how frequent the classes are: show the table with it.
 *
 * @param table Cases by class from the first (row) and second rater (column), square.
 * @param weights Whether near misses count less (classes in order).
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 10 cases, or when both raters used one and the same class only.
 *
 * @example
 * cohenKappa({ table: [[20, 5], [10, 15]] }).value // => 0.4
 */
export function cohenKappa({
	table,
	weights = 'unweighted',
	level = 0.95,
}: {
	readonly table: readonly (readonly number[])[];
	readonly weights?: KappaWeights;
	readonly level?: number;
}): KappaEstimate | TooFew {
	const z = criticalValue(level);
	const classes = table.length;
	let n = 0;
	for (const row of table) {
		if (row.length !== classes)
			throw new RangeError(`table must be square with ${classes} columns, got ${row.length}`);
		for (const count of row) n += requireCount('count', count);
	}
	if (n < 10) return tooFew(n, 10);
	const rows = table.map(row => row.reduce((sum, count) => sum + count, 0) / n);
	const columns = table.map((_, j) => table.reduce((sum, row) => sum + (row[j] ?? 0), 0) / n);
	const weight = (i: number, j: number): number => agreementWeight(weights, i, j, classes);
	let [observed, expected] = [0, 0];
	for (let i = 0; i < classes; i += 1) {
		for (let j = 0; j < classes; j += 1) {
			observed += weight(i, j) * ((table[i]?.[j] ?? 0) / n);
			expected += weight(i, j) * (rows[i] ?? 0) * (columns[j] ?? 0);
		}
	}
	if (expected >= 1) return tooFew(n, n + 1);
	const value = (observed - expected) / (1 - expected);
	const rowMeans = rows.map((_, i) => columns.reduce((sum, share, j) => sum + weight(i, j) * share, 0));
	const columnMeans = columns.map((_, j) => rows.reduce((sum, share, i) => sum + weight(i, j) * share, 0));
	let [spread, nullSpread] = [0, 0];
	for (let i = 0; i < classes; i += 1) {
		for (let j = 0; j < classes; j += 1) {
			const mean = (rowMeans[i] ?? 0) + (columnMeans[j] ?? 0);
			spread += ((table[i]?.[j] ?? 0) / n) * (weight(i, j) - mean * (1 - value)) ** 2;
			nullSpread += (rows[i] ?? 0) * (columns[j] ?? 0) * (weight(i, j) - mean) ** 2;
		}
	}
	const variance = (spread - (value - expected * (1 - value)) ** 2) / (n * (1 - expected) ** 2);
	const nullVariance = (nullSpread - expected ** 2) / (n * (1 - expected) ** 2);
	const standardError = Math.sqrt(Math.max(0, variance));
	return estimate({
		value,
		low: Math.max(-1, value - z * standardError),
		high: Math.min(1, value + z * standardError),
		n,
		level,
		standardError,
		pValue: nullVariance > 0 ? normalTwoSided(value / Math.sqrt(nullVariance)) : 1,
		method: weights === 'unweighted' ? "Cohen's kappa" : `Cohen's kappa, ${weights} weights`,
	});
}

function agreementWeight(weights: KappaWeights, i: number, j: number, classes: number): number {
	if (weights === 'unweighted') return i === j ? 1 : 0;
	const distance = Math.abs(i - j) / (classes - 1);
	return 1 - (weights === 'linear' ? distance : distance ** 2);
}
