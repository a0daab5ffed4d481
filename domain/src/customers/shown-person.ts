import { anonymousPerson, knownPerson, type PersonKey } from './person.ts';

/**
 * How a person is named in addresses and answers: a customer by the company's own id, a visitor as `anon:` and the device's id.
 * A customer whose own id begins like one of our prefixes keeps it, so that every person has a name of their own.
 */
export function shownPerson(person: string): string {
	const id = person.startsWith('user:') ? person.slice(5) : undefined;
	return id === undefined || prefixed.test(id) ? person : id;
}

/** The person that a shown name means. */
export function personShownAs(shown: string): PersonKey {
	if (shown.startsWith('anon:')) return anonymousPerson(shown.slice(5));
	return knownPerson(shown.startsWith('user:') ? shown.slice(5) : shown);
}

const prefixed = /^(user|anon):/;
