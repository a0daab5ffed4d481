import type { Bucket, PeriodQuery, Span } from './period-query.ts';

/** A half-open span of time; null is unbounded. */
export type Period = { readonly from: Date | null; readonly to: Date | null };

/** The period a page asks about, the one it is compared with, and how finely trends are cut. */
export type Periods = { readonly now: Period; readonly before: Period | null; readonly bucket: Bucket };

/**
 * Fills in what a query leaves out: the comparison is the period of the same length just before, if the period has a
 * beginning; trends have some dozens of buckets.
 */
export function periodsOf(
	query: Pick<PeriodQuery, 'from' | 'to' | 'compareFrom' | 'compareTo' | 'bucket'>,
	now: Date,
): Periods {
	const period = { from: query.from ?? null, to: query.to ?? null };
	return {
		now: period,
		before: comparisonOf(query, now),
		bucket: query.bucket ?? suitingBucket(period, now),
	};
}

/** A period as an answer writes it. */
export function spanOf({ from, to }: Period): Span {
	return { from: from?.toISOString() ?? null, to: to?.toISOString() ?? null };
}

function comparisonOf(
	{ from, to, compareFrom, compareTo }: Pick<PeriodQuery, 'from' | 'to' | 'compareFrom' | 'compareTo'>,
	now: Date,
): Period | null {
	if (compareFrom) return { from: compareFrom, to: compareTo ?? from ?? null };
	if (!from) return null;
	const length = (to ?? now).getTime() - from.getTime();
	if (length <= 0) return null;
	return { from: new Date(Math.max(0, from.getTime() - length)), to: from };
}

const dayMs = 86_400_000;

function suitingBucket({ from, to }: Period, now: Date): Bucket {
	if (!from) return 'month';
	const days = ((to ?? now).getTime() - from.getTime()) / dayMs;
	if (days <= 45) return 'day';
	return days <= 400 ? 'week' : 'month';
}
