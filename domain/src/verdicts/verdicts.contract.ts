import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { pageOf, pageQuerySchema } from '../http/page.ts';
import { segmentSchema } from '../metrics/period-query.ts';
import { channelSchema } from '../moments/moment.ts';
import { promiseIdSchema, unitIdSchema } from '../owners/ids.ts';
import { ruleSchema } from '../promises/rule.ts';
import { instantSchema } from '../units/instant.ts';
import { verdictCountsSchema, verdictSchema } from './verdict.ts';

/** A promise put to the test once. Amounts are seconds for promises about time, else the measure's own unit. */
export const occasionSchema = z.object({
	promise: z.string(),
	promiseVersion: z.number().int(),
	occasion: z.string(),
	customer: z.string(),
	subject: z.string(),
	unit: z.string(),
	channel: z.string(),
	campaign: z.string(),
	moment: z.string(),
	time: z.string(),
	due: z.string().nullable(),
	decidedAt: z.string().nullable(),
	verdict: verdictSchema,
	promised: z.number().nullable(),
	delivered: z.number().nullable(),
	/** Positive is better than promised. */
	margin: z.number().nullable(),
	late: z.boolean(),
	/** The ids of the interactions and feedback that prove it. */
	evidence: z.array(z.string()),
});
export type Occasion = z.output<typeof occasionSchema>;

export const listVerdicts = contract({
	id: 'listVerdicts',
	method: 'GET',
	path: '/v1/verdicts',
	room: 'verdicts',
	summary: 'The occasions of a promise with their verdicts and evidence, newest first',
	allows: ['read'],
	roles: ['analyst', 'owner', 'frontline', 'moderator'],
	query: pageQuerySchema.extend({
		promise: promiseIdSchema,
		verdict: verdictSchema.optional(),
		unit: unitIdSchema.optional(),
		channel: channelSchema.optional(),
		segment: segmentSchema.optional(),
		from: instantSchema.optional(),
		to: instantSchema.optional(),
	}),
	answer: pageOf(occasionSchema),
});

export const previewRule = contract({
	id: 'previewRule',
	method: 'POST',
	path: '/v1/verdicts/preview',
	room: 'verdicts',
	summary: 'The verdicts a rule would give on what has been received so far, before it is saved',
	allows: ['read'],
	roles: ['analyst', 'owner'],
	units: 'own',
	audited: 'nothing',
	body: z.strictObject({ rule: ruleSchema }),
	answer: z.object({
		occasions: z.number().int(),
		verdicts: verdictCountsSchema,
		examples: z.array(occasionSchema),
	}),
	problems: ['query-too-heavy'],
});

export const readJudgement = contract({
	id: 'readJudgement',
	method: 'GET',
	path: '/v1/judgement',
	room: 'verdicts',
	summary: 'Whether everything received and every change of promises has been judged',
	allows: ['read'],
	answer: z.object({ settled: z.boolean(), underWay: z.array(z.string()) }),
});

export const judgeAgain = contract({
	id: 'judgeAgain',
	method: 'POST',
	path: '/v1/judgement',
	room: 'verdicts',
	summary: 'Judges one promise, or all, anew over everything ever received; answers with the job',
	allows: ['admin'],
	body: z.strictObject({ promise: promiseIdSchema.optional() }),
	answer: z.object({ job: z.string() }),
	status: 202,
});
