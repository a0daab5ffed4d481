import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearScale, roundDomain, roundTicks } from './scale.ts';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('an axis', () => {
	it('has round ticks', () => {
		expect(roundTicks(0.8, 0.95, 3)).toEqual([0.8, 0.85, 0.9, 0.95]);
		expect(roundTicks(0, 7, 4)).toEqual([0, 2, 4, 6]);
		expect(roundTicks(-1, 1, 4)).toEqual([-1, -0.5, 0, 0.5, 1]);
	});

	it('ends on round values around the data, but not beyond what is possible', () => {
		expect(roundDomain([0.873, 0.941], 4)).toEqual([0.86, 0.96]);
		expect(roundDomain([0.62, 0.998], 3, [0, 1])).toEqual([0.6, 1]);
		expect(roundDomain([], 4)).toEqual([0, 1]);
	});

	it('covers every value, and all ticks lie on it', () => {
		fc.assert(
			fc.property(
				fc.array(value, { minLength: 1, maxLength: 20 }),
				fc.integer({ min: 1, max: 10 }),
				(all, wished) => {
					const [low, high] = roundDomain(all, wished);
					const slack = 1e-6 * Math.max(1, Math.abs(low), Math.abs(high));
					expect(low).toBeLessThanOrEqual(Math.min(...all) + slack);
					expect(high).toBeGreaterThanOrEqual(Math.max(...all) - slack);
					for (const tick of roundTicks(low, high, wished)) {
						expect(tick).toBeGreaterThanOrEqual(low - slack);
						expect(tick).toBeLessThanOrEqual(high + slack);
					}
				},
			),
		);
	});

	it('lays the ends of the domain on the ends of the range', () => {
		const scale = linearScale([0.8, 1], [200, 0]);
		expect(scale(0.8)).toBeCloseTo(200);
		expect(scale(1)).toBeCloseTo(0);
		expect(linearScale([3, 3], [0, 10])(3)).toBe(5);
	});
});
