import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binomialCdf } from '../numerics/special-functions.ts';
import { funnelLimits } from './funnel-limits.ts';

const limits = (centre: number, n: number, level: number) => {
	const answer = funnelLimits({ centre, n, level });
	if (answer.kind !== 'limits') throw new Error('expected limits');
	return answer;
};
const anyCentre = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const anySize = fc.integer({ min: 1, max: 5_000 });
const anyLevel = fc.constantFrom(0.95, 0.998);

describe('the limits of a funnel plot', () => {
	// By hand: P(R ≤ 1) = 11/1024 and P(R ≤ 2) = 56/1024 of ten fair throws, so the limit is 2 − (56/1024 − 0.025) / (45/1024).
	test('lie between the counts that the exact tails name', () => {
		expect(limits(0.5, 10, 0.95).low).toBeCloseTo((2 - (56 / 1024 - 0.025) / (45 / 1024)) / 10, 12);
	});

	test('do not blame or praise a group of one', () => {
		expect(limits(0.9, 1, 0.998)).toMatchObject({ low: 0, high: 1 });
	});

	test('come close to the normal ones in a large group', () => {
		const { low, high } = limits(0.9, 100_000, 0.95);
		const half = 1.959964 * Math.sqrt((0.9 * 0.1) / 100_000);
		expect(low).toBeCloseTo(0.9 - half, 4);
		expect(high).toBeCloseTo(0.9 + half, 4);
	});

	test('say beyond exactly where the tail is below half of what the level leaves', () => {
		fc.assert(
			fc.property(
				anyCentre,
				anySize,
				anyLevel,
				fc.double({ min: 0, max: 1, noNaN: true }),
				(centre, n, level, at) => {
					const count = Math.round(at * n);
					const tail = binomialCdf(count, n, centre);
					fc.pre(Math.abs(tail - (1 - level) / 2) > 1e-9);
					expect(count / n < limits(centre, n, level).low - 1e-12).toBe(tail < (1 - level) / 2);
				},
			),
		);
	});

	test('mirror when successes are called failures, hold the centre, and are wider the surer they are', () => {
		fc.assert(
			fc.property(anyCentre, anySize, (centre, n) => {
				const wide = limits(centre, n, 0.998);
				const narrow = limits(centre, n, 0.95);
				const mirrored = limits(1 - centre, n, 0.95);
				expect(mirrored.low).toBeCloseTo(1 - narrow.high, 9);
				expect(narrow.low).toBeLessThanOrEqual(centre);
				expect(narrow.high).toBeGreaterThanOrEqual(centre);
				expect(wide.low).toBeLessThanOrEqual(narrow.low);
				expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
			}),
		);
	});

	test('refuse what is no share, no count and no level', () => {
		expect(() => funnelLimits({ centre: 1.1, n: 1, level: 0.95 })).toThrow(RangeError);
		expect(() => funnelLimits({ centre: 0.5, n: 1.5, level: 0.95 })).toThrow(RangeError);
		expect(() => funnelLimits({ centre: 0.5, n: 1, level: 1 })).toThrow(RangeError);
		expect(limits(0, 20, 0.95)).toMatchObject({ low: 0, high: 0 });
	});
});
