import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { changeSchema, meetsTargetSchema } from '../metrics/change.ts';
import { figureSchema } from '../metrics/figure.ts';
import { namedOwnerSchema, namedSchema } from '../metrics/named.ts';
import { answeredPeriodFields, periodQuerySchema } from '../metrics/period-query.ts';
import { keptBucketSchema } from '../metrics/trend-bucket.ts';
import { verdictCountsSchema } from '../verdicts/verdict.ts';

const count = z.number().int().min(0);

export const readOverviewKept = contract({
	id: 'readOverviewKept',
	method: 'GET',
	path: '/v1/overview/kept',
	room: 'overview',
	summary: 'Whether promises are kept: now, before, whether the change is more than noise, and over time',
	allows: ['read'],
	query: periodQuerySchema,
	answer: z.object({
		...answeredPeriodFields,
		/** Promises with at least one occasion in the period, of all that have a rule. */
		promisesTested: count,
		promises: count,
		occasions: count,
		verdicts: verdictCountsSchema,
		late: count,
		keptRate: figureSchema,
		/** Null without a period to compare with, as are the three that follow. */
		before: figureSchema.nullable(),
		verdictsBefore: verdictCountsSchema.nullable(),
		difference: figureSchema.nullable(),
		change: changeSchema.nullable(),
		/** The targets of the promises, each weighted with its decided occasions; null without any. */
		target: z.number().nullable(),
		meetsTarget: meetsTargetSchema,
		trend: z.array(keptBucketSchema),
	}),
	problems: ['not-found', 'query-too-heavy'],
});
export type OverviewKept = z.output<typeof readOverviewKept.answer>;

export const gapSchema = z.object({
	promise: z.string(),
	wording: z.string(),
	moment: namedSchema.nullable(),
	/** Who must keep it; null is a finding. */
	owner: namedOwnerSchema.nullable(),
	keptRate: figureSchema,
	target: z.number(),
	/** Target minus kept rate. */
	gap: figureSchema,
	meetsTarget: meetsTargetSchema,
	occasions: count,
	broken: count,
	customersAffected: figureSchema,
	revenueAffected: figureSchema,
	/** What the list is ranked by. */
	stake: figureSchema,
});
export type Gap = z.output<typeof gapSchema>;

export const listOverviewGaps = contract({
	id: 'listOverviewGaps',
	method: 'GET',
	path: '/v1/overview/gaps',
	room: 'overview',
	summary: 'The promises kept less often than their target, ranked by customers × value at stake',
	description:
		'How the stake is made is at /v1/metrics under `stake`. Promises whose stake is not known follow, ranked by customers affected.',
	allows: ['read'],
	query: periodQuerySchema,
	answer: z.object({ ...answeredPeriodFields, items: z.array(gapSchema) }),
	problems: ['not-found', 'query-too-heavy'],
});

export const promiseChangeSchema = z.object({
	promise: z.string(),
	wording: z.string(),
	owner: namedOwnerSchema.nullable(),
	now: figureSchema,
	before: figureSchema,
	/** Now minus before. */
	difference: figureSchema,
	/** How likely so large a difference is by chance, corrected for looking at all promises at once; null with too few. */
	pAdjusted: z.number().nullable(),
	change: changeSchema,
});
export type PromiseChange = z.output<typeof promiseChangeSchema>;

export const listOverviewChanges = contract({
	id: 'listOverviewChanges',
	method: 'GET',
	path: '/v1/overview/changes',
	room: 'overview',
	summary: 'What changed since the period before, promise by promise, and whether it is more than noise',
	description:
		'Largest difference first. A change counts as better or worse when its p-value, adjusted by Benjamini and Hochberg over all promises, is at most 0.05. Without a period to compare with the list is empty.',
	allows: ['read'],
	query: periodQuerySchema,
	answer: z.object({ ...answeredPeriodFields, items: z.array(promiseChangeSchema) }),
	problems: ['not-found', 'query-too-heavy'],
});
