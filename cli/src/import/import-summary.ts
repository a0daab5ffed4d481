import type { RowProblem } from '@touchstone/domain/interactions/import-record';
import { grouped, spanInWords } from './progress-line.ts';

/** A problem of a row, with the place it stands at. */
export type PlacedProblem = {
	readonly file: string;
	readonly line: number;
	readonly problem: RowProblem | string;
};

/** What an import, or a dry run of it, came to. */
export type ImportSummary = {
	readonly kind: 'dry-run' | 'finished' | 'interrupted' | 'already-imported';
	readonly rows: number;
	/** Rows that no record came from, as their conditions say. */
	readonly skipped: number;
	/** Rows, or records of them, that could not be understood; they were left out. */
	readonly notUnderstood: number;
	/** Records made in this run, by what they are: the event, or `feedback`. */
	readonly records: ReadonlyMap<string, number>;
	readonly earliest: string | undefined;
	readonly latest: string | undefined;
	/** What the server answered, since the import began, earlier runs included. */
	readonly accepted: number;
	readonly refused: number;
	readonly seconds: number;
	readonly problems: readonly PlacedProblem[];
	readonly refusals: readonly { readonly code: string; readonly reason: string; readonly record: string }[];
};

const titles = {
	'dry-run': 'Dry run: nothing was sent.',
	finished: 'Import finished.',
	interrupted: 'Import interrupted; run the same command again to go on.',
	'already-imported':
		'This mapping has been imported with these files before. Nothing was sent; --again sends it all again (each id counts once).',
} as const;

/** The summary as people read it. */
export function summaryInWords(summary: ImportSummary): string {
	const lines: string[] = [titles[summary.kind]];
	if (summary.kind !== 'already-imported') {
		const speed =
			summary.seconds > 0 ? `, ${grouped(Math.round(summary.rows / summary.seconds))} rows/s` : '';
		lines.push(`  ${grouped(summary.rows)} rows read in ${spanInWords(summary.seconds)}${speed}`);
		for (const [name, count] of summary.records) lines.push(`    ${grouped(count).padStart(12)}  ${name}`);
		if (summary.earliest && summary.latest) lines.push(`  from ${summary.earliest} to ${summary.latest}`);
	}
	if (summary.kind !== 'dry-run') {
		lines.push(`  ${grouped(summary.accepted)} accepted, ${grouped(summary.refused)} refused by the server`);
	}
	lines.push(
		`  ${grouped(summary.skipped)} rows gave nothing, ${grouped(summary.notUnderstood)} records or rows were not understood`,
	);
	if (summary.problems.length > 0) {
		lines.push(summary.notUnderstood > summary.problems.length ? 'The first problems:' : 'Problems:');
		lines.push(...summary.problems.map(problem => `  ${problemInWords(problem)}`));
	}
	if (summary.refusals.length > 0) {
		lines.push('The server refused, first of all (GET /v1/refusals lists them):');
		lines.push(
			...summary.refusals.map(({ code, reason, record }) => `  ${code}: ${reason} ${record.slice(0, 160)}`),
		);
	}
	return `${lines.join('\n')}\n`;
}

/** `orders.csv line 17, Order Placed time: placed is "yesterday", is not a time …` */
export function problemInWords({ file, line, problem }: PlacedProblem): string {
	const place = `${file} line ${line}`;
	if (typeof problem === 'string') return `${place} ${problem}`;
	const columns = problem.columns.length > 0 ? ` (${problem.columns.join(', ')})` : '';
	const value = problem.value === undefined ? '' : `"${problem.value}" `;
	return `${place}: ${problem.record}, ${problem.field}${columns}: ${value}${problem.reason}`;
}
