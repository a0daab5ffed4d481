import type { Definitions } from '../definitions/definitions.ts';
import type { Named, NamedOwner } from './named.ts';

/** How people call what is defined. */
export type NamedDefinitions = {
	moment(id: string | undefined): Named | null;
	owner(id: string | undefined): NamedOwner | null;
	/** A unit's name, or its id where nobody defined it. */
	unitName(id: string): string;
};

export function namedDefinitions({ moments, owners, units }: Definitions): NamedDefinitions {
	const momentNames = new Map(moments.map(({ id, name }): [string, Named] => [id, { id, name }]));
	const ownerNames = new Map(
		owners.map(({ id, name, businessFunction }): [string, NamedOwner] => [
			id,
			{ id, name, businessFunction },
		]),
	);
	const unitNames = new Map(units.map(({ id, name }): [string, string] => [id, name]));
	return {
		moment: id => momentNames.get(id ?? '') ?? null,
		owner: id => ownerNames.get(id ?? '') ?? null,
		unitName: id => unitNames.get(id) ?? id,
	};
}
