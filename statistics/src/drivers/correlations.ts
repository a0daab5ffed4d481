import { choleskySolve, type Rows } from '../numerics/cholesky.ts';
import { type CrossProducts, packedIndex, requireCrossProducts } from './cross-products.ts';

/** Pearson correlations of the drivers among themselves and with the outcome: all that a share of R² depends on. */
export type Correlations = { readonly among: Rows; readonly withOutcome: readonly number[] };

/** Means, standard deviations (divisor: sum of weights) and correlations of columns. */
export type Moments = {
	readonly means: number[];
	readonly standardDeviations: number[];
	readonly correlation: number[][];
};

/**
 * Means, spreads and correlations of all columns.
 *
 * A column without variance gets standard deviation 0 and correlations 0. A column whose mean is more than about
 * 10⁶ standard deviations from 0 loses digits in cross-products: subtract a constant before summing.
 *
 * @example
 * moments({ n: 2, weight: 2, sums: [4, 6], products: [10, 14, 20] }).means // => [2, 3]
 */
export function moments(cross: CrossProducts): Moments {
	const size = cross.sums.length;
	requireCrossProducts(cross, size);
	if (!(cross.weight > 0)) throw new RangeError(`weight must be above 0, got ${cross.weight}`);
	const means = cross.sums.map(sum => sum / cross.weight);
	const covariance = (j: number, k: number): number =>
		(cross.products[packedIndex(j, k, size)] ?? 0) / cross.weight - (means[j] ?? 0) * (means[k] ?? 0);
	const standardDeviations = means.map((mean, j) => {
		const variance = covariance(j, j);
		return variance <= 1e-13 * mean * mean ? 0 : Math.sqrt(variance);
	});
	const correlation = Array.from({ length: size }, () => new Array<number>(size).fill(0));
	for (let j = 0; j < size; j++) {
		for (let k = j; k < size; k++) {
			const scale = (standardDeviations[j] ?? 0) * (standardDeviations[k] ?? 0);
			const value = j === k ? 1 : scale === 0 ? 0 : covariance(j, k) / scale;
			(correlation[j] ?? [])[k] = value;
			(correlation[k] ?? [])[j] = value;
		}
	}
	return { means, standardDeviations, correlation };
}

/**
 * Splits the correlations of all columns into those among drivers and those with the outcome, the last column.
 *
 * @example
 * correlationsOf({ n: 2, weight: 2, sums: [4, 6], products: [10, 14, 20] }).withOutcome // => [1]
 */
export function correlationsOf(cross: CrossProducts): Correlations {
	const { correlation } = moments(cross);
	const outcome = correlation.length - 1;
	return {
		among: correlation.slice(0, outcome).map(row => row.slice(0, outcome)),
		withOutcome: correlation.slice(0, outcome).map(row => row[outcome] ?? 0),
	};
}

/**
 * Standardised regression coefficients: what is shown beside importance, never ranked.
 *
 * @returns one per driver, or undefined when drivers are linearly dependent
 * @example
 * standardisedCoefficients({ among: [[1, 0], [0, 1]], withOutcome: [0.3, 0.4] }) // => [0.3, 0.4]
 */
export function standardisedCoefficients(correlations: Correlations): number[] | undefined {
	requireCorrelations(correlations);
	return choleskySolve(correlations.among, correlations.withOutcome);
}

/**
 * Share of the outcome's variance explained by all drivers together, 0…1.
 *
 * @returns undefined when drivers are linearly dependent
 * @example
 * rSquared({ among: [[1, 0], [0, 1]], withOutcome: [0.3, 0.4] }) // => 0.25
 */
export function rSquared(correlations: Correlations): number | undefined {
	const coefficients = standardisedCoefficients(correlations);
	return coefficients?.reduce((sum, beta, j) => sum + beta * (correlations.withOutcome[j] ?? 0), 0);
}

/**
 * Refuses correlations of the wrong shape or outside −1…1.
 *
 * @throws RangeError naming what does not fit
 * @example
 * requireCorrelations({ among: [[1]], withOutcome: [0.5] }) // => undefined
 */
export function requireCorrelations({ among, withOutcome }: Correlations): void {
	if (withOutcome.length === 0) throw new RangeError('withOutcome must name at least one driver, got 0');
	if (among.length !== withOutcome.length) {
		throw new RangeError(`among must have ${withOutcome.length} rows, got ${among.length}`);
	}
	for (const [i, row] of among.entries()) {
		if (row.length !== among.length) throw new RangeError(`among must be square, got a row of ${row.length}`);
		for (const value of row) {
			if (!(Math.abs(value) <= 1 + 1e-9)) throw new RangeError(`among must hold correlations, got ${value}`);
		}
		if (Math.abs((row[i] ?? 0) - 1) > 1e-9)
			throw new RangeError(`among must have 1 on its diagonal, got ${row[i]}`);
	}
	for (const value of withOutcome) {
		if (!(Math.abs(value) <= 1 + 1e-9))
			throw new RangeError(`withOutcome must hold correlations, got ${value}`);
	}
}
