import { z } from 'zod';
import { momentIdSchema, ownerIdSchema } from '../owners/ids.ts';
import { claimSchema } from './claim.ts';

export const stages = [
	'discover',
	'evaluate',
	'buy',
	'first-use',
	'use',
	'support',
	'renew',
	'advocate',
] as const;
export const stageSchema = z.enum(stages);

export const channels = [
	'web',
	'app',
	'email',
	'phone',
	'ivr',
	'chat',
	'store',
	'dealer',
	'social',
	'community',
	'marketplace',
	'post',
	'delivery',
	'product',
	'other',
] as const;
export const channelSchema = z.enum(channels);
export type Channel = z.output<typeof channelSchema>;

/** A named touchpoint between a customer and the company: a moment of truth. */
export const momentSchema = z.strictObject({
	id: momentIdSchema,
	name: z.string().min(1).max(200),
	description: z.string().max(2000).optional(),
	stage: stageSchema,
	channel: channelSchema,
	physical: z.boolean().default(false),
	handledBy: z.enum(['person', 'system', 'process']).default('system'),
	/** Left out, the moment is a finding of the linter: nobody is accountable for it. */
	owner: ownerIdSchema.optional(),
	claims: z.array(claimSchema).max(50).default([]),
});
export type Moment = z.output<typeof momentSchema>;
