import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** A square or rectangular matrix as rows of equal length. */
export type Rows = readonly (readonly number[])[];

/**
 * Solves `a x = b` for a symmetric positive definite `a`.
 *
 * @param a - symmetric matrix, as rows
 * @param b - right-hand side, as long as `a`
 * @returns x, or undefined when `a` is not positive definite to working precision
 * @throws RangeError when the shapes disagree
 * @example
 * choleskySolve([[4, 2], [2, 3]], [2, 3]) // => [0, 1]
 */
export function choleskySolve(a: Rows, b: readonly number[]): number[] | undefined {
	requireSquare(a);
	if (b.length !== a.length) throw new RangeError(`b must have ${a.length} values, got ${b.length}`);
	const factor = factorise(a);
	return factor?.solve(Matrix.columnVector([...b])).to1DArray();
}

/**
 * Inverse of a symmetric positive definite matrix: the covariance that belongs to an information matrix.
 *
 * @param a - symmetric matrix, as rows
 * @returns the inverse as rows, or undefined when `a` is not positive definite to working precision
 * @example
 * choleskyInverse([[2, 0], [0, 4]]) // => [[0.5, 0], [0, 0.25]]
 */
export function choleskyInverse(a: Rows): number[][] | undefined {
	requireSquare(a);
	const factor = factorise(a);
	return factor?.solve(Matrix.eye(a.length, a.length)).to2DArray();
}

/**
 * Lower triangular L with `L L' = a`: turns independent normal draws into draws with covariance `a`.
 *
 * @param a - symmetric matrix, as rows
 * @returns L as rows, or undefined when `a` is not positive definite to working precision
 * @example
 * choleskyFactor([[4, 2], [2, 5]]) // => [[2, 0], [1, 2]]
 */
export function choleskyFactor(a: Rows): number[][] | undefined {
	requireSquare(a);
	return factorise(a)?.lowerTriangularMatrix.to2DArray();
}

function requireSquare(a: Rows): void {
	if (a.length === 0) throw new RangeError('a must have at least one row, got 0');
	for (const row of a) {
		if (row.length !== a.length) {
			throw new RangeError(`a must be square with ${a.length} columns, got a row of ${row.length}`);
		}
	}
}

/** A pivot this far below its own diagonal entry is rounding, not information. */
const relativePivot = 1e-13;

function factorise(a: Rows): CholeskyDecomposition | undefined {
	const matrix = new Matrix(a.length, a.length);
	for (let i = 0; i < a.length; i++) {
		for (let j = 0; j <= i; j++) {
			// Averaging makes the matrix exactly symmetric, which the decomposition insists on.
			const value = ((a[i]?.[j] ?? Number.NaN) + (a[j]?.[i] ?? Number.NaN)) / 2;
			if (!Number.isFinite(value))
				throw new RangeError(`a must hold finite numbers, got ${value} at ${i},${j}`);
			matrix.set(i, j, value);
			matrix.set(j, i, value);
		}
	}
	const factor = new CholeskyDecomposition(matrix);
	if (!factor.isPositiveDefinite()) return undefined;
	const lower = factor.lowerTriangularMatrix;
	for (let i = 0; i < a.length; i++) {
		if (lower.get(i, i) ** 2 <= relativePivot * matrix.get(i, i)) return undefined;
	}
	return factor;
}
