import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anonymousPerson, knownPerson } from './person.ts';
import { personShownAs, shownPerson } from './shown-person.ts';

test('every person has one name, which leads back to them', () => {
	expect(shownPerson('user:4711')).toBe('4711');
	expect(shownPerson('anon:phone')).toBe('anon:phone');
	const id = fc.oneof(
		fc.string({ minLength: 1 }),
		fc.string().map(rest => `anon:${rest}`),
		fc.string().map(rest => `user:${rest}`),
	);
	fc.assert(
		fc.property(id, fc.boolean(), (text, isKnown) => {
			const person = isKnown ? knownPerson(text) : anonymousPerson(text);
			expect(personShownAs(shownPerson(person))).toBe(person);
		}),
	);
});
