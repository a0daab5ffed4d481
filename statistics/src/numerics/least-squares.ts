import { Matrix, QrDecomposition, solve } from 'ml-matrix';
import type { Rows } from './cholesky.ts';

/** A fitted linear model. `unscaledCovariance` times the residual variance is the covariance of the coefficients. */
export type LeastSquares = {
	readonly coefficients: number[];
	readonly fitted: number[];
	readonly residuals: number[];
	readonly residualSumOfSquares: number;
	readonly degreesOfFreedom: number;
	readonly unscaledCovariance: number[][];
};

/**
 * Ordinary or weighted least squares by QR, which keeps the digits that normal equations lose.
 *
 * @param design - one row per observation; put a 1 in the first column for an intercept
 * @param outcome - one value per row
 * @param weights - optional non-negative weights, one per row
 * @returns the fit, or undefined when the columns are linearly dependent or there are fewer rows than columns
 * @throws RangeError when the shapes disagree or a weight is negative
 * @example
 * leastSquares([[1, 0], [1, 1], [1, 2]], [1, 3, 5])?.coefficients.map(c => Math.round(c)) // => [1, 2]
 */
export function leastSquares(
	design: Rows,
	outcome: readonly number[],
	weights?: readonly number[],
): LeastSquares | undefined {
	const n = design.length;
	const columns = design[0]?.length ?? 0;
	if (outcome.length !== n) throw new RangeError(`outcome must have ${n} values, got ${outcome.length}`);
	if (weights !== undefined && weights.length !== n) {
		throw new RangeError(`weights must have ${n} values, got ${weights.length}`);
	}
	if (n < columns || columns === 0) return undefined;
	const x = new Matrix(n, columns);
	const y = new Matrix(n, 1);
	for (let i = 0; i < n; i++) {
		const row = design[i] ?? [];
		if (row.length !== columns)
			throw new RangeError(`design row ${i} must have ${columns} values, got ${row.length}`);
		const weight = weights?.[i] ?? 1;
		if (!(weight >= 0)) throw new RangeError(`weights must be 0 or more, got ${weight}`);
		const root = Math.sqrt(weight);
		for (let j = 0; j < columns; j++) x.set(i, j, (row[j] ?? Number.NaN) * root);
		y.set(i, 0, (outcome[i] ?? Number.NaN) * root);
	}
	const qr = new QrDecomposition(x);
	const upper = qr.upperTriangularMatrix;
	if (!hasFullRank(x, upper)) return undefined;
	const coefficients = qr.solve(y).to1DArray();
	const inverse = solve(upper, Matrix.eye(columns, columns));
	const fitted = design.map(row => row.reduce((sum, value, j) => sum + value * (coefficients[j] ?? 0), 0));
	const residuals = fitted.map((value, i) => (outcome[i] ?? 0) - value);
	return {
		coefficients,
		fitted,
		residuals,
		residualSumOfSquares: residuals.reduce((sum, value, i) => sum + (weights?.[i] ?? 1) * value * value, 0),
		degreesOfFreedom: n - columns,
		unscaledCovariance: inverse.mmul(inverse.transpose()).to2DArray(),
	};
}

/** A diagonal of R that is tiny against its own column says the column adds nothing the others do not say. */
function hasFullRank(x: Matrix, upper: Matrix): boolean {
	for (let j = 0; j < x.columns; j++) {
		let length = 0;
		for (let i = 0; i < x.rows; i++) length += x.get(i, j) ** 2;
		if (!(Math.abs(upper.get(j, j)) > 1e-10 * Math.sqrt(length))) return false;
	}
	return true;
}
