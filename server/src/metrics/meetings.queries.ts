import type { DayNumber } from '@touchstone/domain/metrics/buckets';
import type { Bucket } from '@touchstone/domain/metrics/period-query';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { memberMasks } from './member-masks.queries.ts';
import { bucketDay, type OccasionFilter, rowCondition, spanCondition } from './occasion-filter.queries.ts';
import { type Repeated, standingInteractions } from './repeated-rows.queries.ts';

const count = z.coerce.number().int();

/** Interactions at a moment: by bucket, and how many different customers they are of. */
export type Meetings = {
	readonly n: number;
	readonly customers: number;
	readonly byDay: ReadonlyMap<DayNumber, number>;
};

/**
 * How often customers met moments, and how many they were. Customers are counted customer by customer, so that each shard adds
 * up its own.
 */
export async function meetingsByMoment(
	columns: ScopedColumns,
	moments: readonly string[],
	filter: OccasionFilter,
	bucket: Bucket,
	zone: string,
	repeated: Repeated,
): Promise<ReadonlyMap<string, Meetings>> {
	const rows = rowCondition(filter);
	const span = spanCondition('time', filter);
	const { each, bit, params, idOf } = memberMasks(moments);
	const where = {
		sql: `moment IN {moments:Array(String)} AND ${rows.sql} AND ${span.sql}`,
		params: { moments: [...moments], ...rows.params, ...span.params },
	};
	const inTime = standingInteractions(`moment, ${bucketDay('time', bucket)} AS day`, where, repeated);
	const byCustomer = standingInteractions('customer, moment', where, repeated);
	const [days, customers] = await Promise.all([
		columns.rows({
			sql: `SELECT toString(met) AS moment, day, count() AS n FROM (SELECT moment AS met, day FROM (${inTime.sql})) GROUP BY met, day`,
			params: { ...inTime.params, zone },
			row: z.object({ moment: z.string(), day: z.number(), n: count }),
			maxRows: 500_000,
		}),
		columns.rows({
			sql: `SELECT member.1 AS mask, member.2 AS bit, count() AS customers
FROM (
	SELECT arrayJoin(arrayConcat(${each(index => `arrayMap(x -> (${index}, toString(x)), bitmaskToArray(met${index}))`)})) AS member
	FROM (SELECT customer, ${each(index => `groupBitOr(${bit('moment', index)}) AS met${index}`)} FROM (${byCustomer.sql}) GROUP BY customer)
)
GROUP BY member.1, member.2`,
			params: { ...byCustomer.params, ...params },
			row: z.object({ mask: z.number(), bit: z.coerce.bigint(), customers: count }),
		}),
	]);
	const counted = new Map(customers.map(row => [idOf(row.mask, row.bit), row.customers]));
	return new Map(
		[...Map.groupBy(days, row => row.moment)].map(([met, list]) => [
			met,
			{
				n: list.reduce((sum, { n }) => sum + n, 0),
				customers: counted.get(met) ?? 0,
				byDay: new Map(list.map(({ day, n }) => [day, n])),
			},
		]),
	);
}

/** Interactions at one moment by channel and by unit. */
export async function meetingGroups(
	columns: ScopedColumns,
	moment: string,
	filter: OccasionFilter,
	repeated: Repeated,
) {
	const rows = rowCondition(filter);
	const span = spanCondition('time', filter);
	const met = standingInteractions(
		'customer, unit, channel',
		{
			sql: `moment = {moment:String} AND ${rows.sql} AND ${span.sql}`,
			params: { moment, ...rows.params, ...span.params },
		},
		repeated,
	);
	return columns.rows({
		sql: `SELECT member.1 AS kind, member.2 AS id, count() AS n, uniqExact(customer) AS customers
FROM (
	SELECT customer, arrayJoin([('unit', toString(unit)), ('channel', toString(channel))]) AS member
	FROM (${met.sql})
)
GROUP BY kind, id ORDER BY n DESC, id LIMIT 500 BY kind`,
		params: met.params,
		row: z.object({ kind: z.enum(['unit', 'channel']), id: z.string(), n: count, customers: count }),
	});
}

/** Scores of feedback that names a moment, summed by moment and scale. */
export function scoresByMoment(columns: ScopedColumns, filter: OccasionFilter, moment?: string) {
	const rows = rowCondition(filter);
	const span = spanCondition('time', filter);
	return columns.rows({
		sql: `SELECT toString(about) AS moment, toString(onScale) AS scale, count() AS n, sum(points) AS sum, sum(points * points) AS sumOfSquares,
	countIf(points < 7) AS detractors, countIf(points >= 7 AND points < 9) AS passives, countIf(points >= 9) AS promoters
FROM (
	SELECT moment AS about, scale AS onScale, assumeNotNull(score) AS points
	FROM feedback FINAL
	WHERE moment != '' AND isNotNull(score) AND ${rows.sql} AND ${span.sql}${moment === undefined ? '' : ' AND moment = {moment:String}'}
)
GROUP BY about, onScale ORDER BY moment, scale`,
		params: { ...rows.params, ...span.params, ...(moment === undefined ? {} : { moment }) },
		row: z.object({
			moment: z.string(),
			scale: z.string(),
			n: count,
			sum: z.number(),
			sumOfSquares: z.number(),
			detractors: count,
			passives: count,
			promoters: count,
		}),
	});
}
