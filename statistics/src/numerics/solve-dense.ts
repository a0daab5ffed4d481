import { LuDecomposition, Matrix } from 'ml-matrix';

/**
 * Solves a general square system a x = b by LU decomposition with pivoting.
 *
 * @param a Rows of equal length, as many as columns.
 * @throws RangeError when the matrix is singular.
 *
 * @example
 * solveDense([[0, 2], [4, 0]], [2, 8]) // => [2, 1]
 */
export function solveDense(a: readonly (readonly number[])[], b: readonly number[]): number[] {
	const matrix = new Matrix(a.map(row => [...row]));
	const decomposition = new LuDecomposition(matrix);
	if (decomposition.isSingular()) throw new RangeError(`a must be regular, got a singular ${a.length} rows`);
	return decomposition.solve(Matrix.columnVector([...b])).to1DArray();
}
