import type { OwnerId } from './ids.ts';
import type { Owner } from './owner.ts';
import { wayUp } from './tree.ts';

/** Who answers for what an owner answers for, from the owner itself up to the chief. Empty when the owner is unknown. */
export function ownerChain(owners: readonly Owner[], id: OwnerId): Owner[] {
	const byId = new Map(owners.map(owner => [owner.id, owner]));
	return wayUp(
		owners.map(owner => ({ id: owner.id, parent: owner.reportsTo })),
		id,
	).flatMap(step => byId.get(step) ?? []);
}
