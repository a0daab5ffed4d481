import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import { describe, expect, it } from 'vitest';
import { de } from '../texts/de.ts';
import { en } from '../texts/en.ts';
import { formatsFor } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import { fill, type Language } from '../texts/texts.ts';
import { changesInWords } from './changes-in-words.ts';
import { marksOf } from './marks-of.ts';

const said = { en, de };
const saying =
	(language: Language): Say =>
	(key, values) =>
		fill(said[language][key], values ?? {});
const names = new Map([
	['delivered', 'Delivered'],
	['ordered', 'Ordered'],
	['logistics', 'Logistics'],
]);
const nameOf = (id: string) => names.get(id) ?? id;
const changes =
	(language: Language): Parameters<typeof marksOf>[2] =>
	(before, after) =>
		changesInWords(before, after, {
			say: saying(language),
			language,
			formats: formatsFor(language),
			nameOf,
		});

const promise = (more: object = {}) =>
	brandPromiseSchema.parse({
		id: 'in-time',
		wording: 'In time.',
		rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '3d' } },
		...more,
	});
const first = { version: 1, from: null, promise: promise() };
const second = {
	version: 2,
	from: '2026-06-01T00:00:00.000Z',
	promise: promise({ target: 0.9, keptBy: 'logistics' }),
};

describe('what is marked in the trend of a promise', () => {
	it('is every change of the promise and every note, in order of time', () => {
		const annotations = [
			{ id: 'b', at: '2026-07-01T00:00:00.000Z', text: 'Strike' },
			{ id: 'a', at: '2026-05-15T00:00:00.000Z', text: 'New courier' },
		];
		const marks = marksOf({ versions: [first, second], annotations }, saying('en'), changes('en'));
		expect(marks.map(({ text, kind }) => `${kind}: ${text}`)).toEqual([
			'note: New courier',
			'version: Version 2: Target: 95.0% → 90.0%; Kept by: nothing → Logistics',
			'note: Strike',
		]);
	});

	it('is said in German on a German page, a changed rule as a sentence', () => {
		const longer = promise({
			target: 0.9,
			keptBy: 'logistics',
			rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '5d' } },
		});
		const third = { version: 3, from: '2026-07-01T00:00:00.000Z', promise: longer };
		const marks = marksOf({ versions: [first, second, third], annotations: [] }, saying('de'), changes('de'));
		expect(marks.map(({ text }) => text)).toEqual([
			'Version 2: Ziel: 95,0\u00a0% → 90,0\u00a0%; Zu halten von: nichts → Logistics',
			expect.stringMatching(/^Version 3: Regel: Nach „Ordered“ folgt „Delivered“ .*3 .* → Nach .* 5 /),
		]);
	});

	it('leaves out the beginning, and versions that are the same: nothing changed then', () => {
		const begun = { ...first, from: '2026-05-01T00:00:00.000Z' };
		const same = { ...second, promise: first.promise };
		expect(marksOf({ versions: [begun, same], annotations: [] }, saying('en'), changes('en'))).toEqual([]);
	});
});
