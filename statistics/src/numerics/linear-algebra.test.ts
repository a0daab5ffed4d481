import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choleskyFactor, choleskyInverse, choleskySolve } from './cholesky.ts';
import { leastSquares } from './least-squares.ts';
import { symmetricEigen, symmetricPower } from './symmetric-eigen.ts';

const positiveDefinite = fc
	.integer({ min: 1, max: 6 })
	.chain(size =>
		fc.array(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: size, maxLength: size }), {
			minLength: size,
			maxLength: size,
		}),
	)
	.map(rows =>
		rows.map((row, i) =>
			rows.map((other, j) => row.reduce((sum, v, k) => sum + v * (other[k] ?? 0), i === j ? 1 : 0)),
		),
	);

const multiply = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
	a.map(row => (b[0] ?? []).map((_, j) => row.reduce((sum, v, k) => sum + v * (b[k]?.[j] ?? 0), 0)));

const expectClose = (
	actual: number[][] | undefined,
	expected: readonly (readonly number[])[],
	digits = 6,
) => {
	expect(actual).toBeDefined();
	expected.forEach((row, i) => {
		row.forEach((value, j) => {
			expect(actual?.[i]?.[j]).toBeCloseTo(value, digits);
		});
	});
};

test('a positive definite matrix times its inverse is the identity, and its factor gives it back', () => {
	fc.assert(
		fc.property(positiveDefinite, a => {
			const identity = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
			expectClose(multiply(a, choleskyInverse(a) ?? []), identity);
			const lower = choleskyFactor(a) ?? [];
			expectClose(
				multiply(
					lower,
					lower.map((_, i) => lower.map(row => row[i] ?? 0)),
				),
				a,
			);
		}),
	);
});

test('a singular or indefinite matrix has no solution rather than a wrong one', () => {
	expect(
		choleskySolve(
			[
				[1, 2],
				[2, 1],
			],
			[1, 1],
		),
	).toBeUndefined();
	expect(
		choleskyInverse([
			[1, 1],
			[1, 1],
		]),
	).toBeUndefined();
});

test('shapes that do not fit are refused by name', () => {
	expect(() => choleskySolve([[1, 0]], [1])).toThrow(RangeError);
	expect(() => choleskySolve([[1]], [1, 2])).toThrow(/b must have 1 values, got 2/);
	expect(() => symmetricEigen([[Number.NaN]])).toThrow(RangeError);
	expect(() => leastSquares([[1]], [1, 2])).toThrow(RangeError);
});

test('eigenvectors rebuild the matrix and come largest value first', () => {
	fc.assert(
		fc.property(positiveDefinite, a => {
			const { values } = symmetricEigen(a);
			expect([...values].sort((p, q) => q - p)).toEqual(values);
			expectClose(symmetricPower(a, 1), a);
			const root = symmetricPower(a, 0.5) ?? [];
			expectClose(multiply(root, root), a);
		}),
	);
});

test('weighted least squares equals the textbook slope, intercept and variance', () => {
	const fit = leastSquares(
		[
			[1, 1],
			[1, 2],
			[1, 4],
			[1, 5],
		],
		[2, 3, 7, 9],
		[1, 2, 1, 2],
	);
	// Closed form: weighted means 19/6 and 33/6, slope = Sxy / Sxx.
	const meanX = 19 / 6;
	const meanY = 33 / 6;
	const sxy = [
		[1, 2, 1],
		[2, 3, 2],
		[4, 7, 1],
		[5, 9, 2],
	].reduce((s, [x = 0, y = 0, w = 0]) => s + w * (x - meanX) * (y - meanY), 0);
	const sxx = [
		[1, 1],
		[2, 2],
		[4, 1],
		[5, 2],
	].reduce((s, [x = 0, w = 0]) => s + w * (x - meanX) ** 2, 0);
	expect(fit?.coefficients[1]).toBeCloseTo(sxy / sxx, 10);
	expect(fit?.coefficients[0]).toBeCloseTo(meanY - (sxy / sxx) * meanX, 10);
	expect(fit?.unscaledCovariance[1]?.[1]).toBeCloseTo(1 / sxx, 10);
	expect(fit?.degreesOfFreedom).toBe(2);
});

test('a column that repeats another is reported as no fit', () => {
	expect(
		leastSquares(
			[
				[1, 2, 4],
				[1, 3, 6],
				[1, 5, 10],
				[1, 7, 14],
			],
			[1, 2, 3, 4],
		),
	).toBeUndefined();
});
