import type { UnitsGiven } from '@touchstone/domain/access/membership';

type Place = { readonly id: string; readonly depth: number };

/**
 * The units somebody was given and all below them, as one goes down the tree; the topmost of each stand at the margin.
 *
 * @param units every unit, in the order of the tree
 */
export function unitsGiven<Unit extends Place>(units: readonly Unit[], given: UnitsGiven): readonly Unit[] {
	if (given === 'all') return units;
	const named = new Set<string>(given);
	let top: number | undefined;
	return units.flatMap(unit => {
		if (top !== undefined && unit.depth <= top) top = undefined;
		if (top === undefined && named.has(unit.id)) top = unit.depth;
		return top === undefined ? [] : [{ ...unit, depth: unit.depth - top }];
	});
}
