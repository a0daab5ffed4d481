import { figureOf, tooFewOf } from '@touchstone/domain/metrics/figure-of';
import { expect, it } from 'vitest';
import { groupsRange } from './groups-range.ts';

const group = (id: string, value?: number) => ({
	id,
	name: id,
	interactions: 100,
	customers: 90,
	keptRate:
		value === undefined
			? tooFewOf('kept-rate', 0, 1)
			: figureOf('kept-rate', {
					kind: 'estimate',
					value,
					low: value - 0.1,
					high: value + 0.1,
					n: 100,
					method: 'Wilson score interval',
				}),
});

it('the range of units goes from the least to the most kept, and leaves out where too little is known', () => {
	const range = groupsRange([group('Kiel', 0.9), group('Ulm', 0.7), group('Graz'), group('Linz', 0.8)]);
	expect([range?.lowest.id, range?.highest.id]).toEqual(['Ulm', 'Kiel']);
});

it('one unit alone has no range', () => {
	expect(groupsRange([group('Kiel', 0.9), group('Graz')])).toBeUndefined();
});
