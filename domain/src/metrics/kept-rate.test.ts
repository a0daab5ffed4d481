import { describe, expect, it } from 'vitest';
import { changeOf, keptRateDifference, keptRateOf } from './kept-rate.ts';

const counts = (kept: number, broken: number, pending: number) => ({
	kept,
	broken,
	pending,
	unknown: 3,
	void: 2,
});
const changed = (now: ReturnType<typeof counts>, before: ReturnType<typeof counts>) =>
	changeOf(keptRateDifference(now, before).difference, now, before);

describe('a kept rate', () => {
	it('is what was kept of what is decided, and says what was left out', () => {
		expect(keptRateOf(counts(90, 10, 5))).toMatchObject({
			kind: 'estimate',
			value: 0.9,
			n: 100,
			excluded: { pending: 5, unknown: 3, void: 2 },
		});
	});

	it('is not said while more occasions wait than are decided: a promise never to fail is broken first and kept last', () => {
		expect(keptRateOf(counts(0, 12, 400))).toMatchObject({ kind: 'too-few', n: 12, needed: 206 });
		expect(keptRateOf(counts(6, 6, 12))).toMatchObject({ kind: 'estimate', value: 0.5 });
	});
});

describe('a change of a kept rate', () => {
	it('is better or worse when it is more than chance', () => {
		expect(changed(counts(950, 50, 0), counts(850, 150, 0))).toBe('better');
		expect(changed(counts(850, 150, 0), counts(950, 50, 0))).toBe('worse');
		expect(changed(counts(90, 10, 0), counts(91, 9, 0))).toBe('noise');
	});

	it('is not called one where the occasions that still wait could undo it', () => {
		expect(changed(counts(850, 150, 100), counts(950, 50, 0))).toBe('worse');
		expect(changed(counts(850, 150, 900), counts(900, 100, 0))).toBe('too-few');
		expect(changed(counts(950, 50, 300), counts(850, 150, 0))).toBe('too-few');
	});

	it('is not said at all while one of the two periods has just begun', () => {
		const { difference, pValue } = keptRateDifference(counts(0, 12, 400), counts(900, 100, 0));
		expect(difference).toMatchObject({ kind: 'too-few', n: 12, needed: 206 });
		expect(pValue).toBeNull();
	});
});
