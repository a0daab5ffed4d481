import { z } from 'zod';
import { definitionContracts } from '../definitions/definition-contracts.ts';
import { ownerIdSchema } from './ids.ts';
import { ownerSchema } from './owner.ts';

export const ownerContracts = definitionContracts({
	kind: 'owner',
	plural: 'owners',
	room: 'owners',
	id: ownerIdSchema,
	definition: ownerSchema,
	body: ownerSchema.partial({ id: true }),
	/** Who answers for it: the owner itself, whom it reports to, and so on up to the chief. */
	details: z.object({ chain: z.array(z.string()) }),
});
