import type { DayNumber } from '@touchstone/domain/metrics/buckets';
import type { Bucket } from '@touchstone/domain/metrics/period-query';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
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
 * How often customers met each moment, and how many they were; interactions that no moment claims are left out. Customers are
 * counted customer by customer: sets of them for every moment took ten times as long.
 * @param moment one moment only
 */
export async function meetingsByMoment(
	columns: ScopedColumns,
	filter: OccasionFilter,
	bucket: Bucket,
	zone: string,
	repeated: Repeated,
	moment?: string,
): Promise<ReadonlyMap<string, Meetings>> {
	const rows = rowCondition(filter);
	const span = spanCondition('time', filter);
	const where = {
		sql: `${moment === undefined ? "moment != ''" : 'moment = {moment:String}'} AND ${rows.sql} AND ${span.sql}`,
		params: { ...rows.params, ...span.params, ...(moment === undefined ? {} : { moment }) },
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
			sql: `SELECT toString(met) AS moment, count() AS customers
FROM (SELECT customer, groupUniqArray(moment) AS all FROM (${byCustomer.sql}) GROUP BY customer)
ARRAY JOIN all AS met
GROUP BY met`,
			params: byCustomer.params,
			row: z.object({ moment: z.string(), customers: count }),
		}),
	]);
	const counted = new Map(customers.map(row => [row.moment, row.customers]));
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
