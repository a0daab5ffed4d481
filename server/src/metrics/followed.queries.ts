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
		sql: `SELECT outcome, countIf(isOld) AS n, countIf(isOld AND purchases > 0) AS returned, sumIf(paid, isOld) AS sum,
	sumIf(paid * paid, isOld) AS sumOfSquares, countIf(NOT isOld) AS tooRecent
FROM (
	SELECT decision.2 AS outcome, decision.1 + toIntervalDay(${followUpDays}) <= fromUnixTimestamp64Milli({now:Int64}, 'UTC') AS isOld,
		arrayFilter(x -> x.1 > decision.1 AND x.1 <= decision.1 + toIntervalDay(${followUpDays}), payments) AS followed,
		arrayCount(x -> x.2 > 0, followed) AS purchases, toFloat64(arraySum(x -> x.2, followed)) AS paid
	FROM (
		SELECT customer, argMinIf((decidedAt, outcome), (began, occasionId), isOccasion) AS decision,
			countIf(isOccasion) AS occasions, groupArrayIf((paidAt, amount), NOT isOccasion) AS payments
		FROM (
			SELECT customer, true AS isOccasion, assumeNotNull(decided_at) AS decidedAt, toString(verdict) AS outcome, occasion_time AS began, occasion AS occasionId,
				toDateTime64(0, 3, 'UTC') AS paidAt, toDecimal64(0, 4) AS amount
			FROM verdicts FINAL
			WHERE promise = {promise:String} AND verdict IN ('kept', 'broken') AND isNotNull(decided_at) AND ${rows.sql} AND ${span.sql}
			UNION ALL
			SELECT customer, false AS isOccasion, toDateTime64(0, 3, 'UTC') AS decidedAt, '' AS outcome, toDateTime64(0, 3, 'UTC') AS began, '' AS occasionId,
				time AS paidAt, assumeNotNull(revenue) AS amount
			FROM (${paid.sql})
		)
		GROUP BY customer
		HAVING occasions > 0
	)
)
GROUP BY outcome`,
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
