import { anonymousPerson, knownPerson } from '@touchstone/domain/customers/person';
import { shownPerson } from '@touchstone/domain/customers/shown-person';
import { expect, test } from 'vitest';
import { erasureOf } from './erasure-of.ts';

test('an erasure means the customer, the visitor, or the customer whose own id begins like a visitor’s', () => {
	expect(erasureOf(shownPerson(knownPerson('C-1')))).toEqual({ customers: ['C-1'], anonymousIds: [] });
	expect(erasureOf(shownPerson(anonymousPerson('d:7')))).toEqual({ customers: [], anonymousIds: ['d:7'] });
	expect(erasureOf(shownPerson(knownPerson('anon:x')))).toEqual({
		customers: ['anon:x'],
		anonymousIds: [],
	});
});
