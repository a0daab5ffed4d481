import type { Definitions } from './definitions.ts';

/**
 * The same definitions with every list in the order of its ids (by code unit). Definitions are kept, compared and named by in
 * this order, so that it does not matter in which order a file lists them.
 */
export function inIdOrder(definitions: Definitions): Definitions {
	return {
		...definitions,
		units: sorted(definitions.units),
		owners: sorted(definitions.owners),
		moments: sorted(definitions.moments),
		promises: sorted(definitions.promises),
	};
}

function sorted<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
	return items.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
