import { describe, expect, it } from 'vitest';
import { en } from '../texts/en.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import { fill } from '../texts/texts.ts';
import { marksOf } from './marks-of.ts';

const say: Say = (key, values) => fill(en[key], values ?? {});
const version = {
	at: '2026-05-01T00:00:00.000Z',
	author: 'Ada',
	archived: false,
	ruleInWords: null,
};
const note = { promise: null, moment: null, unit: null, author: 'Ada' };

describe('what is marked in the trend of a promise', () => {
	it('is every change of the promise and every note, in order of time', () => {
		const marks = marksOf(
			{
				versions: [
					{ ...version, version: 1, from: null, changes: [] },
					{ ...version, version: 2, from: '2026-06-01T00:00:00.000Z', changes: ['The target is 85 %.'] },
				],
				annotations: [
					{ ...note, id: 'b', at: '2026-07-01T00:00:00.000Z', text: 'Strike' },
					{ ...note, id: 'a', at: '2026-05-15T00:00:00.000Z', text: 'New courier' },
				],
			},
			say,
		);
		expect(marks.map(({ text, kind }) => `${kind}: ${text}`)).toEqual([
			'note: New courier',
			'version: Version 2: The target is 85 %.',
			'note: Strike',
		]);
	});

	it('leaves out the beginning: nothing changed then', () => {
		const versions = [{ ...version, version: 1, from: '2026-05-01T00:00:00.000Z', changes: [] }];
		expect(marksOf({ versions, annotations: [] }, say)).toEqual([]);
	});
});
