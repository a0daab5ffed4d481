import type { Figure } from '@touchstone/domain/metrics/figure';
import { describe, expect, it } from 'vitest';
import { en } from '../texts/en.ts';
import { formatsFor } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import { fill } from '../texts/texts.ts';
import { afterFinding } from './after-finding.ts';

const say: Say = (key, values) => fill(en[key], values ?? {});
const figure = (value: number, half: number): Figure => ({
	kind: 'estimate',
	metric: 'score-difference',
	version: 1,
	value,
	interval: { low: value - half, high: value + half, level: 0.95 },
	n: 300,
	method: 'Welch interval',
	excluded: {},
});
const compared = (difference: Figure) => ({ kept: difference, broken: difference, difference });
const said = (score: Figure, returned: Figure) =>
	afterFinding(
		{ scores: [{ scale: 'csat-5', ...compared(score) }], returned: compared(returned) },
		say,
		formatsFor('en'),
	);

describe('what came after a broken promise', () => {
	it('names the difference in scores when it is clear', () => {
		expect(said(figure(1.3, 0.2), figure(0.1, 0.05))).toBe(
			'Where the promise was broken, customers score 1.3 points lower',
		);
		expect(said(figure(-0.5, 0.2), figure(0, 0.05))).toContain('0.5 points higher');
	});

	it('falls back on whether customers came back', () => {
		expect(said(figure(0.1, 0.2), figure(0.08, 0.05))).toBe(
			'Where the promise was broken, 8.0 points fewer customers come back',
		);
	});

	it('says when there are too few customers to see a difference, rather than that there is none', () => {
		const tooFew: Figure = {
			kind: 'too-few',
			metric: 'score-difference',
			version: 1,
			n: 0,
			needed: 2,
			method: 'Welch interval',
			excluded: {},
		};
		expect(said(tooFew, tooFew)).toContain('Too few customers');
	});

	it('claims nothing that may be chance', () => {
		expect(said(figure(0.1, 0.2), figure(0.02, 0.05))).toContain('No clear difference');
	});
});
