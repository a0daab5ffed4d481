import { z } from 'zod';
import { channelSchema } from '../moments/moment.ts';
import { momentIdSchema, ownerIdSchema, promiseIdSchema } from '../owners/ids.ts';
import { isInstant } from '../units/instant.ts';
import { shareSchema } from '../units/share.ts';
import { ruleSchema } from './rule.ts';

const dayOrInstant = z.string().refine(isInstant, 'must be a date like 2026-03-01 or a time with a zone');

/** Something the brand said, where it said it, which moment puts it to the test, and how it is tested. */
export const brandPromiseSchema = z.strictObject({
	id: promiseIdSchema,
	/** The words as the customer met them. */
	wording: z.string().min(1).max(1000),
	/** Said in so many words, or implied by what the customer saw. */
	explicit: z.boolean().default(true),
	saidIn: z
		.array(
			z.strictObject({
				kind: z.enum(['campaign', 'creative', 'page', 'salesperson', 'contract', 'packaging', 'other']),
				where: z.string().min(1).max(500),
				channel: channelSchema.optional(),
			}),
		)
		.max(50)
		.default([]),
	/** Occasions from here on count; left out, all of them. */
	validFrom: dayOrInstant.optional(),
	/** Occasions up to here count (exclusive); left out, the promise still stands. */
	validTo: dayOrInstant.optional(),
	/** The moment that puts the promise to the test; left out, the linter reports a promise no moment tests. */
	moment: momentIdSchema.optional(),
	rule: ruleSchema.optional(),
	/** The share of occasions that must be kept. */
	target: shareSchema.default(0.95),
	madeBy: ownerIdSchema.optional(),
	keptBy: ownerIdSchema.optional(),
});
export type BrandPromise = z.output<typeof brandPromiseSchema>;
