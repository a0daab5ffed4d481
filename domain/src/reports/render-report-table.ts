import type { Figure } from '../metrics/figure.ts';
import { secondsInWords } from '../units/duration.ts';
import type { PromiseReport, Report } from './report.ts';

/**
 * The report for a terminal: what misses its target most first, each rate with its interval and n. Where the terminal is too
 * narrow for every column, the least telling ones are left out and said to be.
 * @param width how many characters a line may have; left out, as many as it needs
 */
export function renderReportTable(report: Report, width = Number.POSITIVE_INFINITY): string {
	const title = `${report.company}: promises kept, as of ${report.asOf.slice(0, 10)}${periodInWords(report)}`;
	const findings =
		report.findings.length > 0
			? `\nFindings\n${report.findings.map(text => `  • ${text}`).join('\n')}\n`
			: '';
	if (report.promises.length === 0) {
		return `${title}\n\nNo promise has a rule yet: apply definitions with \`touchstone apply FILE\`.\n${findings}`;
	}
	const sorted = report.promises.toSorted((a, b) => rate(a) - rate(b));
	const shown = columnsThatFit(sorted, report, width);
	const left = columns.filter(column => !shown.includes(column)).map(column => column.head);
	const rows = [
		shown.map(({ head }) => head),
		...sorted.map(promise => shown.map(({ cell }) => cell(promise, report))),
	];
	const wider = left.length > 0 ? `\nA wider terminal also shows: ${left.join(', ')}.` : '';
	return `${title}\n\n${alignColumns(rows)}\n\nkept = kept ÷ (kept + broken); pending, unknown and void occasions are left out. Margins: + is better than promised.\nDifferences in score are associations, not effects.${wider}\n${findings}`;
}

type Column = {
	readonly head: string;
	readonly cell: (promise: PromiseReport, report: Report) => string;
	/** Columns of a higher number go first when there is no room. */
	readonly dispensable: number;
};

const columns: readonly Column[] = [
	{ head: 'promise', cell: ({ id }) => id, dispensable: 0 },
	{ head: 'kept (95 % interval, n)', cell: ({ keptRate }) => keptInWords(keptRate), dispensable: 0 },
	{ head: 'target', cell: ({ target }) => percent(target), dispensable: 1 },
	{
		head: '',
		cell: ({ meetsTarget }) => ({ yes: 'met', no: 'MISSED', open: 'open', 'too-few': '–' })[meetsTarget],
		dispensable: 0,
	},
	{ head: 'occasions', cell: ({ occasions }) => whole(occasions), dispensable: 3 },
	{ head: 'broken', cell: ({ verdicts }) => whole(verdicts.broken), dispensable: 2 },
	{ head: 'late', cell: ({ late }) => whole(late), dispensable: 6 },
	{ head: 'pending', cell: ({ verdicts }) => whole(verdicts.pending), dispensable: 8 },
	{ head: 'unknown', cell: ({ verdicts }) => whole(verdicts.unknown), dispensable: 7 },
	{ head: 'void', cell: ({ verdicts }) => whole(verdicts.void), dispensable: 9 },
	{
		head: 'median margin',
		cell: ({ margin, marginUnit }) => marginInWords(margin.median, marginUnit),
		dispensable: 4,
	},
	{ head: 'score kept − broken', cell: promise => differenceInWords(promise), dispensable: 10 },
	{
		head: 'customers hit',
		cell: ({ customersAffected }) => figureInWords(customersAffected, whole),
		dispensable: 5,
	},
	{
		head: 'their revenue',
		cell: ({ revenueAffected }, { currency }) =>
			figureInWords(revenueAffected, value => `${whole(Math.round(value))} ${currency}`),
		dispensable: 5,
	},
];

function columnsThatFit(
	promises: readonly PromiseReport[],
	report: Report,
	width: number,
): readonly Column[] {
	const widthOf = ({ head, cell }: Column) =>
		Math.max(head.length, ...promises.map(promise => cell(promise, report).length));
	let shown = columns;
	while (shown.reduce((sum, column) => sum + widthOf(column) + 2, -2) > width) {
		const most = Math.max(...shown.map(({ dispensable }) => dispensable));
		if (most === 0) return shown;
		shown = shown.filter(({ dispensable }) => dispensable < most);
	}
	return shown;
}

/** A figure as a person reads it; a figure that cannot be shown says so. */
export function figureInWords(figure: Figure, show: (value: number) => string): string {
	if (figure.kind === 'too-few') return `too few (${figure.n} of ${figure.needed})`;
	if (figure.kind === 'count') return show(figure.value);
	return `${show(figure.value)} (${show(figure.interval.low)} … ${show(figure.interval.high)}, n ${whole(figure.n)})`;
}

export function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}

function keptInWords(figure: Figure): string {
	return figureInWords(figure, percent);
}

function marginInWords(figure: Figure, unit: string): string {
	if (figure.kind === 'too-few') return 'too few';
	return `${figure.value > 0 ? '+' : ''}${unit === 'seconds' ? secondsInWords(figure.value) : figure.value.toFixed(2)}`;
}

function differenceInWords(promise: PromiseReport): string {
	const widest = promise.scores.toSorted((a, b) => answers(b) - answers(a))[0];
	if (!widest) return '–';
	return `${figureInWords(widest.difference, value => `${value > 0 ? '+' : ''}${value.toFixed(2)}`)} ${widest.scale}`;
}

function answers(score: PromiseReport['scores'][number]): number {
	return score.kept.mean.n + score.broken.mean.n;
}

function rate(promise: PromiseReport): number {
	return promise.keptRate.kind === 'estimate' ? promise.keptRate.value - promise.target : Infinity;
}

function periodInWords({ period }: Report): string {
	if (!period.from && !period.to) return '';
	return `, occasions from ${period.from?.slice(0, 10) ?? 'the beginning'} to ${period.to?.slice(0, 10) ?? 'now'}`;
}

function whole(value: number): string {
	return String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** The first column to the left, numbers to the right. */
function alignColumns(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
	return rows
		.map((row, index) => {
			const cells = row.map((cell, column) =>
				column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
			);
			const line = cells.join('  ').trimEnd();
			return index === 0 ? `${line}\n${widths.map(width => '─'.repeat(width)).join('  ')}` : line;
		})
		.join('\n');
}
