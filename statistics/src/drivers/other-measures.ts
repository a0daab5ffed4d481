import { choleskyInverse } from '../numerics/cholesky.ts';
import { symmetricPower } from '../numerics/symmetric-eigen.ts';
import { type Correlations, requireCorrelations } from './correlations.ts';

/** Older ways to look at a driver, one value per driver. None of them splits R² sensibly; they explain, never rank. */
export type OtherMeasures = {
	/** R² of the driver alone. */
	readonly first: number[];
	/** R² lost when the driver leaves the full model. */
	readonly last: number[];
	/** Squared standardised coefficient. */
	readonly betaSquared: number[];
	/** Coefficient times correlation; adds up to R², but can be negative. */
	readonly pratt: number[];
	/** Squared correlation with the whitened driver (CAR score). */
	readonly car: number[];
	/** Correlation with the outcome, the other drivers held constant. */
	readonly partialCorrelation: number[];
	/**
	 * The driver changes sign between correlation and coefficient, or explains next to nothing alone (below 0.01) and
	 * at least three times that in company: it works by correcting the others.
	 */
	readonly suppressor: boolean[];
};

/**
 * First, last, squared beta, Pratt, CAR and partial correlation of every driver, and which drivers are suppressors.
 *
 * Source: Grömping, Journal of Statistical Software 17(1), 2006; Zuber and Strimmer, Statistical Applications in
 * Genetics and Molecular Biology 10(1), 2011 (CAR).
 *
 * @returns undefined when drivers are linearly dependent
 * @throws RangeError when a value is not a correlation
 * @example
 * otherMeasures({ among: [[1, 0], [0, 1]], withOutcome: [0.6, 0.5] })?.last.map(v => v.toFixed(4)) // => ['0.3600', '0.2500']
 */
export function otherMeasures(correlations: Correlations): OtherMeasures | undefined {
	requireCorrelations(correlations);
	const { among, withOutcome } = correlations;
	const inverse = choleskyInverse(among);
	const whitening = symmetricPower(among, -0.5);
	if (inverse === undefined || whitening === undefined) return undefined;
	const times = (row: readonly number[]): number =>
		row.reduce((sum, v, k) => sum + v * (withOutcome[k] ?? 0), 0);
	const beta = inverse.map(times);
	const unexplained = Math.max(0, 1 - beta.reduce((sum, b, j) => sum + b * (withOutcome[j] ?? 0), 0));
	const first = withOutcome.map(r => r * r);
	const last = beta.map((b, j) => (b * b) / (inverse[j]?.[j] ?? 1));
	return {
		first,
		last,
		betaSquared: beta.map(b => b * b),
		pratt: beta.map((b, j) => b * (withOutcome[j] ?? 0)),
		car: whitening.map(row => times(row) ** 2),
		partialCorrelation: beta.map((b, j) => {
			const gain = last[j] ?? 0;
			return gain === 0 ? 0 : Math.sign(b) * Math.sqrt(gain / (gain + unexplained));
		}),
		suppressor: beta.map((b, j) => {
			const alone = first[j] ?? 0;
			const inCompany = last[j] ?? 0;
			return (
				(b * (withOutcome[j] ?? 0) < 0 && inCompany > 1e-6) ||
				(alone < 0.01 && inCompany > 0.01 && inCompany > 3 * alone)
			);
		}),
	};
}
