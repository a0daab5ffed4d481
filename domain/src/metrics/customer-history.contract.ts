import { z } from 'zod';
import { customerIdSchema, suppressionSchema } from '../customers/suppression.contract.ts';
import { saidSchema } from '../feedback/feedback-list.contract.ts';
import { contract } from '../http/contract.ts';
import { pageOf, pageQuerySchema } from '../http/page.ts';
import { metSchema } from '../interactions/tail.contract.ts';
import { verdictCountsSchema } from '../verdicts/verdict.ts';
import { occasionSchema } from '../verdicts/verdicts.contract.ts';

const count = z.number().int().min(0);
const whoMay = ['analyst', 'owner', 'frontline', 'moderator'] as const;
const params = z.object({ id: customerIdSchema });

const customerFields = {
	/** The company's own id; for a visitor nobody knows, `anon:` and the device's id. */
	id: z.string(),
	firstSeen: z.iso.datetime(),
	lastSeen: z.iso.datetime(),
	interactions: count,
	feedback: count,
	brokenPromises: count,
	/** The newest score they gave, on its scale. */
	lastScore: z
		.object({
			scale: z.string(),
			score: z.number(),
			scoreLow: z.number(),
			scoreHigh: z.number(),
			time: z.iso.datetime(),
		})
		.nullable(),
	/** What all their interactions brought in, in the company's currency, as decimal text; null when none says. */
	revenue: z.string().nullable(),
};

export const customerRowSchema = z.object(customerFields);
export type CustomerRow = z.output<typeof customerRowSchema>;

export const listCustomers = contract({
	id: 'listCustomers',
	method: 'GET',
	path: '/v1/customers',
	room: 'customers',
	summary: 'Customers by what identifies them, those seen last first',
	description:
		'`search` is found in the id of a customer or visitor, an account, or a subject such as an order; exact matches come first. Left out, everyone is listed.',
	allows: ['read'],
	roles: whoMay,
	query: pageQuerySchema.extend({
		limit: z.coerce.number().int().min(1).max(200).default(50),
		search: z.string().trim().max(256).optional(),
	}),
	answer: pageOf(customerRowSchema).extend({ currency: z.string() }),
});

export const readCustomer = contract({
	id: 'readCustomer',
	method: 'GET',
	path: '/v1/customers/{id}',
	room: 'customers',
	summary: 'What is known of one customer, in sum',
	allows: ['read'],
	roles: whoMay,
	params,
	answer: z.object({
		...customerFields,
		currency: z.string(),
		/** Ids that turned out to be this customer: visits before they said who they are, ids given up. */
		alsoKnownAs: z.array(z.string()),
		accounts: z.array(z.string()),
		units: z.array(z.string()),
		channels: z.array(z.string()),
		verdicts: verdictCountsSchema,
		suppression: suppressionSchema.nullable(),
	}),
	problems: ['not-found'],
});

/** One thing that happened between a customer and the company. `time` of a verdict is when its occasion began. */
export const timelineEntrySchema = z.discriminatedUnion('kind', [
	metSchema.extend({ kind: z.literal('interaction') }),
	saidSchema.extend({ kind: z.literal('feedback') }),
	occasionSchema.extend({ kind: z.literal('verdict') }),
]);
export type TimelineEntry = z.output<typeof timelineEntrySchema>;

export const readCustomerTimeline = contract({
	id: 'readCustomerTimeline',
	method: 'GET',
	path: '/v1/customers/{id}/timeline',
	room: 'customers',
	summary: 'Everything between one customer and the company, every channel, newest first',
	description: 'Interactions, feedback and verdicts in one line; a verdict stands where its occasion began.',
	allows: ['read'],
	roles: whoMay,
	params,
	query: pageQuerySchema,
	answer: pageOf(timelineEntrySchema),
	problems: ['not-found'],
});

export const exportCustomer = contract({
	id: 'exportCustomer',
	method: 'GET',
	path: '/v1/customers/{id}/export',
	room: 'customers',
	summary: 'Everything held about one customer, as a file',
	description: 'A JSON file, sent as it is read.',
	allows: [],
	roles: ['analyst'],
	audited: 'export',
	params,
	answer: z.object({
		customer: z.string(),
		exportedAt: z.iso.datetime(),
		alsoKnownAs: z.array(z.string()),
		suppression: suppressionSchema.nullable(),
		interactions: z.array(
			metSchema.extend({ context: z.record(z.string(), z.json()), anonymousId: z.string() }),
		),
		feedback: z.array(saidSchema.extend({ properties: z.record(z.string(), z.json()) })),
		verdicts: z.array(occasionSchema),
	}),
	problems: ['not-found'],
});
