import { symmetricPower } from '../numerics/symmetric-eigen.ts';
import { type Correlations, requireCorrelations } from './correlations.ts';

/**
 * How much of R² belongs to each driver, by way of the uncorrelated variables nearest to the drivers (Johnson's relative
 * weights, identical to Genizi's measure). Costs one eigen-decomposition, so any number of drivers will do.
 *
 * Assumes the same as `lmg`; the two usually agree to within a few hundredths of R².
 *
 * Source: Johnson, "A heuristic method for estimating the relative weight of predictor variables", Multivariate
 * Behavioral Research 35(1), 2000; Genizi, Statistica Sinica 3, 1993.
 *
 * @returns one share of R² per driver (0…1, adding up to R²), or undefined when drivers are linearly dependent
 * @throws RangeError when a value is not a correlation
 * @example
 * johnsonWeights({ among: [[1, 0], [0, 1]], withOutcome: [0.6, 0.5] })?.map(v => v.toFixed(4)) // => ['0.3600', '0.2500']
 */
export function johnsonWeights(correlations: Correlations): number[] | undefined {
	requireCorrelations(correlations);
	const { among, withOutcome } = correlations;
	const root = symmetricPower(among, 0.5);
	const whitening = symmetricPower(among, -0.5);
	if (root === undefined || whitening === undefined) return undefined;
	const onUncorrelated = whitening.map(row => row.reduce((sum, v, k) => sum + v * (withOutcome[k] ?? 0), 0));
	return root.map(row => row.reduce((sum, v, k) => sum + (v * (onUncorrelated[k] ?? 0)) ** 2, 0));
}
