import { z } from 'zod';
import { definitionContracts } from '../definitions/definition-contracts.ts';
import { promiseIdSchema } from '../owners/ids.ts';
import { brandPromiseSchema } from './brand-promise.ts';

export const promiseContracts = definitionContracts({
	kind: 'promise',
	plural: 'promises',
	room: 'promises',
	id: promiseIdSchema,
	definition: brandPromiseSchema,
	body: brandPromiseSchema.partial({ id: true }),
	/** The rule as one English sentence; null while the promise has none. */
	details: z.object({ ruleInWords: z.string().nullable() }),
});
