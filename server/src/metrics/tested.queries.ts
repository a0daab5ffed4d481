import type { DayNumber } from '@touchstone/domain/metrics/buckets';
import type { Periods } from '@touchstone/domain/metrics/period';
import { verdictSchema } from '@touchstone/domain/verdicts/verdict';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { bucketDay, type RowFilter, rowCondition, spanCondition } from './occasion-filter.queries.ts';

const count = z.coerce.number().int();

const testedRow = z.object({
	promise: z.string(),
	verdict: verdictSchema,
	day: z.number().transform((day): DayNumber => day),
	n: count,
	late: count,
	before: count,
});

/** Occasions of one promise and verdict, and the bucket they lie in: in the period, and in the one it is compared with. */
export type TestedCount = z.output<typeof testedRow>;

/**
 * How often promises were put to the test and how it ended, in the period and before it: what every panel about kept promises
 * is made of. One pass over the standing verdicts, of which it reads six narrow columns.
 * @param promise one promise only
 */
export function testedCounts(
	columns: ScopedColumns,
	filter: RowFilter,
	{ now, before, bucket }: Periods,
	zone: string,
	promise?: string,
): Promise<TestedCount[]> {
	const rows = rowCondition(filter);
	const inPeriod = spanCondition('occasion_time', now);
	const inBefore = before ? spanCondition('occasion_time', before, 'before_') : { sql: '0', params: {} };
	return columns.rows({
		sql: `SELECT promise, toString(given) AS verdict, day, sum(isNow) AS n, sum(isNow AND wasLate) AS late, sum(isBefore) AS before
FROM (
	SELECT promise, verdict AS given, late AS wasLate, ${bucketDay('occasion_time', bucket)} AS day, (${inPeriod.sql}) AS isNow, (${inBefore.sql}) AS isBefore
	FROM verdicts FINAL
	WHERE ${rows.sql} AND ((${inPeriod.sql}) OR (${inBefore.sql}))${promise === undefined ? '' : ' AND promise = {promise:String}'}
)
GROUP BY promise, given, day`,
		params: {
			zone,
			...rows.params,
			...inPeriod.params,
			...inBefore.params,
			...(promise === undefined ? {} : { promise }),
		},
		row: testedRow,
		maxRows: 500_000,
	});
}
