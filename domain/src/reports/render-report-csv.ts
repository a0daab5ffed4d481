import type { Figure } from '../metrics/figure.ts';
import type { Report } from './report.ts';

const head = [
	'promise',
	'unit',
	'metric',
	'metric_version',
	'kind',
	'value',
	'low',
	'high',
	'n',
	'needed',
	'method',
	'excluded',
];

/**
 * The report as CSV (RFC 4180), one figure a row, so that every number travels with its interval, n and method. The verdict
 * counts are rows too, under the metric `occasions` and the verdict's name.
 */
export function renderReportCsv(report: Report): string {
	const rows = report.promises.flatMap(promise => [
		...countRows(promise.id, '', { occasions: promise.occasions, ...promise.verdicts, late: promise.late }),
		figureRow(promise.id, '', 'kept-rate', promise.keptRate),
		figureRow(promise.id, '', 'margin-p10', promise.margin.p10),
		figureRow(promise.id, '', 'margin-median', promise.margin.median),
		figureRow(promise.id, '', 'margin-p90', promise.margin.p90),
		...promise.scores.flatMap(score => [
			...(['kept', 'broken', 'late'] as const).flatMap(side => [
				figureRow(promise.id, '', `mean-score ${side} ${score.scale}`, score[side].mean),
				figureRow(promise.id, '', `top-two-box ${side} ${score.scale}`, score[side].topTwoBox),
			]),
			figureRow(promise.id, '', `score-difference ${score.scale}`, score.difference),
		]),
		figureRow(promise.id, '', 'customers', promise.customers),
		figureRow(promise.id, '', 'customers-affected', promise.customersAffected),
		figureRow(promise.id, '', 'revenue-affected', promise.revenueAffected),
		...Object.entries(promise.byUnit).flatMap(([unit, { keptRate, ...counts }]) => [
			...countRows(promise.id, unit, counts),
			figureRow(promise.id, unit, 'kept-rate', keptRate),
		]),
	]);
	return `${[head, ...rows].map(row => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function countRows(promise: string, unit: string, counts: Readonly<Record<string, number>>): string[][] {
	return Object.entries(counts).map(([name, n]) => [
		promise,
		unit,
		name === 'occasions' ? name : `occasions ${name}`,
		'1',
		'count',
		String(n),
		'',
		'',
		String(n),
		'',
		'complete count, nothing sampled',
		'',
	]);
}

function figureRow(promise: string, unit: string, name: string, figure: Figure): string[] {
	const value = figure.kind === 'too-few' ? '' : String(figure.value);
	const low = figure.kind === 'estimate' ? String(figure.interval.low) : '';
	const high = figure.kind === 'estimate' ? String(figure.interval.high) : '';
	const needed = figure.kind === 'too-few' ? String(figure.needed) : '';
	const excluded = Object.entries(figure.excluded)
		.map(([reason, n]) => `${reason} ${n}`)
		.join('; ');
	return [
		promise,
		unit,
		name,
		String(figure.version),
		figure.kind,
		value,
		low,
		high,
		String(figure.n),
		needed,
		figure.method,
		excluded,
	];
}

/** Quoted where it must be; a cell that a spreadsheet would run as a formula is made text. */
function cell(text: string): string {
	const safe =
		/^[=+@\t\r]/.test(text) || (text.startsWith('-') && Number.isNaN(Number(text))) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
