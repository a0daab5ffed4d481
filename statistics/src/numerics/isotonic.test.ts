import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isotonic } from './isotonic.ts';

test('pooling keeps the weighted mean, never falls and leaves a rising sequence alone', () => {
	const points = fc.array(
		fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.1, max: 9, noNaN: true })),
		{
			minLength: 1,
			maxLength: 40,
		},
	);
	fc.assert(
		fc.property(points, pairs => {
			const [values, weights] = [pairs.map(([x]) => x), pairs.map(([, w]) => w)];
			const pooled = isotonic(values, weights);
			const mean = (xs: ArrayLike<number>): number =>
				weights.reduce((sum, w, i) => sum + w * (xs[i] ?? 0), 0);
			expect(mean(pooled)).toBeCloseTo(mean(values), 8);
			pooled.forEach((x, i) => {
				expect(x).toBeGreaterThanOrEqual((pooled[i - 1] ?? x) - 1e-12);
			});
			const rising = [...values].sort((a, b) => a - b);
			expect(Array.from(isotonic(rising, weights))).toEqual(rising);
		}),
		{ seed: 1 },
	);
});
