import { anonymousPerson, knownPerson, type PersonKey } from './person.ts';

/**
 * Something a source said about two ids being one person.
 *
 * - `identify`: the visitor turned out to be this customer. Holds only while the visitor belongs to nobody: a device that is
 *   handed on does not melt two customers into one.
 * - `merge`: two customer ids of the company are one customer, said on purpose (`alias`). The previous id is read both ways,
 *   as a visitor's and as a customer's, because sources do not say which they mean.
 */
export type IdentityClaim =
	| { readonly kind: 'identify'; readonly visitor: PersonKey; readonly customer: PersonKey }
	| {
			readonly kind: 'merge';
			readonly visitor: PersonKey;
			readonly previous: PersonKey;
			readonly customer: PersonKey;
	  };

export function identifyClaim(anonymousId: string, customer: string): IdentityClaim {
	return { kind: 'identify', visitor: anonymousPerson(anonymousId), customer: knownPerson(customer) };
}

export function mergeClaim(previousId: string, customer: string): IdentityClaim {
	return {
		kind: 'merge',
		visitor: anonymousPerson(previousId),
		previous: knownPerson(previousId),
		customer: knownPerson(customer),
	};
}

/** Everyone a claim speaks of. */
export function personsOf(claim: IdentityClaim): PersonKey[] {
	return claim.kind === 'identify'
		? [claim.visitor, claim.customer]
		: [claim.visitor, claim.previous, claim.customer];
}

/**
 * Applies claims, in the order given, to the links they touch: alias → root, where a root is nobody's alias. Every alias
 * points at its root directly, so one look-up answers who somebody is. The last to be named stays the root, as sources mean
 * it (`previous` → `user`).
 *
 * @param known the standing links of everyone in the claims, of their roots, and of everyone who points at those roots
 * @returns the links that become new or point elsewhere; the rows of these aliases move
 */
export function applyClaims(
	known: ReadonlyMap<PersonKey, PersonKey>,
	claims: readonly IdentityClaim[],
): ReadonlyMap<PersonKey, PersonKey> {
	const target = new Map(known);
	const members = new Map<PersonKey, PersonKey[]>();
	for (const [alias, root] of known) append(members, root, alias);
	const changed = new Set<PersonKey>();
	const rootOf = (person: PersonKey) => target.get(person) ?? person;

	const join = (from: PersonKey, to: PersonKey) => {
		for (const person of [from, ...(members.get(from) ?? [])]) {
			target.set(person, to);
			append(members, to, person);
			changed.add(person);
		}
		members.delete(from);
	};

	for (const claim of claims) {
		if (claim.kind === 'merge') {
			const from = rootOf(claim.previous);
			const to = rootOf(claim.customer);
			if (from !== to) join(from, to);
		}
		const customer = rootOf(claim.customer);
		if (!target.has(claim.visitor) && rootOf(claim.visitor) !== customer) join(claim.visitor, customer);
	}

	const links = new Map<PersonKey, PersonKey>();
	for (const alias of changed) {
		const root = rootOf(alias);
		if (known.get(alias) !== root) links.set(alias, root);
	}
	return links;
}

function append(lists: Map<PersonKey, PersonKey[]>, key: PersonKey, person: PersonKey): void {
	const list = lists.get(key);
	if (list) list.push(person);
	else lists.set(key, [person]);
}
