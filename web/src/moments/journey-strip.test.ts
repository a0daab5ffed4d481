import { definitionsSchema } from '@touchstone/domain/definitions/definitions';
import { countOf, tooFewOf } from '@touchstone/domain/metrics/figure-of';
import { stages } from '@touchstone/domain/moments/moment';
import { describe, expect, it } from 'vitest';
import { coveredMoments, journeyStrip } from './journey-strip.ts';

const moment = (id: string, stage: (typeof stages)[number], n: number) => ({
	id,
	stage,
	volume: n === 0 ? tooFewOf('interactions', 0, 1) : countOf('interactions', n, n),
});

describe('the journey strip', () => {
	it('has every stage in order, also the one where nothing was defined', () => {
		const strip = journeyStrip([moment('called', 'support', 5), moment('ordered', 'buy', 9)]);
		expect(strip.map(({ stage }) => stage)).toEqual(stages);
		expect(strip.find(({ stage }) => stage === 'discover')).toEqual({
			stage: 'discover',
			moments: [],
			volume: 0,
		});
	});

	it('has the busiest moment of a stage first, and counts them together', () => {
		const [, , buy] = journeyStrip([
			moment('never', 'buy', 0),
			moment('cancelled', 'buy', 2),
			moment('ordered', 'buy', 9),
		]);
		expect(buy?.moments.map(({ id }) => id)).toEqual(['ordered', 'cancelled', 'never']);
		expect(buy?.volume).toBe(11);
	});
});

it('a moment is covered where a promise is tested, and where one begins', () => {
	const definitions = definitionsSchema.parse({
		touchstone: 1,
		company: { name: 'x' },
		promises: [
			{
				id: 'p',
				wording: 'w',
				moment: 'delivered',
				rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '2d' } },
			},
			{ id: 'q', wording: 'w', moment: 'invoiced' },
		],
	});
	expect([...coveredMoments(definitions)].sort()).toEqual(['delivered', 'invoiced', 'ordered']);
});
