import { type Brand, brand } from '../units/brand.ts';

/**
 * Whose interactions belong together: `user:` and the company's own id of a customer, or `anon:` and the id a device gave an
 * anonymous visitor. The prefix keeps the two apart, so that a visitor whose random id happens to be a customer's id does
 * not become that customer.
 */
export type PersonKey = Brand<'PersonKey'>;

/** The longest id of a customer or visitor we take; sources in the field stay well below 100 characters. */
export const personIdLimit = 256;

/** A customer the company knows by name. */
export function knownPerson(customer: string): PersonKey {
	return brand<'PersonKey'>(`user:${customer}`);
}

/** A visitor who has not said who they are. */
export function anonymousPerson(anonymousId: string): PersonKey {
	return brand<'PersonKey'>(`anon:${anonymousId}`);
}

/** Whoever it was, as exactly as it is known; undefined when neither id is given. */
export function personOf(
	customer: string | undefined,
	anonymousId: string | undefined,
): PersonKey | undefined {
	if (customer) return knownPerson(customer);
	if (anonymousId) return anonymousPerson(anonymousId);
	return undefined;
}

/** Whether the stores can hold the text as an id and show it again: no control characters, no broken pairs of surrogates. */
export function isStorableId(text: string): boolean {
	return (
		text.length > 0 && text.length <= personIdLimit && !controlCharacter.test(text) && text.isWellFormed()
	);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what it is for
const controlCharacter = /[\u0000-\u001f\u007f]/;
