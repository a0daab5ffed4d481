import { type Followed, followUpDays } from '@touchstone/domain/metrics/afterwards';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { type OccasionFilter, rowCondition, spanCondition } from './occasion-filter.queries.ts';
import { type Repeated, standingInteractions } from './repeated-rows.queries.ts';

const count = z.coerce.number().int();

/**
 * What customers paid after their first decided occasion of a promise in the period, by how that ended. The first decides, so
 * that nobody is on both sides. Customer by customer, so that each shard adds up its own.
 */
export function followedCustomers(
	columns: ScopedColumns,
	promise: string,
	filter: OccasionFilter,
	now: Date,
	currency: string,
	repeated: Repeated,
): Promise<Followed[]> {
	const rows = rowCondition(filter);
	const span = spanCondition('occasion_time', filter);
	const since = filter.from ? "time > fromUnixTimestamp64Milli({from:Int64}, 'UTC')" : '1';
	const paid = standingInteractions(
		'customer, time, revenue',
		{
			sql: `isNotNull(revenue) AND currency IN ('', {currency:String}) AND ${since}`,
			params: { currency, ...span.params },
		},
		repeated,
	);
	return columns.rows({
		sql: `SELECT if(ended = 1, 'kept', 'broken') AS outcome, countIf(isOld) AS n, countIf(isOld AND purchases > 0) AS returned, sumIf(paid, isOld) AS sum,
	sumIf(paid * paid, isOld) AS sumOfSquares, countIf(NOT isOld) AS tooRecent
FROM (
	SELECT ended, decided + toIntervalDay(${followUpDays}) <= fromUnixTimestamp64Milli({now:Int64}, 'UTC') AS isOld,
		arrayFilter(x -> x.1 > decided AND x.1 <= decided + toIntervalDay(${followUpDays}), payments) AS followed,
		arrayCount(x -> x.2 > 0, followed) AS purchases, toFloat64(arraySum(x -> x.2, followed)) AS paid
	FROM (
		SELECT customer, max(how) AS ended, max(at) AS decided, groupArrayArray(paidAt) AS payments
		FROM (
			SELECT customer, first.2 AS how, first.1 AS at, arrayResize([(toDateTime64(0, 3, 'UTC'), toDecimal64(0, 4))], 0) AS paidAt
			FROM (
				SELECT customer, argMin((assumeNotNull(decided_at), if(verdict = 'kept', 1, 2)), (occasion_time, sipHash64(occasion))) AS first
				FROM verdicts FINAL
				WHERE promise = {promise:String} AND verdict IN ('kept', 'broken') AND isNotNull(decided_at) AND ${rows.sql} AND ${span.sql}
				GROUP BY customer
			)
			UNION ALL
			SELECT customer, 0 AS how, toDateTime64(0, 3, 'UTC') AS at, groupArray((time, assumeNotNull(revenue))) AS paidAt
			FROM (${paid.sql})
			GROUP BY customer
		)
		GROUP BY customer
		HAVING ended > 0
	)
)
GROUP BY ended`,
		params: { promise, ...rows.params, ...span.params, ...paid.params, now: now.getTime() },
		row: z.object({
			outcome: z.enum(['kept', 'broken']),
			n: count,
			returned: count,
			sum: z.number(),
			sumOfSquares: z.number(),
			tooRecent: count,
		}),
	});
}
