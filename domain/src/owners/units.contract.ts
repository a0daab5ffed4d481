import { z } from 'zod';
import { definitionContracts } from '../definitions/definition-contracts.ts';
import { unitIdSchema } from './ids.ts';
import { unitSchema } from './unit.ts';

export const unitContracts = definitionContracts({
	kind: 'unit',
	plural: 'units',
	room: 'owners',
	id: unitIdSchema,
	definition: unitSchema,
	body: unitSchema.partial({ id: true }),
	/** The unit itself and every unit below it. */
	details: z.object({ below: z.array(z.string()) }),
});
