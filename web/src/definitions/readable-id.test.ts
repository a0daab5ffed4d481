import { promiseIdSchema } from '@touchstone/domain/owners/ids';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readableId } from './readable-id.ts';

it('a wording gives the id that one would have chosen', () => {
	expect(readableId('We pick up within a minute.')).toBe('we-pick-up-within-a-minute');
	expect(readableId('Größe: Café n°5!')).toBe('groesse-cafe-n-5');
});

it('whatever the wording, what comes of it is an id or nothing', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), wording => {
			const id = readableId(wording);
			expect(id === '' || promiseIdSchema.safeParse(id).success).toBe(true);
		}),
	);
});
