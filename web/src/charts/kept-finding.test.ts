import type { Figure } from '@touchstone/domain/metrics/figure';
import { describe, expect, it } from 'vitest';
import { de } from '../texts/de.ts';
import { en } from '../texts/en.ts';
import { formatsFor } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import { fill } from '../texts/texts.ts';
import { keptFinding, standingFinding } from './kept-finding.ts';

const say: Say = (key, values) => fill(en[key], values ?? {});
const sagen: Say = (key, values) => fill(de[key], values ?? {});
const keptRate: Figure = {
	kind: 'estimate',
	metric: 'kept-rate',
	version: 1,
	value: 0.912,
	interval: { low: 0.9, high: 0.92, level: 0.95 },
	n: 4000,
	method: 'Wilson score interval',
	excluded: {},
};
const missed = { keptRate, target: 0.933, meetsTarget: 'no' } as const;

describe('what a kept rate says', () => {
	it('is how high it is, where it stands against the target, and whether it moved', () => {
		expect(keptFinding({ ...missed, change: 'worse' }, say, formatsFor('en'))).toBe(
			'91.2% kept, 2.1 points below the target of 93.3%; worse than before, by more than chance would make',
		);
		expect(keptFinding({ ...missed, change: 'noise' }, sagen, formatsFor('de'))).toBe(
			'91,2\u00a0% gehalten, 2,1 Punkte unter dem Ziel von 93,3\u00a0%; die Veränderung gegenüber zuvor ist nicht mehr als Zufall',
		);
	});

	it('leaves the comparison out where there is none, or too little to compare', () => {
		expect(keptFinding(missed, say, formatsFor('en'))).toBe(
			'91.2% kept, 2.1 points below the target of 93.3%',
		);
		expect(keptFinding({ ...missed, change: 'too-few' }, say, formatsFor('en'))).not.toContain(';');
	});

	it('does not call a target met or missed when the interval does not say so', () => {
		expect(keptFinding({ keptRate, target: 0.91, meetsTarget: 'open' }, say, formatsFor('en'))).toContain(
			'not clearly above or below',
		);
	});

	it('says when there is too little to say anything', () => {
		const tooFew: Figure = {
			kind: 'too-few',
			metric: 'kept-rate',
			version: 1,
			n: 0,
			needed: 1,
			method: 'Wilson score interval',
			excluded: {},
		};
		const kept = { keptRate: tooFew, target: 0.9, meetsTarget: 'too-few' } as const;
		expect(keptFinding(kept, say, formatsFor('en'))).toBe(
			'Too few occasions to say whether promises are kept',
		);
	});

	it('begins with where it stands, when the rate itself stands beside', () => {
		expect(standingFinding(missed, say, formatsFor('en'))).toBe('2.1 points below the target of 93.3%');
		expect(standingFinding({ ...missed, target: null, change: 'better' }, say, formatsFor('en'))).toBe(
			'There is no target to hold it against; better than before, by more than chance would make',
		);
	});
});
