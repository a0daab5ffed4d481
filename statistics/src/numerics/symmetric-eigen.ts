import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Rows } from './cholesky.ts';

/** `values` from large to small; `vectors[k]` is the unit vector that belongs to `values[k]`. */
export type SymmetricEigen = { readonly values: number[]; readonly vectors: number[][] };

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, largest first.
 *
 * @param a - symmetric matrix, as rows; only its symmetric part is used
 * @throws RangeError when `a` is not square or holds something that is not a finite number
 * @example
 * symmetricEigen([[2, 0], [0, 5]]).values // => [5, 2]
 */
export function symmetricEigen(a: Rows): SymmetricEigen {
	const size = a.length;
	const matrix = new Matrix(size, size);
	for (let i = 0; i < size; i++) {
		if (a[i]?.length !== size)
			throw new RangeError(`a must be square, got a row of ${a[i]?.length} in ${size} rows`);
		for (let j = 0; j < size; j++) {
			const value = ((a[i]?.[j] ?? Number.NaN) + (a[j]?.[i] ?? Number.NaN)) / 2;
			if (!Number.isFinite(value))
				throw new RangeError(`a must hold finite numbers, got ${value} at ${i},${j}`);
			matrix.set(i, j, value);
		}
	}
	const decomposition = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
	const found = decomposition.realEigenvalues;
	const order = found.map((_, k) => k).sort((p, q) => (found[q] ?? 0) - (found[p] ?? 0));
	return {
		values: order.map(k => found[k] ?? 0),
		vectors: order.map(k => decomposition.eigenvectorMatrix.getColumn(k)),
	};
}

/**
 * Symmetric matrix power through the eigenvalues: `0.5` gives the square root, `-0.5` whitens.
 *
 * @param a - symmetric positive definite matrix, as rows
 * @param exponent - any real number
 * @returns the power as rows, or undefined when an eigenvalue is not clearly above zero
 * @example
 * symmetricPower([[4, 0], [0, 9]], 0.5) // => [[2, 0], [0, 3]]
 */
export function symmetricPower(a: Rows, exponent: number): number[][] | undefined {
	const { values, vectors } = symmetricEigen(a);
	const largest = values[0] ?? 0;
	if (values.some(value => value <= largest * 1e-13)) return undefined;
	const size = a.length;
	const power = Array.from({ length: size }, () => new Array<number>(size).fill(0));
	for (let k = 0; k < size; k++) {
		const scale = (values[k] ?? 0) ** exponent;
		const vector = vectors[k] ?? [];
		for (let i = 0; i < size; i++) {
			const row = power[i] ?? [];
			for (let j = 0; j < size; j++) row[j] = (row[j] ?? 0) + scale * (vector[i] ?? 0) * (vector[j] ?? 0);
		}
	}
	return power;
}
