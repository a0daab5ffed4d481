import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marginBins } from './margin-bins.ts';

describe('the bins of margins', () => {
	test('are as wide as people count time', () => {
		expect(marginBins(-2 * 86_400, 3 * 86_400, 'seconds').width).toBe(21_600);
		expect(marginBins(-300 * 86_400, 0, 'seconds').width).toBe(10 * 86_400);
		expect(marginBins(-0.31, 0.2, 'revenue').width).toBeCloseTo(0.02, 12);
		expect(marginBins(0, 0, 'seconds').width).toBe(1);
	});

	test('hold the middle of the margins and the promise itself, and are not too many', () => {
		const margin = fc.integer({ min: -1e12, max: 1e12 }).map(thousandths => thousandths / 1000);
		fc.assert(
			fc.property(margin, margin, fc.constantFrom('seconds', 'points'), (a, b, unit) => {
				const [low, high] = [Math.min(a, b), Math.max(a, b)];
				const { width, first, last } = marginBins(low, high, unit);
				expect(last - first).toBeLessThanOrEqual(42);
				expect(last).toBeGreaterThan(first);
				expect(first).toBeLessThanOrEqual(0);
				expect(last).toBeGreaterThan(0);
				expect(first * width).toBeLessThanOrEqual(low + 1e-6 * Math.abs(low));
				expect(last * width).toBeGreaterThanOrEqual(high - 1e-6 * Math.abs(high));
			}),
		);
	});
});
