import { personShownAs } from '@touchstone/domain/customers/shown-person';

/** Whom an erasure has to name, so that it means the person who is shown under this id. */
export function erasureOf(shown: string): {
	readonly customers: readonly string[];
	readonly anonymousIds: readonly string[];
} {
	const person: string = personShownAs(shown);
	const id = person.slice(person.indexOf(':') + 1);
	return person.startsWith('anon:')
		? { customers: [], anonymousIds: [id] }
		: { customers: [id], anonymousIds: [] };
}
