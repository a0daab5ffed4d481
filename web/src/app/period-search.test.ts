import { describe, expect, it } from 'vitest';
import { periodSearchSchema, periodsOf, questionOf } from './period-search.ts';

const today = new Date('2026-03-15T13:00:00Z');

describe('the period in the address', () => {
	it('is the last 90 days, today included, against the 90 before, when nothing is said', () => {
		expect(periodsOf({}, today)).toEqual({
			now: { from: '2025-12-16', to: '2026-03-16' },
			before: { from: '2025-09-17', to: '2025-12-16' },
		});
	});

	it('falls back to what is usual where the address does not fit', () => {
		const search = periodSearchSchema.parse({
			period: 'yesterday',
			unit: 7,
			channel: 'pigeon',
			segment: 'person',
		});
		expect(search).toEqual({ segment: 'person' });
	});

	it('asks for no comparison when all time is shown', () => {
		expect(questionOf({ period: 'all', unit: 'de' }, today)).toEqual({ unit: 'de' });
	});

	it('compares a period of one’s own with the same days a year before', () => {
		const search = { period: 'custom', from: '2026-01-01', to: '2026-02-01', compare: 'year' } as const;
		expect(periodsOf(search, today).before).toEqual({ from: '2025-01-01', to: '2025-02-01' });
	});
});
