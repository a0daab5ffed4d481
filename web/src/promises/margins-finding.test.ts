import type { Figure } from '@touchstone/domain/metrics/figure';
import { describe, expect, it } from 'vitest';
import { en } from '../texts/en.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import { fill } from '../texts/texts.ts';
import { marginsFinding } from './margins-finding.ts';

const say: Say = (key, values) => fill(en[key], values ?? {});
const told = { metric: 'margin-quantile', version: 1, method: 'order statistics', excluded: {} };
const figure = (value: number): Figure => ({
	kind: 'estimate',
	value,
	interval: { low: value - 1, high: value + 1, level: 0.95 },
	n: 50,
	...told,
});
const said = (unit: string, median: number, p10: number) =>
	marginsFinding(
		{ unit, quantiles: { median: figure(median), p10: figure(p10), p90: figure(99) } },
		amount => (unit === 'seconds' ? `${amount / 3600} h` : `${amount}`),
		say,
	);

describe('how far delivered is from promised', () => {
	it('is said in time for promises about time', () => {
		expect(said('seconds', 7200, 3600)).toBe('Half are at least 2 h early; one in ten is 1 h early or less');
		expect(said('seconds', 7200, -3600)).toBe(
			'Half are at least 2 h early, but one in ten is 1 h late or more',
		);
		expect(said('seconds', -7200, -36000)).toBe(
			'Half are at least 2 h late; one in ten is 10 h late or more',
		);
	});

	it('is said in the own unit of the measure otherwise', () => {
		expect(said('csat-5', 1, -2)).toBe(
			'Half are at least 1 better than promised, but one in ten is 2 short or more',
		);
	});

	it('says nothing when there is too little to say', () => {
		const tooFew: Figure = { kind: 'too-few', n: 2, needed: 6, ...told };
		const quantiles = { median: tooFew, p10: tooFew, p90: tooFew };
		expect(marginsFinding({ unit: 'seconds', quantiles }, String, say)).toBe('Delivered against promised');
	});
});
