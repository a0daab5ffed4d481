import { wallClock, wallTime } from '../interactions/import-zone.ts';
import type { Period } from './period.ts';
import type { Bucket } from './period-query.ts';

/** A day in the company's zone, as the number of days since 1 January 1970. */
export type DayNumber = number;

/** One bucket of a trend: the local day it begins with, and the part of the period it covers. */
export type BucketSpan = { readonly day: DayNumber; readonly from: Date; readonly to: Date };

/** More buckets than this say nothing to an eye; older ones are left out. */
export const mostBuckets = 400;

/**
 * The buckets of a period without gaps, oldest first, cut to the period at both ends.
 * @param firstDay the first day with anything in it; where the period has no beginning, the buckets begin there
 */
export function bucketsOf(
	period: Period,
	bucket: Bucket,
	zone: string,
	now: Date,
	firstDay: DayNumber | undefined,
): BucketSpan[] {
	const localDay = dayIn(zone);
	const begin = period.from ? localDay(period.from) : firstDay;
	if (begin === undefined) return [];
	const end = Math.min(period.to ? period.to.getTime() - 1 : now.getTime(), now.getTime());
	if (period.from && end < period.from.getTime()) return [];
	const first = startOfBucket(begin, bucket);
	const days: DayNumber[] = [];
	for (
		let day = startOfBucket(localDay(new Date(end)), bucket);
		day >= first && days.length < mostBuckets;
		day = startOfBucket(day - 1, bucket)
	) {
		days.push(day);
	}
	const beginsAt = wallClock(zone);
	return days.reverse().map(day => ({
		day,
		from: new Date(Math.max(beginsAt(day * dayMs), period.from?.getTime() ?? 0)),
		to: new Date(Math.min(beginsAt(nextBucket(day, bucket) * dayMs), period.to?.getTime() ?? Infinity)),
	}));
}

/** The first day of the bucket that a day lies in; weeks begin on Monday. */
export function startOfBucket(day: DayNumber, bucket: Bucket): DayNumber {
	if (bucket === 'day') return day;
	// 1 January 1970 was a Thursday.
	if (bucket === 'week') return day - ((((day + 3) % 7) + 7) % 7);
	const date = new Date(day * dayMs);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / dayMs;
}

const dayMs = 86_400_000;

function nextBucket(day: DayNumber, bucket: Bucket): DayNumber {
	if (bucket === 'day') return day + 1;
	return bucket === 'week' ? day + 7 : startOfBucket(day + 31, 'month');
}

function dayIn(zone: string): (instant: Date) => DayNumber {
	const shown = wallTime(zone);
	return instant => Math.floor(shown(instant.getTime()) / dayMs);
}
