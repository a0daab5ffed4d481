import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import { type Correlations, requireCorrelations, rSquared } from './correlations.ts';

/** How much of what the drivers explain is one common mood. */
export type CommonFactor = {
	/** Share of all driver variance on the strongest common direction, 1/p…1. */
	readonly varianceShare: number;
	/** R² of the common direction alone. */
	readonly rSquaredOfFactor: number;
	/** R² of all drivers. */
	readonly rSquared: number;
	/** What the drivers explain beyond the common direction. */
	readonly rSquaredBeyond: number;
};

/**
 * Shows R² with and without the first principal component of the drivers: answers of one person in one sitting share a
 * halo, and what only the halo explains cannot be told apart between drivers.
 *
 * Source: Podsakoff et al., "Common method biases in behavioral research", Journal of Applied Psychology 88(5), 2003.
 *
 * @returns undefined when drivers are linearly dependent
 * @example
 * commonFactor({ among: [[1, 0.5], [0.5, 1]], withOutcome: [0.5, 0.5] })?.varianceShare // => 0.75
 */
export function commonFactor(correlations: Correlations): CommonFactor | undefined {
	requireCorrelations(correlations);
	const all = rSquared(correlations);
	if (all === undefined) return undefined;
	const { values, vectors } = symmetricEigen(correlations.among);
	const strongest = values[0] ?? 0;
	const covariance = (vectors[0] ?? []).reduce(
		(sum, v, j) => sum + v * (correlations.withOutcome[j] ?? 0),
		0,
	);
	const ofFactor = (covariance * covariance) / strongest;
	return {
		varianceShare: strongest / values.length,
		rSquaredOfFactor: ofFactor,
		rSquared: all,
		rSquaredBeyond: Math.max(0, all - ofFactor),
	};
}
