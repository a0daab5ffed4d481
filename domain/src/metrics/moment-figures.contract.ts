import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { channelSchema, stageSchema } from '../moments/moment.ts';
import { momentIdSchema } from '../owners/ids.ts';
import { annotationSchema } from './annotations.contract.ts';
import { figureSchema } from './figure.ts';
import { namedOwnerSchema } from './named.ts';
import { answeredPeriodFields, periodQuerySchema } from './period-query.ts';
import { keptBucketSchema, volumeBucketSchema } from './trend-bucket.ts';

const count = z.number().int().min(0);

export const momentScoreSchema = z.object({
	scale: z.string(),
	mean: figureSchema,
	/** −1 … 1, on scales from 0 to 10; null on others. */
	nps: figureSchema.nullable(),
});
export type MomentScore = z.output<typeof momentScoreSchema>;

const momentFields = {
	id: z.string(),
	name: z.string(),
	stage: stageSchema,
	channel: channelSchema,
	physical: z.boolean(),
	handledBy: z.enum(['person', 'system', 'process']),
	/** Null is a finding: nobody answers for it. */
	owner: namedOwnerSchema.nullable(),
	/** Interactions. */
	volume: figureSchema,
	customers: figureSchema,
	/** Over the promises that the moment puts to the test. */
	keptRate: figureSchema,
	occasions: count,
	/** Of feedback that names the moment, a scale at a time. */
	scores: z.array(momentScoreSchema),
	trend: z.array(volumeBucketSchema),
};

export const momentSummarySchema = z.object(momentFields);
export type MomentSummary = z.output<typeof momentSummarySchema>;

export const listMomentFigures = contract({
	id: 'listMomentFigures',
	method: 'GET',
	path: '/v1/moments/figures',
	room: 'moments',
	summary: 'Every moment in the order of stages, with volume, customers, kept rate, scores and owner',
	allows: ['read'],
	query: periodQuerySchema,
	answer: z.object({ ...answeredPeriodFields, items: z.array(momentSummarySchema) }),
	problems: ['not-found', 'query-too-heavy'],
});

/** A moment in one channel or one unit. */
export const momentGroupSchema = z.object({
	/** The unit's id or the channel; empty where none was named. */
	id: z.string(),
	name: z.string(),
	interactions: count,
	customers: count,
	keptRate: figureSchema,
});

export const readMomentFigures = contract({
	id: 'readMomentFigures',
	method: 'GET',
	path: '/v1/moments/{id}/figures',
	room: 'moments',
	summary: 'One moment: volume and kept rate over time, by channel and unit, its promises and scores',
	description: 'What customers said there is at /v1/feedback?moment=.',
	allows: ['read'],
	params: z.object({ id: momentIdSchema }),
	query: periodQuerySchema,
	answer: z.object({
		...answeredPeriodFields,
		...momentFields,
		description: z.string().nullable(),
		keptTrend: z.array(keptBucketSchema),
		annotations: z.array(annotationSchema),
		byChannel: z.array(momentGroupSchema),
		byUnit: z.array(momentGroupSchema),
		/** The promises it puts to the test, and those whose occasions it starts or ends. */
		promises: z.array(
			z.object({
				id: z.string(),
				wording: z.string(),
				part: z.enum(['tests', 'starts', 'takes-part']),
				target: z.number(),
				occasions: count,
				keptRate: figureSchema,
			}),
		),
	}),
	problems: ['not-found', 'query-too-heavy'],
});
export type MomentFigures = z.output<typeof readMomentFigures.answer>;
