import type { Figure } from '../metrics/figure.ts';
import { secondsInWords } from '../units/duration.ts';
import type { PromiseReport, Report } from './report.ts';

/** The report for a terminal: what is broken most first, each number with its interval and n. */
export function renderReportTable(report: Report): string {
	const title = `${report.company}: promises kept, as of ${report.asOf.slice(0, 10)}${periodInWords(report)}`;
	const sorted = report.promises.toSorted((a, b) => rate(a) - rate(b));
	const rows = sorted.map(promise => [
		promise.id,
		keptInWords(promise.keptRate),
		percent(promise.target),
		{ yes: 'met', no: 'MISSED', open: 'open', 'too-few': '–' }[promise.meetsTarget],
		whole(promise.occasions),
		whole(promise.verdicts.broken),
		whole(promise.late),
		whole(promise.verdicts.pending),
		whole(promise.verdicts.unknown),
		whole(promise.verdicts.void),
		marginInWords(promise.margin.median, promise.marginUnit),
		differenceInWords(promise),
		figureInWords(promise.customersAffected, whole),
		figureInWords(promise.revenueAffected, value => `${whole(Math.round(value))} ${report.currency}`),
	]);
	const head = [
		'promise',
		'kept (95 % interval, n)',
		'target',
		'',
		'occasions',
		'broken',
		'late',
		'pending',
		'unknown',
		'void',
		'median margin',
		'score kept − broken',
		'customers hit',
		'their revenue',
	];
	const findings =
		report.findings.length > 0
			? `\nFindings\n${report.findings.map(text => `  • ${text}`).join('\n')}\n`
			: '';
	if (rows.length === 0)
		return `${title}\n\nNo promise has a rule yet: apply definitions with \`touchstone apply FILE\`.\n${findings}`;
	return `${title}\n\n${alignColumns([head, ...rows])}\n\nkept = kept ÷ (kept + broken); pending, unknown and void occasions are left out. Margins: + is better than promised.\nDifferences in score are associations, not effects.\n${findings}`;
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
