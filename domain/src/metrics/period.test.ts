import { describe, expect, test } from 'vitest';
import { periodsOf } from './period.ts';
import { periodQuerySchema } from './period-query.ts';

const now = new Date('2026-11-22T00:00:00Z');
const asked = (query: object) => periodsOf(periodQuerySchema.parse(query), now);

describe('what a period leaves out', () => {
	test('is compared with the one of the same length just before', () => {
		expect(asked({ from: '2026-03-01', to: '2026-03-11' }).before).toEqual({
			from: new Date('2026-02-19'),
			to: new Date('2026-03-01'),
		});
		expect(asked({ from: '2026-11-12' }).before?.from).toEqual(new Date('2026-11-02'));
	});

	test('is compared with what was asked for instead, and with nothing when it has no beginning', () => {
		const query = {
			from: '2026-03-01',
			to: '2026-03-11',
			compareFrom: '2025-03-01',
			compareTo: '2025-03-11',
		};
		expect(asked(query).before?.from).toEqual(new Date('2025-03-01'));
		expect(asked({}).before).toBeNull();
		expect(asked({ from: '2027-01-01' }).before).toBeNull();
	});

	test('is cut into buckets that suit its length', () => {
		expect(asked({ from: '2026-10-23', to: '2026-11-22' }).bucket).toBe('day');
		expect(asked({ from: '2025-11-22', to: '2026-11-22' }).bucket).toBe('week');
		expect(asked({}).bucket).toBe('month');
		expect(asked({ bucket: 'day' }).bucket).toBe('day');
	});

	test('cannot be empty, nor compared with half a period', () => {
		for (const query of [
			{ from: '2026-03-02', to: '2026-03-02' },
			{ compareTo: '2026-03-02' },
			{ compareFrom: '2026-03-02', compareTo: '2026-03-01' },
		]) {
			expect(periodQuerySchema.safeParse(query).success, JSON.stringify(query)).toBe(false);
		}
	});
});
