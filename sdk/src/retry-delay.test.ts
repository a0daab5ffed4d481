import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfter, retryDelay } from './retry-delay.ts';

describe('the wait before another attempt', () => {
	it('doubles from a second to five minutes, and at most half of it is left to chance', () => {
		expect([1, 2, 3, 20].map(failures => retryDelay(failures, 0))).toEqual([1_000, 2_000, 4_000, 300_000]);
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 5_000 }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(failures, chance) => {
					const delay = retryDelay(failures, chance);
					expect(delay).toBeLessThanOrEqual(retryDelay(failures, 0));
					expect(delay).toBeGreaterThanOrEqual(retryDelay(failures, 0) / 2);
				},
			),
		);
	});

	it('is at least what Retry-After says, in seconds or as a date, up to an hour', () => {
		const now = Date.UTC(2026, 2, 2);
		expect(retryAfter('7', now)).toBe(7_000);
		expect(retryAfter(new Date(now + 9_000).toUTCString(), now)).toBe(9_000);
		expect(retryAfter('999999', now)).toBe(3_600_000);
		for (const nothing of [null, '', '-1', 'soon', new Date(now - 9_000).toUTCString()])
			expect(retryAfter(nothing, now)).toBe(0);
	});
});
