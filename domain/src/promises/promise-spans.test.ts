import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { brandPromiseSchema } from './brand-promise.ts';
import { promiseSpans, type StoredPromise } from './promise-spans.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

function stored(
	version: number,
	effectiveFrom: Date | null,
	extra: Partial<z.input<typeof brandPromiseSchema>> & { archived?: boolean; ruleless?: boolean } = {},
): StoredPromise {
	const { archived = false, ruleless = false, ...fields } = extra;
	const rule = { kind: 'never' as const, start: 'delivered', event: 'repaired', within: '30d' };
	return {
		promise: brandPromiseSchema.parse({
			id: 'it-lasts',
			wording: `It lasts, said the ${version}. time`,
			...(ruleless ? {} : { rule }),
			...fields,
		}),
		version,
		effectiveFrom,
		archived,
	};
}

const said = (history: StoredPromise[]) =>
	promiseSpans(history).map(({ version, from, to }) => [version, from, to]);

describe('which version of a promise judges which occasions', () => {
	test('the first version judges all occasions', () => {
		expect(said([stored(1, null)])).toEqual([[1, null, null]]);
	});

	test('a later version judges later occasions only', () => {
		expect(said([stored(2, day(10)), stored(1, null)])).toEqual([
			[1, null, day(10)],
			[2, day(10), null],
		]);
	});

	test('a version made to begin before an older one replaces it whole', () => {
		expect(said([stored(1, null), stored(2, day(20)), stored(3, day(10))])).toEqual([
			[1, null, day(10)],
			[3, day(10), null],
		]);
	});

	test('a version made to begin at the same time replaces the older one', () => {
		expect(said([stored(1, null), stored(2, day(10)), stored(3, day(10))])).toEqual([
			[1, null, day(10)],
			[3, day(10), null],
		]);
	});

	test('archiving ends it, restoring begins it again and leaves the gap', () => {
		const history = [stored(1, null), stored(2, day(10), { archived: true }), stored(3, day(20))];
		expect(said(history)).toEqual([
			[1, null, day(10)],
			[3, day(20), null],
		]);
	});

	test('the days a promise is valid clip its spans', () => {
		const valid = { validFrom: '2026-01-05', validTo: '2026-01-15' };
		expect(said([stored(1, null, valid), stored(2, day(10), valid)])).toEqual([
			[1, day(5), day(10)],
			[2, day(10), day(15)],
		]);
		expect(said([stored(1, null, { validTo: '2026-01-05' }), stored(2, day(10))])).toEqual([
			[1, null, day(5)],
			[2, day(10), null],
		]);
	});

	test('a version without a rule judges nothing', () => {
		expect(said([stored(1, null, { ruleless: true }), stored(2, day(10))])).toEqual([[2, day(10), null]]);
	});

	test('every occasion is judged by the newest version that had begun, and by no other', () => {
		const histories = fc
			.array(fc.record({ from: fc.integer({ min: 1, max: 28 }), archived: fc.boolean() }), { maxLength: 6 })
			.map(later => [
				stored(1, null),
				...later.map(({ from, archived }, place) => stored(place + 2, day(from), { archived })),
			]);
		fc.assert(
			fc.property(histories, fc.integer({ min: 0, max: 30 }), (history, number) => {
				const time = day(number);
				const judging = promiseSpans(history).filter(
					({ from, to }) => (from === null || from <= time) && (to === null || time < to),
				);
				const newest = history.findLast(
					({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= time,
				);
				expect(judging.map(({ version }) => version)).toEqual(
					newest && !newest.archived ? [newest.version] : [],
				);
			}),
		);
	});
});
