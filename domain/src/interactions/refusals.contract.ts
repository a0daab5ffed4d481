import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { pageOf, pageQuerySchema } from '../http/page.ts';

const instant = z.iso.datetime();

export const refusalSchema = z.object({
	id: z.string(),
	at: instant,
	source: z.string(),
	route: z.string(),
	code: z.string(),
	detail: z.string(),
	/** What was refused, as JSON text; cut where it was longer than we keep, empty where it must not be kept. */
	payload: z.string(),
	truncated: z.boolean(),
	replayedAt: instant.nullable(),
	expiresAt: instant,
});
export type StoredRefusal = z.output<typeof refusalSchema>;

export const refusalGroupSchema = z.object({
	source: z.string(),
	code: z.string(),
	/** What the code means and what to do. */
	meaning: z.string(),
	/** Everything ever refused for this reason from this source. */
	count: z.number().int(),
	/** How many of them are kept and wait to be corrected or replayed. */
	waiting: z.number().int(),
	firstAt: instant,
	lastAt: instant,
	sample: refusalSchema.nullable(),
});

export const listRefusalGroups = contract({
	id: 'listRefusalGroups',
	method: 'GET',
	path: '/v1/refusals/groups',
	room: 'interactions',
	summary: 'What the intake refused, by source and reason',
	allows: ['read'],
	roles: ['analyst'],
	units: 'all',
	answer: z.object({ groups: z.array(refusalGroupSchema) }),
});

export const listRefusals = contract({
	id: 'listRefusals',
	method: 'GET',
	path: '/v1/refusals',
	room: 'interactions',
	summary: 'The refused items that are kept, newest first',
	allows: ['read'],
	roles: ['analyst'],
	units: 'all',
	query: pageQuerySchema.extend({
		source: z.string().max(200).optional(),
		code: z.string().max(100).optional(),
		/** Left out, replayed items are not listed. */
		replayed: z.enum(['yes', 'no']).default('no'),
	}),
	answer: pageOf(refusalSchema),
});

const refusalParams = z.object({ id: z.string().regex(/^\d{1,18}$/, 'must be the id of a refusal') });

export const correctRefusal = contract({
	id: 'correctRefusal',
	method: 'PUT',
	path: '/v1/refusals/{id}/payload',
	room: 'interactions',
	summary: 'Correct a refused item before replaying it',
	allows: [],
	roles: ['analyst'],
	params: refusalParams,
	body: z.strictObject({ payload: z.record(z.string(), z.json()) }),
	answer: refusalSchema,
	problems: ['not-found', 'refusal-not-replayable'],
});

const replayAnswer = z.object({
	replayed: z.number().int(),
	refusedAgain: z.number().int(),
	/** Too large to have been kept whole, or not to be kept at all. */
	notReplayable: z.number().int(),
});
export type ReplayAnswer = z.output<typeof replayAnswer>;

export const replayRefusal = contract({
	id: 'replayRefusal',
	method: 'POST',
	path: '/v1/refusals/{id}/replay',
	room: 'interactions',
	summary: 'Take in a refused item again',
	description:
		'It goes the way it came, at the time it came. When it is refused again its reason is brought up to date.',
	allows: [],
	roles: ['analyst'],
	params: refusalParams,
	answer: replayAnswer,
	problems: ['not-found', 'refusal-not-replayable'],
});

export const replayRefusals = contract({
	id: 'replayRefusals',
	method: 'POST',
	path: '/v1/refusals/replay',
	room: 'interactions',
	summary: 'Take in again everything kept of one reason',
	allows: [],
	roles: ['analyst'],
	body: z.strictObject({ code: z.string().max(100), source: z.string().max(200).optional() }),
	answer: replayAnswer,
});
