import { z } from 'zod';
import { definitionContracts } from '../definitions/definition-contracts.ts';
import { contract } from '../http/contract.ts';
import { momentIdSchema } from '../owners/ids.ts';
import { channelSchema, momentSchema, stageSchema } from './moment.ts';

export const momentContracts = definitionContracts({
	kind: 'moment',
	plural: 'moments',
	room: 'moments',
	id: momentIdSchema,
	definition: momentSchema,
	body: momentSchema.partial({ id: true }),
	/** The promises that this moment starts or puts to the test. */
	details: z.object({ promises: z.array(z.string()) }),
});

export const listStages = contract({
	id: 'listStages',
	method: 'GET',
	path: '/v1/stages',
	room: 'moments',
	summary: 'The stages of a relationship in their order, and how many moments each has',
	allows: ['read'],
	answer: z.object({ items: z.array(z.object({ stage: stageSchema, moments: z.number().int() })) }),
});

export const listChannels = contract({
	id: 'listChannels',
	method: 'GET',
	path: '/v1/channels',
	room: 'moments',
	summary: 'The channels, and how many moments each has',
	allows: ['read'],
	answer: z.object({ items: z.array(z.object({ channel: channelSchema, moments: z.number().int() })) }),
});
