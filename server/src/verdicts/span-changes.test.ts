import { describe, expect, it } from 'vitest';
import { changedFrom, type JudgedSpan } from './span-changes.ts';

const day = (n: number) => Date.UTC(2026, 0, n);
const span = (digest: string, from: number | null, to: number | null): JudgedSpan => ({ digest, from, to });

describe('what a changed promise re-judges', () => {
	it('is nothing while its spans stay as they were', () => {
		expect(changedFrom([span('a', null, null)], [span('a', null, null)])).toBe('unchanged');
	});

	it('is everything when it is new, or archived from its beginning', () => {
		expect(changedFrom([], [span('a', null, null)])).toEqual({ from: null });
		expect(changedFrom([span('a', null, null)], [])).toEqual({ from: null });
	});

	it('is only the occasions since the new version took over', () => {
		const before = [span('a', null, null)];
		const now = [span('a', null, day(10)), span('b', day(10), null)];
		expect(changedFrom(before, now)).toEqual({ from: new Date(day(10)) });
	});

	it('is the occasions since it was archived', () => {
		expect(changedFrom([span('a', null, null)], [span('a', null, day(5))])).toEqual({
			from: new Date(day(5)),
		});
	});

	it('reaches back to where a corrected version begins or began', () => {
		const before = [span('a', null, day(10)), span('b', day(10), null)];
		const now = [span('a', null, day(7)), span('c', day(7), null)];
		expect(changedFrom(before, now)).toEqual({ from: new Date(day(7)) });
	});
});
