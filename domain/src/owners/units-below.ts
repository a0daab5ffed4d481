import type { UnitId } from './ids.ts';
import { below } from './tree.ts';
import type { Unit } from './unit.ts';

/** A unit and every unit below it: what a person who was given that unit may see. Empty when the unit is unknown. */
export function unitsBelow(units: readonly Unit[], id: UnitId): UnitId[] {
	return below(
		units.map(unit => ({ id: unit.id, parent: unit.parent })),
		id,
	);
}
