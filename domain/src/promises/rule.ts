import { z } from 'zod';
import { momentIdSchema } from '../owners/ids.ts';
import { durationSchema } from '../units/duration.ts';
import { scaleNameSchema } from '../units/scale.ts';
import { timeZoneSchema } from '../units/time-zone.ts';

/**
 * Where a rule finds an amount in an interaction: one of its own measures, or `properties.` and a path.
 * Measures are numbers; a date is read from a property as ISO 8601.
 */
export const measureSchema = z
	.string()
	.regex(
		/^(durationSeconds|waitSeconds|revenue|cost|reach|properties\.[A-Za-z0-9_$-]+(\.[A-Za-z0-9_$-]+){0,4})$/,
		'must be durationSeconds, waitSeconds, revenue, cost, reach or properties.<path>',
	);

const withdrawals = {
	/** Moments that withdraw the occasion: before it fell due it is void, afterwards it stays broken. */
	voidedBy: z.array(momentIdSchema).max(20).default([]),
	/** Moments that fail it outright: broken at that time, due or not. */
	failedBy: z.array(momentIdSchema).max(20).default([]),
};

const dueSchema = z.union(
	[
		/** The date promised to this customer, found in the interaction that started the occasion. */
		z.strictObject({
			property: measureSchema,
			/** Due when the named day ends in `zone`, rather than at the instant given. */
			endOfDay: z.boolean().default(false),
			zone: timeZoneSchema.default('UTC'),
		}),
		/** A fixed time after the start. */
		z.strictObject({ within: durationSchema }),
	],
	{ error: 'must be { within } or { property }, the latter with endOfDay and zone if need be' },
);

/** B happens to the same subject before the date given, or within a time of A. Margin in seconds before (+) or after (−) due. */
export const byRuleSchema = z.strictObject({
	kind: z.literal('by'),
	start: momentIdSchema,
	end: momentIdSchema,
	due: dueSchema,
	...withdrawals,
	/** What silence means once due: the promised thing did not happen (`broken`), or we would not know (`unknown`). */
	ifMissing: z.enum(['broken', 'unknown']).default('broken'),
});

/** A measure in one interaction compared with another measure of it or with a constant. Margin in the measure's own unit. */
export const valueRuleSchema = z.strictObject({
	kind: z.literal('value'),
	moment: momentIdSchema,
	measure: measureSchema,
	comparison: z.enum(['at-most', 'at-least', 'equal']),
	promised: z.union([z.strictObject({ constant: z.number() }), z.strictObject({ measure: measureSchema })], {
		error: 'must be { constant } or { measure }',
	}),
	/** How far the delivered amount may miss the promised one and still be kept. */
	tolerance: z.number().min(0).default(0),
	...withdrawals,
});

/** C does not happen to the same subject within a time of A. Margin in seconds that C came too early (−). */
export const neverRuleSchema = z.strictObject({
	kind: z.literal('never'),
	start: momentIdSchema,
	event: momentIdSchema,
	within: durationSchema,
	...withdrawals,
});

/** The feedback at the moment is at least x. Margin in points of the scale. No answer in time is `unknown`. */
export const feltRuleSchema = z.strictObject({
	kind: z.literal('felt'),
	moment: momentIdSchema,
	scale: scaleNameSchema,
	atLeast: z.number(),
	within: durationSchema.default('30d'),
	...withdrawals,
});

export const ruleSchema = z.discriminatedUnion('kind', [
	byRuleSchema,
	valueRuleSchema,
	neverRuleSchema,
	feltRuleSchema,
]);
export type Rule = z.output<typeof ruleSchema>;
export type ByRule = z.output<typeof byRuleSchema>;
export type ValueRule = z.output<typeof valueRuleSchema>;
export type NeverRule = z.output<typeof neverRuleSchema>;
export type FeltRule = z.output<typeof feltRuleSchema>;
