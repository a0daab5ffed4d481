import type { Segment } from '@touchstone/domain/metrics/period-query';
import type { Statement } from '../verdicts/verdict-sql.queries.ts';

/** Which rows are asked about. `units` already includes the units below. */
export type RowFilter = {
	readonly units?: readonly string[];
	readonly channel?: string;
	readonly segment?: Segment;
};

/** Which occasions are asked about: also of which time, from ≤ time < to. */
export type OccasionFilter = RowFilter & { readonly from?: Date; readonly to?: Date };

/** The part of a filter that does not speak of time, as a condition; `1` when everything is asked about. */
export function rowCondition({ units, channel, segment }: RowFilter): Statement {
	const conditions = [
		...(units ? ['unit IN {units:Array(String)}'] : []),
		...(channel ? ['channel = {channel:String}'] : []),
		...(segment ? [`account ${segment === 'account' ? '!=' : '='} ''`] : []),
	];
	return {
		sql: conditions.join(' AND ') || '1',
		params: { ...(units ? { units: [...units] } : {}), ...(channel ? { channel } : {}) },
	};
}

/**
 * A span of time over a column, as a condition; `1` when it is unbounded on both sides.
 * @param name begins the names of what is bound, so that two spans fit into one statement
 */
export function spanCondition(
	column: 'occasion_time' | 'time',
	{ from, to }: { readonly from?: Date | null; readonly to?: Date | null },
	name = '',
): Statement {
	const bound = (end: string) => `fromUnixTimestamp64Milli({${name}${end}:Int64}, 'UTC')`;
	const conditions = [
		...(from ? [`${column} >= ${bound('from')}`] : []),
		...(to ? [`${column} < ${bound('to')}`] : []),
	];
	return {
		sql: conditions.join(' AND ') || '1',
		params: {
			...(from ? { [`${name}from`]: from.getTime() } : {}),
			...(to ? { [`${name}to`]: to.getTime() } : {}),
		},
	};
}

/**
 * The local day that a time's bucket begins with, as days since 1970, in the zone bound as `zone`.
 */
export function bucketDay(column: 'occasion_time' | 'time', bucket: 'day' | 'week' | 'month'): string {
	const day = `toDate(${column}, {zone:String})`;
	switch (bucket) {
		case 'day':
			return `toInt32(${day})`;
		case 'week':
			return `toInt32(toStartOfWeek(${day}, 1))`;
		case 'month':
			return `toInt32(toStartOfMonth(${day}))`;
	}
}
