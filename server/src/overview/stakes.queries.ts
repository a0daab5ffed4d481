import type { Period } from '@touchstone/domain/metrics/period';
import type { Stake } from '@touchstone/domain/metrics/stake-figures';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { memberMasks } from '../metrics/member-masks.queries.ts';
import { type RowFilter, rowCondition, spanCondition } from '../metrics/occasion-filter.queries.ts';
import { type Repeated, standingInteractions } from '../metrics/repeated-rows.queries.ts';

const count = z.coerce.number().int();

/**
 * For every promise at once: the customers it was tested with, those who met it broken, and the revenue these brought in during
 * the period. Customer by customer first, so that each shard adds up its own.
 */
export async function stakesByPromise(
	columns: ScopedColumns,
	promises: readonly string[],
	filter: RowFilter,
	period: Period,
	asOf: Date,
	currency: string,
	repeated: Repeated,
): Promise<ReadonlyMap<string, Stake>> {
	const { each, bit, params, idOf } = memberMasks(promises);
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
		sql: `SELECT member.1 AS mask, member.2 AS bit, count() AS customers, countIf(member.3) AS affected, sumIf(paidTimes, member.3) AS payments, toFloat64(sumIf(paid, member.3)) AS revenue
FROM (
	SELECT paidTimes, paid, arrayJoin(arrayConcat(${each(index => `arrayMap(x -> (${index}, toString(x), bitAnd(hits${index}, x) != 0), bitmaskToArray(all${index}))`)})) AS member
	FROM (
		SELECT customer, ${each(index => `groupBitOr(met${index}) AS all${index}, groupBitOr(hit${index}) AS hits${index}`)}, sum(times) AS paidTimes, sum(amount) AS paid
		FROM (
			SELECT customer, ${each(index => `groupBitOr(${bit('promise', index)}) AS met${index}, groupBitOrIf(${bit('promise', index)}, verdict = 'broken') AS hit${index}`)},
				toUInt64(0) AS times, toDecimal128(0, 4) AS amount
			FROM verdicts FINAL WHERE ${rows.sql} AND ${tested.sql}
			GROUP BY customer
			UNION ALL
			SELECT customer, ${each(index => `toUInt64(0) AS met${index}, toUInt64(0) AS hit${index}`)}, count() AS times, toDecimal128(sum(assumeNotNull(revenue)), 4) AS amount
			FROM (${payments.sql})
			GROUP BY customer
		)
		GROUP BY customer
	)
)
GROUP BY member.1, member.2`,
		params: { ...rows.params, ...tested.params, ...payments.params, ...params },
		row: z.object({
			mask: z.number(),
			bit: z.coerce.bigint(),
			customers: count,
			affected: count,
			payments: count,
			revenue: z.number(),
		}),
	});
	return new Map(
		answer.flatMap(({ mask, bit: found, ...stake }) => {
			const promise = idOf(mask, found);
			return promise === undefined ? [] : [[promise, stake] as const];
		}),
	);
}
