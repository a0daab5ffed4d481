import { type Correlations, requireCorrelations } from './correlations.ts';
import { subsetRSquared } from './subset-sweep.ts';

/** Dominance of drivers over one another, from strictest to mildest. */
export type Dominance = {
	/**
	 * `complete[j][k]`: 1 when driver j adds at least as much as k to every subset of the others, 0 when k does so
	 * over j, 0.5 when neither (or on the diagonal).
	 */
	readonly complete: number[][];
	/** `conditional[level][j]`: mean gain of driver j over all subsets of `level` other drivers. */
	readonly conditional: number[][];
	/** Mean of the levels: identical to LMG. */
	readonly general: number[];
};

/**
 * Explains a ranking of drivers: does one beat another always, on average at every model size, or only overall?
 *
 * Source: Azen and Budescu, "The dominance analysis approach for comparing predictors in multiple regression",
 * Psychological Methods 8(2), 2003.
 *
 * @param correlations - 1…15 drivers
 * @throws RangeError when there are more than 15 drivers or a value is not a correlation
 * @example
 * dominance({ among: [[1, 0], [0, 1]], withOutcome: [0.6, 0.5] }).complete // => [[0.5, 1], [0, 0.5]]
 */
export function dominance(correlations: Correlations): Dominance {
	requireCorrelations(correlations);
	return dominanceOfSubsets(subsetRSquared(correlations), correlations.withOutcome.length);
}

/**
 * Dominance from any measure of fit of all 2^p subsets (bit j of the index: driver j is in), such as McFadden's.
 *
 * @example
 * dominanceOfSubsets([0, 0.36, 0.25, 0.61], 2).general.map(v => v.toFixed(2)) // => ['0.36', '0.25']
 */
export function dominanceOfSubsets(fits: ArrayLike<number>, drivers: number): Dominance {
	if (fits.length !== 2 ** drivers)
		throw new RangeError(`fits must have ${2 ** drivers} values, got ${fits.length}`);
	const sums = Array.from({ length: drivers }, () => new Array<number>(drivers).fill(0));
	for (let subset = 0; subset < fits.length; subset++) {
		const level = bitCount(subset);
		if (level === drivers) continue;
		const row = sums[level] ?? [];
		for (let j = 0; j < drivers; j++) {
			if (subset & (1 << j)) continue;
			row[j] = (row[j] ?? 0) + (fits[subset | (1 << j)] ?? 0) - (fits[subset] ?? 0);
		}
	}
	// Every driver is outside of C(p−1, level) subsets of that size.
	const conditional = sums.map((row, level) => row.map(sum => sum / binomial(drivers - 1, level)));
	const general = Array.from({ length: drivers }, (_, j) => {
		return conditional.reduce((sum, row) => sum + (row[j] ?? 0), 0) / drivers;
	});
	return { complete: completeDominance(fits, drivers), conditional, general };
}

function completeDominance(fits: ArrayLike<number>, drivers: number): number[][] {
	const complete = Array.from({ length: drivers }, () => new Array<number>(drivers).fill(0.5));
	for (let j = 0; j < drivers; j++) {
		for (let k = j + 1; k < drivers; k++) {
			let always = true;
			let never = true;
			const both = (1 << j) | (1 << k);
			for (let subset = 0; subset < fits.length && (always || never); subset++) {
				if (subset & both) continue;
				const difference = (fits[subset | (1 << j)] ?? 0) - (fits[subset | (1 << k)] ?? 0);
				if (difference < -1e-12) always = false;
				if (difference > 1e-12) never = false;
			}
			const value = always === never ? 0.5 : always ? 1 : 0;
			(complete[j] ?? [])[k] = value;
			(complete[k] ?? [])[j] = 1 - value;
		}
	}
	return complete;
}

function bitCount(subset: number): number {
	let count = 0;
	for (let rest = subset; rest !== 0; rest &= rest - 1) count++;
	return count;
}

function binomial(n: number, k: number): number {
	let value = 1;
	for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
	return value;
}
