import { ownerChain } from '@touchstone/domain/owners/owner-chain';
import { ownerContracts } from '@touchstone/domain/owners/owners.contract';
import { unitContracts } from '@touchstone/domain/owners/units.contract';
import { unitsBelow } from '@touchstone/domain/owners/units-below';
import { serveDefinitionKind } from '../definitions/definition-kind.routes.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House, Room } from '../http/house.ts';

/** Who answers for what, and the places of the company. */
export function ownersRoom(house: House, inForce: DefinitionsInForce): Room {
	return {
		name: 'owners',
		routes: app => {
			serveDefinitionKind(app, house, inForce, ownerContracts, {
				list: 'owners',
				items: ({ owners }) => owners,
				withItems: (definitions, owners) => ({ ...definitions, owners: [...owners] }),
				details: ({ owners }, { id }) => ({ chain: ownerChain(owners, id).map(owner => owner.id) }),
			});
			serveDefinitionKind(app, house, inForce, unitContracts, {
				list: 'units',
				items: ({ units }) => units,
				withItems: (definitions, units) => ({ ...definitions, units: [...units] }),
				details: ({ units }, { id }) => ({ below: unitsBelow(units, id) }),
			});
		},
	};
}
