import type { Period } from '@touchstone/domain/metrics/period';
import type { Stake } from '@touchstone/domain/metrics/stake-figures';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { type RowFilter, rowCondition, spanCondition } from '../metrics/occasion-filter.queries.ts';
import { type Repeated, standingInteractions } from '../metrics/repeated-rows.queries.ts';

const count = z.coerce.number().int();

/**
 * For every promise at once: the customers it was tested with, those who met it broken, and the revenue these brought in during
 * the period. Customer by customer first, so that each shard adds up its own.
 */
export async function stakesByPromise(
	columns: ScopedColumns,
	filter: RowFilter,
	period: Period,
	asOf: Date,
	currency: string,
	repeated: Repeated,
): Promise<ReadonlyMap<string, Stake>> {
	const rows = rowCondition(filter);
	const tested = spanCondition('occasion_time', period);
	const paid = spanCondition('time', period);
	const payments = standingInteractions(
		'customer, revenue',
		{
			sql: `isNotNull(revenue) AND currency IN ('', {currency:String}) AND ${paid.sql} AND time <= fromUnixTimestamp64Milli({asOf:Int64}, 'UTC')`,
			params: { ...paid.params, currency, asOf: asOf.getTime() },
		},
		repeated,
	);
	const answer = await columns.rows({
		sql: `SELECT toString(tested) AS promise, count() AS customers, countIf(has(hits, tested)) AS affected,
	sumIf(paidTimes, has(hits, tested)) AS payments, toFloat64(sumIf(paid, has(hits, tested))) AS revenue
FROM (
	SELECT customer, groupArrayArray(met) AS all, groupArrayArray(hit) AS hits, sum(times) AS paidTimes, sum(amount) AS paid
	FROM (
		SELECT customer, groupUniqArray(promise) AS met, groupUniqArrayIf(promise, verdict = 'broken') AS hit, toUInt64(0) AS times, toDecimal128(0, 4) AS amount
		FROM verdicts FINAL WHERE ${rows.sql} AND ${tested.sql}
		GROUP BY customer
		UNION ALL
		SELECT customer, [] AS met, [] AS hit, count() AS times, toDecimal128(sum(assumeNotNull(revenue)), 4) AS amount
		FROM (${payments.sql})
		GROUP BY customer
	)
	GROUP BY customer
)
ARRAY JOIN all AS tested
GROUP BY tested`,
		params: { ...rows.params, ...tested.params, ...payments.params },
		row: z.object({
			promise: z.string(),
			customers: count,
			affected: count,
			payments: count,
			revenue: z.number(),
		}),
	});
	return new Map(answer.map(({ promise, ...stake }) => [promise, stake]));
}
