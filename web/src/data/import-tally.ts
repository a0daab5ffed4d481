import type { RowProblem } from '@touchstone/domain/interactions/import-record';
import type { MappedRow } from '@touchstone/domain/interactions/import-rows';
import type { Checkpoint } from '@touchstone/domain/interactions/imports.contract';

/** A problem of a row, with the place it stands at. */
export type PlacedProblem = {
	readonly file: string;
	readonly line: number;
	readonly problem: RowProblem | string;
};

/** What rows came to so far. */
export type Tally = {
	/** Rows read in this run. */
	readonly rows: number;
	/** Rows that no record came from, as their conditions say; earlier runs included. */
	readonly skipped: number;
	/** Rows that cannot be read at all, and so cannot be kept for somebody to correct; earlier runs included. */
	readonly unreadable: number;
	/** Values that were not understood. Their records are sent as they are, so that the refused list keeps them to be corrected. */
	readonly notUnderstood: number;
	/** Records made in this run, by what they are: the event, or `feedback`. */
	readonly records: Readonly<Record<string, number>>;
	readonly earliest: string | undefined;
	readonly latest: string | undefined;
	/** The first of them. */
	readonly problems: readonly PlacedProblem[];
};

const shownProblems = 50;

/** @param from the counts of earlier runs */
export function emptyTally(from?: Pick<Checkpoint, 'skipped' | 'notUnderstood'>): Tally {
	return {
		rows: 0,
		skipped: from?.skipped ?? 0,
		unreadable: from?.notUnderstood ?? 0,
		notUnderstood: 0,
		records: {},
		earliest: undefined,
		latest: undefined,
		problems: [],
	};
}

/** Adds what some rows came to. */
export function tallied(
	tally: Tally,
	made: readonly MappedRow[],
	unreadable: readonly PlacedProblem[],
	problems: readonly PlacedProblem[],
): Tally {
	const records: Record<string, number> = { ...tally.records };
	let { earliest, latest } = tally;
	const count = (name: string, time: string) => {
		records[name] = (records[name] ?? 0) + 1;
		if (earliest === undefined || time < earliest) earliest = time;
		if (latest === undefined || time > latest) latest = time;
	};
	let skipped = 0;
	for (const row of made) {
		for (const { event, time } of row.interactions) count(event, time);
		for (const { time } of row.feedback) count('feedback', time);
		if (row.interactions.length + row.feedback.length + row.problems.length === 0) skipped += 1;
	}
	return {
		rows: tally.rows + made.length + unreadable.length,
		skipped: tally.skipped + skipped,
		unreadable: tally.unreadable + unreadable.length,
		notUnderstood: tally.notUnderstood + problems.length,
		records,
		earliest,
		latest,
		problems: [...tally.problems, ...unreadable, ...problems].slice(0, shownProblems),
	};
}
