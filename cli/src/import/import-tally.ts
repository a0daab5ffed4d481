import type { MappedRow } from '@touchstone/domain/interactions/import-rows';
import type { Checkpoint } from '@touchstone/domain/interactions/imports.contract';
import type { ImportSummary, PlacedProblem } from './import-summary.ts';

/** Counts what an import comes to, row after row. */
export type ImportTally = {
	readonly rows: (count: number) => void;
	readonly mapped: (made: MappedRow) => void;
	readonly problem: (problem: PlacedProblem) => void;
	/** The counts a checkpoint carries, earlier runs included. */
	readonly counts: () => Pick<Checkpoint, 'skipped' | 'notUnderstood'>;
	readonly rowsRead: () => number;
	readonly summary: (
		kind: ImportSummary['kind'],
		answered: { readonly accepted: number; readonly refused: number },
	) => ImportSummary;
};

const shownProblems = 20;

export function importTally(from: Checkpoint | undefined, now: () => number): ImportTally {
	const began = now();
	const records = new Map<string, number>();
	const problems: PlacedProblem[] = [];
	let rows = 0;
	let skipped = from?.skipped ?? 0;
	let notUnderstood = from?.notUnderstood ?? 0;
	let earliest: string | undefined;
	let latest: string | undefined;

	const count = (name: string, time: string) => {
		records.set(name, (records.get(name) ?? 0) + 1);
		if (earliest === undefined || time < earliest) earliest = time;
		if (latest === undefined || time > latest) latest = time;
	};
	return {
		rows: more => {
			rows += more;
		},
		mapped: made => {
			for (const interaction of made.interactions) count(interaction.event, interaction.time);
			for (const feedback of made.feedback) count('feedback', feedback.time);
			if (made.interactions.length + made.feedback.length + made.problems.length === 0) skipped += 1;
		},
		problem: problem => {
			notUnderstood += 1;
			if (problems.length < shownProblems) problems.push(problem);
		},
		counts: () => ({ skipped, notUnderstood }),
		rowsRead: () => rows,
		summary: (kind, { accepted, refused }) => ({
			kind,
			rows,
			skipped,
			notUnderstood,
			records,
			earliest,
			latest,
			accepted,
			refused,
			seconds: (now() - began) / 1000,
			problems,
			refusals: [],
		}),
	};
}
