import type { Verdict } from '../verdicts/verdict.ts';
import type { DayNumber } from './buckets.ts';
import { noVerdicts, type Tally, type VerdictCounts } from './kept-rate.ts';

/** Occasions of one promise and verdict in one bucket: in the period, and in the one it is compared with. */
type Row = {
	readonly promise: string;
	readonly verdict: Verdict;
	readonly day: DayNumber;
	readonly n: number;
	readonly late: number;
	readonly before: number;
};

/** How tests ended: in the period, before it, and in the period bucket by bucket. */
export type Tested = {
	readonly now: Tally;
	readonly before: VerdictCounts;
	readonly byDay: ReadonlyMap<DayNumber, VerdictCounts>;
	/** The first day with anything in it. */
	readonly firstDay: DayNumber | undefined;
};

export const neverTested: Tested = {
	now: noVerdicts,
	before: noVerdicts,
	byDay: new Map(),
	firstDay: undefined,
};

/** Each promise by itself; a promise without an occasion in either period is left out. */
export function testedByPromise(rows: readonly Row[]): ReadonlyMap<string, Tested> {
	return new Map(
		[...Map.groupBy(rows, row => row.promise)].map(([promise, list]) => [promise, testedTogether(list)]),
	);
}

/** All rows added up. */
export function testedTogether(rows: readonly Row[]): Tested {
	const now = { ...noVerdicts };
	const before = { ...noVerdicts };
	const byDay = new Map<DayNumber, { -readonly [Name in keyof Tally]: number }>();
	let firstDay: DayNumber | undefined;
	for (const { verdict, day, n, late, before: earlier } of rows) {
		before[verdict] += earlier;
		if (n === 0) continue;
		now[verdict] += n;
		now.late += late;
		if (firstDay === undefined || day < firstDay) firstDay = day;
		let counts = byDay.get(day);
		if (!counts) {
			counts = { ...noVerdicts };
			byDay.set(day, counts);
		}
		counts[verdict] += n;
	}
	return { now, before, byDay, firstDay };
}
