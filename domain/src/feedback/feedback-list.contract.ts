import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { pageOf, pageQuerySchema } from '../http/page.ts';
import { channelSchema } from '../moments/moment.ts';
import { momentIdSchema, unitIdSchema } from '../owners/ids.ts';
import { instantSchema } from '../units/instant.ts';
import { scaleNameSchema } from '../units/scale.ts';

/** What a customer said, as it stands in the log. */
export const saidSchema = z.object({
	id: z.string(),
	/** As in /v1/customers/{customer}. */
	customer: z.string(),
	time: z.iso.datetime(),
	type: z.string(),
	/** The moment's id; empty where nobody said. */
	moment: z.string(),
	subject: z.string(),
	account: z.string(),
	unit: z.string(),
	channel: z.string(),
	campaign: z.string(),
	source: z.string(),
	/** Empty when only words were given. */
	scale: z.string(),
	score: z.number().nullable(),
	/** The lowest and highest possible score. */
	scoreLow: z.number(),
	scoreHigh: z.number(),
	words: z.string(),
	language: z.string(),
	/** How many people could have seen it. */
	reach: z.number().nullable(),
});
export type Said = z.output<typeof saidSchema>;

export const listFeedback = contract({
	id: 'listFeedback',
	method: 'GET',
	path: '/v1/feedback',
	room: 'feedback',
	summary: 'What customers said, newest first',
	allows: ['read'],
	roles: ['analyst', 'owner', 'frontline', 'moderator'],
	query: pageQuerySchema.extend({
		moment: momentIdSchema.optional(),
		/** Includes the units below it. */
		unit: unitIdSchema.optional(),
		channel: channelSchema.optional(),
		scale: scaleNameSchema.optional(),
		from: instantSchema.optional(),
		to: instantSchema.optional(),
		/** Only what was said in words too. */
		withWords: z.stringbool().default(false),
	}),
	answer: pageOf(saidSchema),
	problems: ['not-found'],
});
