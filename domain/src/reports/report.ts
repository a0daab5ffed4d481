import { z } from 'zod';
import { figureSchema } from '../metrics/figure.ts';
import { channelSchema } from '../moments/moment.ts';
import { promiseIdSchema, unitIdSchema } from '../owners/ids.ts';
import { instantSchema } from '../units/instant.ts';
import { verdictCountsSchema } from '../verdicts/verdict.ts';

/** What to report on. Periods are half open: occasions with `from` ≤ time < `to`. */
export const reportQuerySchema = z.object({
	promise: promiseIdSchema.optional(),
	/** Includes the units below it. */
	unit: unitIdSchema.optional(),
	channel: channelSchema.optional(),
	from: instantSchema.optional(),
	to: instantSchema.optional(),
	/** Judge as things stood at this time: what happened later is not known, what falls due later is pending. Left out, the standing verdicts as of now. */
	asOf: instantSchema.optional(),
});
export type ReportQuery = z.output<typeof reportQuerySchema>;

const countSchema = z.number().int().min(0);

export const unitCountsSchema = verdictCountsSchema.extend({
	occasions: countSchema,
	/** Fulfilled after the due time; part of `broken`. */
	late: countSchema,
	keptRate: figureSchema,
});

/** What customers said about the subjects of kept and of broken occasions, on one scale. */
export const scoreComparisonSchema = z.object({
	scale: z.string(),
	kept: z.object({ mean: figureSchema, topTwoBox: figureSchema }),
	broken: z.object({ mean: figureSchema, topTwoBox: figureSchema }),
	/** The part of broken that was fulfilled after all, after the due time. */
	late: z.object({ mean: figureSchema, topTwoBox: figureSchema }),
	/** Kept minus broken: an association, not an effect. */
	difference: figureSchema,
});

export const promiseReportSchema = z.object({
	id: z.string(),
	wording: z.string(),
	moment: z.string().nullable(),
	madeBy: z.string().nullable(),
	keptBy: z.string().nullable(),
	target: z.number(),
	/** Whether the kept rate reaches the target: `yes` or `no` only when the whole interval lies on one side. */
	meetsTarget: z.enum(['yes', 'no', 'open', 'too-few']),
	occasions: countSchema,
	verdicts: verdictCountsSchema,
	late: countSchema,
	keptRate: figureSchema,
	/** What margins are measured in: `seconds`, or the measure's or scale's own unit. */
	marginUnit: z.string(),
	margin: z.object({ p10: figureSchema, median: figureSchema, p90: figureSchema }),
	scores: z.array(scoreComparisonSchema),
	customers: figureSchema,
	customersAffected: figureSchema,
	revenueAffected: figureSchema,
	byUnit: z.record(z.string(), unitCountsSchema),
});
export type PromiseReport = z.output<typeof promiseReportSchema>;

/** The promise report: which promises were kept and broken, where, by how much, and what customers said. */
export const reportSchema = z.object({
	report: z.literal(1),
	company: z.string(),
	currency: z.string(),
	/** The time as of which things were judged. */
	asOf: z.string(),
	period: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
	filters: z.object({
		promise: z.string().nullable(),
		unit: z.string().nullable(),
		channel: z.string().nullable(),
	}),
	promises: z.array(promiseReportSchema),
	findings: z.array(z.string()),
});
export type Report = z.output<typeof reportSchema>;
