import type { Owner } from '@touchstone/domain/owners/owner';
import type { Unit } from '@touchstone/domain/owners/unit';

/** An owner as it stands in the form. */
export type OwnerDraft = Readonly<Record<'id' | 'name' | 'businessFunction' | 'reportsTo' | 'email', string>>;

/** A unit as it stands in the form. */
export type UnitDraft = Readonly<Record<'id' | 'name' | 'parent', string>>;

export function ownerDraftOf(owner: Owner): OwnerDraft {
	return { ...owner, reportsTo: owner.reportsTo ?? '', email: owner.email ?? '' };
}

export function unitDraftOf(unit: Unit): UnitDraft {
	return { ...unit, parent: unit.parent ?? '' };
}

/** What the form says, to be checked by its schema; what may be left out is left out where nothing is written. */
export function written(draft: Readonly<Record<string, string>>): object {
	const needed = ['id', 'name', 'businessFunction'];
	return Object.fromEntries(
		Object.entries(draft)
			.map(([name, text]) => [name, text.trim()])
			.filter(([name, text]) => text !== '' || needed.some(field => field === name)),
	);
}
