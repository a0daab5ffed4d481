import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearScale, roundAxis } from './scale.ts';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('an axis', () => {
	it('ends on round values around the data and has round ticks between', () => {
		expect(roundAxis([0.873, 0.941], 4)).toEqual({
			low: 0.86,
			high: 0.96,
			ticks: [0.86, 0.88, 0.9, 0.92, 0.94, 0.96],
		});
		expect(roundAxis([0, 7], 4).ticks).toEqual([0, 2, 4, 6, 8]);
		expect(roundAxis([-1, 1], 4).ticks).toEqual([-1, -0.5, 0, 0.5, 1]);
	});

	it('does not go beyond what is possible', () => {
		expect(roundAxis([0.62, 0.998], 3, [0, 1])).toEqual({ low: 0.6, high: 1, ticks: [0.6, 0.8, 1] });
	});

	it('is there even when nothing is to be shown, or always the same', () => {
		expect(roundAxis([], 4)).toEqual({ low: 0, high: 1, ticks: [0, 1] });
		expect(roundAxis([5, 5], 4).ticks.length).toBeGreaterThan(1);
		expect(roundAxis([0, 0], 4, [0, 1])).toEqual({ low: 0, high: 1, ticks: [0, 0.5, 1] });
	});

	it('covers every value, with its ticks in order and not too many', () => {
		fc.assert(
			fc.property(
				fc.array(value, { minLength: 1, maxLength: 20 }),
				fc.integer({ min: 1, max: 10 }),
				(all, wished) => {
					const { low, high, ticks } = roundAxis(all, wished);
					const slack = 1e-6 * Math.max(1, Math.abs(low), Math.abs(high));
					expect(low).toBeLessThanOrEqual(Math.min(...all) + slack);
					expect(high).toBeGreaterThanOrEqual(Math.max(...all) - slack);
					expect(ticks.length).toBeLessThanOrEqual(wished + 3);
					expect(ticks.every((tick, index) => index === 0 || tick > (ticks[index - 1] ?? tick))).toBe(true);
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
