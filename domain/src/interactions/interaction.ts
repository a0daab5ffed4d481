import { z } from 'zod';
import { channelSchema } from '../moments/moment.ts';
import { unitIdSchema } from '../owners/ids.ts';
import { isInstant } from '../units/instant.ts';
import { currencySchema, moneySchema } from '../units/money.ts';

const text = (limit: number) => z.string().max(limit);
const identifier = z.string().min(1).max(256);
const instantText = z
	.string()
	.refine(
		isInstant,
		'must be an ISO 8601 time with a zone, like 2026-03-01T09:30:00Z, or a date like 2026-03-01',
	);

/** Who it was: a known customer, an anonymous visitor, or both. */
export const whoFields = {
	customer: identifier.optional(),
	anonymousId: identifier.optional(),
	/** The organisation the customer acted for. */
	account: identifier.optional(),
};

/** What interactions and feedback share about where they happened. */
export const whereFields = {
	subject: text(256).optional(),
	unit: unitIdSchema.optional(),
	channel: channelSchema.optional(),
	campaign: text(256).optional(),
	agent: text(256).optional(),
};

/**
 * One customer meeting one moment, once, as sent to `POST /v1/interactions`. `id` is the sender's own and makes sending it
 * again harmless; the newest content under an id stands.
 */
export const interactionSchema = z
	.strictObject({
		id: z.string().min(1).max(200),
		event: z.string().min(1).max(200),
		time: instantText,
		...whoFields,
		...whereFields,
		outcome: text(100).optional(),
		durationSeconds: z.number().min(0).max(1e9).optional(),
		waitSeconds: z.number().min(0).max(1e9).optional(),
		revenue: moneySchema.optional(),
		cost: moneySchema.optional(),
		currency: currencySchema.optional(),
		/** How many people could have seen it. */
		reach: z.number().int().min(0).max(1e12).optional(),
		properties: z.record(z.string(), z.json()).default({}),
	})
	.refine(given => given.customer !== undefined || given.anonymousId !== undefined, {
		message: 'customer or anonymousId is needed',
		path: ['customer'],
	});
export type InteractionInput = z.input<typeof interactionSchema>;
export type Interaction = z.output<typeof interactionSchema>;
