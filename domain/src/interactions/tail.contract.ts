import { z } from 'zod';
import { customerIdSchema } from '../customers/suppression.contract.ts';
import { saidSchema } from '../feedback/feedback-list.contract.ts';
import { contract } from '../http/contract.ts';

/** One interaction as it stands in the log. */
export const metSchema = z.object({
	id: z.string(),
	/** As in /v1/customers/{customer}. */
	customer: z.string(),
	time: z.iso.datetime(),
	/** The call it came by: track, page, interaction … */
	type: z.string(),
	event: z.string(),
	/** The moment's id; empty where no moment claims it. */
	moment: z.string(),
	subject: z.string(),
	account: z.string(),
	unit: z.string(),
	channel: z.string(),
	campaign: z.string(),
	agent: z.string(),
	outcome: z.string(),
	durationSeconds: z.number().nullable(),
	waitSeconds: z.number().nullable(),
	/** Decimal amounts as text. */
	revenue: z.string().nullable(),
	cost: z.string().nullable(),
	currency: z.string(),
	reach: z.number().nullable(),
	properties: z.record(z.string(), z.json()),
	source: z.string(),
});
export type Met = z.output<typeof metSchema>;

export const tailInteractions = contract({
	id: 'tailInteractions',
	method: 'GET',
	path: '/v1/interactions/tail',
	room: 'interactions',
	summary: 'What arrives, in the order of arrival; ask again with nextAfter',
	description:
		'Without `after`, the last that arrived. A view to look at while data comes in, not a feed to build on: what is written twice is shown twice.',
	allows: ['read'],
	roles: ['analyst'],
	query: z.object({
		/** The `nextAfter` of the answer before. */
		after: z.string().max(200).optional(),
		limit: z.coerce.number().int().min(1).max(200).default(50),
	}),
	answer: z.object({
		/** Oldest first. */
		items: z.array(metSchema.extend({ arrivedAt: z.iso.datetime() })),
		/** Null while nothing has arrived at all. */
		nextAfter: z.string().nullable(),
	}),
});

export const readInteractionsById = contract({
	id: 'readInteractionsById',
	method: 'GET',
	path: '/v1/interactions/by-id',
	room: 'interactions',
	summary: 'What one customer did and said, by ids, as the evidence of a verdict names them; oldest first',
	allows: ['read'],
	roles: ['analyst', 'owner', 'frontline', 'moderator'],
	query: z.object({
		customer: customerIdSchema,
		/** Up to 50 ids, as a JSON list of texts. */
		ids: z.string().max(20_000).transform(listOfIds),
	}),
	answer: z.object({ interactions: z.array(metSchema), feedback: z.array(saidSchema) }),
});

function listOfIds(text: string, context: z.RefinementCtx): string[] {
	try {
		const read = z.array(z.string().min(1).max(200)).min(1).max(50).safeParse(JSON.parse(text));
		if (read.success) return read.data;
	} catch {
		// Not JSON: said below.
	}
	context.addIssue({
		code: 'custom',
		message: 'must be a JSON list of 1 to 50 ids, like ["order-1","order-2"]',
	});
	return z.NEVER;
}
