import { type Correlations, requireCorrelations } from './correlations.ts';
import { joined, lmgSweep } from './subset-sweep.ts';

/**
 * How much of R² belongs to each driver, averaged over every order in which drivers can enter the model (LMG, the
 * Shapley value of R²). Shares are never negative and add up to R².
 *
 * Assumes
 * 1. the outcome depends on the drivers about linearly;
 * 2. all correlations come from the same complete rows;
 * 3. nothing about cause: importance is a description of this data.
 *
 * Source: Lindeman, Merenda and Gold (1980); Grömping, "Relative importance for linear regression in R",
 * Journal of Statistical Software 17(1), 2006.
 *
 * @param correlations - 1…15 drivers; more throw, use `johnsonWeights` or `owen`
 * @returns one share of R² per driver, in the order given (0…1)
 * @throws RangeError when there are more than 15 drivers or a value is not a correlation
 * @example
 * lmg({ among: [[1, 0], [0, 1]], withOutcome: [0.6, 0.5] }).map(v => v.toFixed(4)) // => ['0.3600', '0.2500']
 */
export function lmg(correlations: Correlations): number[] {
	requireCorrelations(correlations);
	const drivers = correlations.withOutcome.length;
	const out = new Float64Array(drivers);
	lmgSweep(drivers)(joined(correlations), out);
	return [...out];
}
