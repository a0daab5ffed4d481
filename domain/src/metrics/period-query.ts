import { z } from 'zod';
import { channelSchema } from '../moments/moment.ts';
import { unitIdSchema } from '../owners/ids.ts';
import { instantSchema } from '../units/instant.ts';

export const bucketSchema = z.enum(['day', 'week', 'month']);
export type Bucket = z.output<typeof bucketSchema>;

/** Who the customers are: `account` acted for an organisation, `person` for themselves. */
export const segmentSchema = z.enum(['person', 'account']);
export type Segment = z.output<typeof segmentSchema>;

const periodFields = {
	/** Occasions, interactions and feedback with `from` ≤ time < `to` count. Left out, there is no limit on that side. */
	from: instantSchema.optional(),
	to: instantSchema.optional(),
	/** The period to compare with. Left out, it is the one of the same length just before, if `from` is given. */
	compareFrom: instantSchema.optional(),
	compareTo: instantSchema.optional(),
	/** Includes the units below it. */
	unit: unitIdSchema.optional(),
	channel: channelSchema.optional(),
	segment: segmentSchema.optional(),
	/** How finely trends are cut, in the company's time zone; left out, what suits the length of the period. */
	bucket: bucketSchema.optional(),
};

/** What every page of figures is asked with, and what a page adds to it. */
export function periodQuery<Extra extends z.ZodRawShape>(extra: Extra) {
	return z.object({ ...periodFields, ...extra });
}

export const periodQuerySchema = periodQuery({}).superRefine(refuseEmptyPeriods);
export type PeriodQuery = z.output<typeof periodQuerySchema>;

/** A span of time in an answer; null is unbounded. */
export const spanSchema = z.object({ from: z.iso.datetime().nullable(), to: z.iso.datetime().nullable() });
export type Span = z.output<typeof spanSchema>;

/** What an answer says about the time it speaks of. */
export const answeredPeriodFields = {
	period: spanSchema,
	/** Null when there is nothing to compare with. */
	comparison: spanSchema.nullable(),
	bucket: bucketSchema,
	/** The time zone in which days, weeks and months begin. */
	timeZone: z.string(),
	/** The company's currency, in which amounts of money are. */
	currency: z.string(),
};

export function refuseEmptyPeriods(
	{
		from,
		to,
		compareFrom,
		compareTo,
	}: {
		readonly from?: Date | undefined;
		readonly to?: Date | undefined;
		readonly compareFrom?: Date | undefined;
		readonly compareTo?: Date | undefined;
	},
	context: z.RefinementCtx,
): void {
	if (from && to && from >= to) {
		context.addIssue({ code: 'custom', path: ['to'], message: 'must be after from' });
	}
	if (compareTo && !compareFrom) {
		context.addIssue({ code: 'custom', path: ['compareFrom'], message: 'is needed with compareTo' });
	}
	if (compareFrom && compareTo && compareFrom >= compareTo) {
		context.addIssue({ code: 'custom', path: ['compareTo'], message: 'must be after compareFrom' });
	}
}
