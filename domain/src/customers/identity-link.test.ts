import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyClaims, type IdentityClaim, identifyClaim, mergeClaim } from './identity-link.ts';
import { anonymousPerson, knownPerson, type PersonKey } from './person.ts';

const visitor = anonymousPerson('tablet-7');
const nora = knownPerson('nora');
const emil = knownPerson('emil');

describe('linking identities', () => {
	test('an anonymous visitor joins the customer who identifies', () => {
		expect(applyClaims(new Map(), [identifyClaim('tablet-7', 'nora')])).toEqual(new Map([[visitor, nora]]));
	});

	test('a visitor who already belongs to a customer stays with the first', () => {
		const known = new Map([[visitor, nora]]);
		expect(applyClaims(known, [identifyClaim('tablet-7', 'emil')])).toEqual(new Map());
		expect(
			applyClaims(new Map(), [identifyClaim('tablet-7', 'nora'), identifyClaim('tablet-7', 'emil')]),
		).toEqual(new Map([[visitor, nora]]));
	});

	test('an alias merges two customers on purpose, and everybody who belonged to the first', () => {
		const known = new Map([[visitor, nora]]);
		expect(applyClaims(known, [mergeClaim('nora', 'emil')])).toEqual(
			new Map([
				[nora, emil],
				[visitor, emil],
				[anonymousPerson('nora'), emil],
			]),
		);
	});

	test('an alias of a visitor who belongs to another customer does not drag that customer along', () => {
		const links = applyClaims(new Map([[visitor, nora]]), [mergeClaim('tablet-7', 'emil')]);
		expect(links.has(visitor)).toBe(false);
		expect(links.has(nora)).toBe(false);
	});

	test('merging in a circle ends with one root and no alias of itself', () => {
		const links = applyClaims(new Map(), [
			mergeClaim('a', 'b'),
			mergeClaim('b', 'c'),
			mergeClaim('c', 'a'),
			mergeClaim('a', 'a'),
		]);
		expect(links.get(knownPerson('a'))).toBe(knownPerson('c'));
		expect(links.get(knownPerson('b'))).toBe(knownPerson('c'));
		expect(links.has(knownPerson('c'))).toBe(false);
	});

	test('whatever is claimed in whatever order: one look-up finds a root, and merged customers share it', () => {
		const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
		const claim = fc.oneof(
			fc.tuple(name, name).map(([v, c]): IdentityClaim => identifyClaim(v, c)),
			fc.tuple(name, name).map(([p, c]): IdentityClaim => mergeClaim(p, c)),
		);
		fc.assert(
			fc.property(
				fc.array(claim, { maxLength: 30 }),
				fc.array(fc.nat(4), { maxLength: 30 }),
				(claims, cuts) => {
					const links = applyInPieces(claims, cuts);
					expect(links).toEqual(applyInPieces(claims, []));
					for (const [alias, root] of links) {
						expect(links.has(root), `${root} is a root`).toBe(false);
						expect(alias).not.toBe(root);
					}
					const rootOf = (person: PersonKey) => links.get(person) ?? person;
					const merged = unionOfMerges(claims);
					for (const [one, other] of merged.pairs) expect(rootOf(one)).toBe(rootOf(other));
					for (const [one, other] of merged.strangers) expect(rootOf(one)).not.toBe(rootOf(other));
				},
			),
		);
	});
});

/** Applies the claims in pieces, as concurrent requests taking turns would. */
function applyInPieces(claims: readonly IdentityClaim[], cuts: readonly number[]): Map<PersonKey, PersonKey> {
	const links = new Map<PersonKey, PersonKey>();
	let at = 0;
	for (const cut of [...cuts, claims.length]) {
		const piece = claims.slice(at, at + cut);
		at += piece.length;
		for (const [alias, root] of applyClaims(links, piece)) links.set(alias, root);
	}
	return links;
}

/** Which of the customers a–e the merges made one, found without links. */
function unionOfMerges(claims: readonly IdentityClaim[]) {
	const customers = ['a', 'b', 'c', 'd', 'e'].map(knownPerson);
	let groups = customers.map(customer => new Set([customer]));
	for (const claim of claims) {
		if (claim.kind !== 'merge') continue;
		const touched = groups.filter(group => group.has(claim.previous) || group.has(claim.customer));
		groups = [
			...groups.filter(group => !touched.includes(group)),
			new Set(touched.flatMap(group => [...group])),
		];
	}
	const all = customers.flatMap(one => customers.map(other => [one, other] as const));
	const together = (one: PersonKey, other: PersonKey) =>
		groups.some(group => group.has(one) && group.has(other));
	return {
		pairs: all.filter(([one, other]) => together(one, other)),
		strangers: all.filter(([one, other]) => !together(one, other)),
	};
}
