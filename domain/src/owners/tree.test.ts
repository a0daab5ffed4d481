import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownerIdSchema, unitIdSchema } from './ids.ts';
import { ownerSchema } from './owner.ts';
import { ownerChain } from './owner-chain.ts';
import { below, circles, wayUp } from './tree.ts';
import { unitSchema } from './unit.ts';
import { unitsBelow } from './units-below.ts';

const tree = (parents: Record<string, string | undefined>) =>
	Object.entries(parents).map(([id, parent]) => ({ id, parent }));

describe('owners and units as trees', () => {
	test('the chain of an owner leads to the chief', () => {
		const owners = [
			{ id: 'chief', name: 'Chief', businessFunction: 'marketing' },
			{ id: 'logistics', name: 'Logistics', businessFunction: 'logistics', reportsTo: 'chief' },
			{ id: 'depot', name: 'Depot', businessFunction: 'logistics', reportsTo: 'logistics' },
		].map(owner => ownerSchema.parse(owner));
		const chain = (id: string) => ownerChain(owners, ownerIdSchema.parse(id)).map(owner => owner.id);
		expect(chain('depot')).toEqual(['depot', 'logistics', 'chief']);
		expect(chain('chief')).toEqual(['chief']);
		expect(chain('nobody')).toEqual([]);
	});

	test('a unit includes the units below it and no others', () => {
		const units = [
			{ id: 'DE', name: 'Germany' },
			{ id: 'DE-S', name: 'South', parent: 'DE' },
			{ id: 'DE-S-1', name: 'Ulm', parent: 'DE-S' },
			{ id: 'FR', name: 'France' },
		].map(unit => unitSchema.parse(unit));
		const seen = (id: string) => unitsBelow(units, unitIdSchema.parse(id));
		expect(seen('DE')).toEqual(['DE', 'DE-S', 'DE-S-1']);
		expect(seen('DE-S-1')).toEqual(['DE-S-1']);
		expect(seen('ES')).toEqual([]);
	});

	test('circles are found, each once, and what only leads into one is not part of it', () => {
		expect(circles(tree({ a: 'b', b: 'c', c: 'b', d: undefined }))).toEqual([['b', 'c']]);
		expect(circles(tree({ a: 'a', b: 'c', c: 'b' }))).toEqual([['a'], ['b', 'c']]);
		expect(circles(tree({ a: undefined, b: 'a', c: 'unknown' }))).toEqual([]);
	});

	test('walking ends for any input, and without circles up and below agree', () => {
		const names = ['a', 'b', 'c', 'd', 'e', 'f'];
		const anyTree = fc
			.tuple(...names.map(() => fc.option(fc.constantFrom(...names), { nil: undefined })))
			.map(parents => names.map((id, place) => ({ id, parent: parents[place] })));
		fc.assert(
			fc.property(anyTree, fc.constantFrom(...names), fc.constantFrom(...names), (given, lower, upper) => {
				const up = wayUp(given, lower);
				expect(new Set(up).size).toBe(up.length);
				if (circles(given).length === 0) {
					expect(up.includes(upper)).toBe(below(given, upper).includes(lower));
				}
			}),
		);
	});
});
