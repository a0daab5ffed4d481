import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { promiseIdSchema } from '../owners/ids.ts';
import { brandPromiseSchema } from '../promises/brand-promise.ts';
import { verdictCountsSchema } from '../verdicts/verdict.ts';
import { annotationSchema } from './annotations.contract.ts';
import { meetsTargetSchema } from './change.ts';
import { figureSchema } from './figure.ts';
import { namedOwnerSchema, namedSchema } from './named.ts';
import { answeredPeriodFields, periodQuerySchema } from './period-query.ts';
import { keptBucketSchema } from './trend-bucket.ts';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1).nullable();

const summaryFields = {
	id: z.string(),
	wording: z.string(),
	saidIn: brandPromiseSchema.shape.saidIn,
	/** The moment that puts the promise to the test. */
	moment: namedSchema.nullable(),
	/** Who must keep it; null is a finding. */
	keptBy: namedOwnerSchema.nullable(),
	target: z.number(),
	meetsTarget: meetsTargetSchema,
	occasions: count,
	verdicts: verdictCountsSchema,
	late: count,
	keptRate: figureSchema,
	/** Of all occasions; null without any. */
	unknownShare: share,
	pendingShare: share,
	trend: z.array(keptBucketSchema),
};

export const promiseSummarySchema = z.object(summaryFields);
export type PromiseSummary = z.output<typeof promiseSummarySchema>;

export const listPromiseFigures = contract({
	id: 'listPromiseFigures',
	method: 'GET',
	path: '/v1/promises/figures',
	room: 'promises',
	summary: 'Every promise with its kept rate, trend, target, occasions, and what is unknown or pending',
	allows: ['read'],
	query: periodQuerySchema,
	answer: z.object({ ...answeredPeriodFields, items: z.array(promiseSummarySchema) }),
	problems: ['not-found', 'query-too-heavy'],
});

/** Where in a funnel plot units of this size would lie by chance alone, if all were alike. */
export const funnelLimitsSchema = z.object({
	centre: z.number(),
	low95: z.number(),
	high95: z.number(),
	low998: z.number(),
	high998: z.number(),
});

/** The occasions of one unit, channel or campaign. */
export const groupFiguresSchema = z.object({
	/** The unit's id, the channel or the campaign; empty where none was named. */
	id: z.string(),
	/** The unit's name; otherwise as `id`. */
	name: z.string(),
	occasions: count,
	verdicts: verdictCountsSchema,
	late: count,
	keptRate: figureSchema,
	/** Null without a decided occasion. */
	funnel: funnelLimitsSchema.nullable(),
	/** Against the 99.8 % limits: what lies within is no more than chance among groups of its size. */
	beyond: z.enum(['above', 'below', 'within', 'too-few']),
});
export type GroupFigures = z.output<typeof groupFiguresSchema>;

export const marginHistogramSchema = z.object({
	/** What margins are measured in: `seconds`, or the measure's or scale's own unit. The promise itself is at 0. */
	unit: z.string(),
	n: count,
	/**
	 * In order and without gaps, `from` ≤ margin < `to`; the first has no `from` and the last no `to`, they hold what lies
	 * further out. Zero is always an edge.
	 */
	bins: z.array(z.object({ from: z.number().nullable(), to: z.number().nullable(), n: count })),
	quantiles: z.object({ p10: figureSchema, median: figureSchema, p90: figureSchema }),
});
export type MarginHistogram = z.output<typeof marginHistogramSchema>;

/** The same figure for customers whose promise was kept and for those whose promise was broken. */
const keptAgainstBroken = {
	kept: figureSchema,
	broken: figureSchema,
	/** Kept minus broken. */
	difference: figureSchema,
};

/** What happened after a promise was kept and after it was broken. What else differs between the two is not removed. */
export const afterwardsSchema = z.object({
	reading: z.literal('association'),
	followUpDays: z.number().int(),
	/** Mean scores given about the subjects of the occasions, a scale at a time. */
	scores: z.array(z.object({ scale: z.string(), ...keptAgainstBroken })),
	/** Customers who paid again within the follow-up. */
	returned: z.object(keptAgainstBroken),
	/** What a customer paid within the follow-up, on average. */
	revenue: z.object(keptAgainstBroken),
});
export type Afterwards = z.output<typeof afterwardsSchema>;

export const promiseVersionSchema = z.object({
	version: z.number().int(),
	/** Occasions from here on are judged by it; null is from the first on. */
	from: z.iso.datetime().nullable(),
	at: z.iso.datetime(),
	author: z.string(),
	archived: z.boolean(),
	/** What changed against the version before, a sentence each; empty for the first. */
	changes: z.array(z.string()),
	ruleInWords: z.string().nullable(),
	/** The promise as this version has it. */
	promise: brandPromiseSchema,
});

export const readPromiseFigures = contract({
	id: 'readPromiseFigures',
	method: 'GET',
	path: '/v1/promises/{id}/figures',
	room: 'promises',
	summary: 'One promise: kept over time, versions, margins, units, channels, campaigns, and what came after',
	description:
		'Units, channels and campaigns carry the limits of a funnel plot around the kept rate of all together (exact binomial, 95 % and 99.8 %), so that small ones are not blamed for chance.',
	allows: ['read'],
	params: z.object({ id: promiseIdSchema }),
	query: periodQuerySchema,
	answer: z.object({
		...answeredPeriodFields,
		...summaryFields,
		explicit: z.boolean(),
		madeBy: namedOwnerSchema.nullable(),
		ruleInWords: z.string().nullable(),
		/** Oldest first. */
		versions: z.array(promiseVersionSchema),
		annotations: z.array(annotationSchema),
		margins: marginHistogramSchema,
		byUnit: z.array(groupFiguresSchema),
		byChannel: z.array(groupFiguresSchema),
		byCampaign: z.array(groupFiguresSchema),
		customers: figureSchema,
		customersAffected: figureSchema,
		revenueAffected: figureSchema,
		after: afterwardsSchema,
	}),
	problems: ['not-found', 'query-too-heavy'],
});
export type PromiseFigures = z.output<typeof readPromiseFigures.answer>;
