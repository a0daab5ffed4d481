import type { Figure } from '../metrics/figure.ts';
import { secondsInWords } from '../units/duration.ts';
import { figureInWords, percent } from './render-report-table.ts';
import type { PromiseReport, Report } from './report.ts';

/** The report as one page to send or print: no script, no request to anyone. */
export function renderReportHtml(report: Report): string {
	const period =
		report.period.from || report.period.to
			? `Occasions from ${report.period.from ?? 'the beginning'} to ${report.period.to ?? 'now'}. `
			: '';
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${text(report.company)}: promises kept</title>
<style>
:root{color-scheme:light dark;--ink:light-dark(#1c1e21,#e6e7ea);--quiet:light-dark(#5b616b,#9aa1ac);--line:light-dark(#e3e5e8,#2c3037);--page:light-dark(#fff,#141619);--bad:light-dark(#b3261e,#ff8f85);--good:light-dark(#1b6e3c,#7bd69f)}
body{margin:0 auto;max-width:70rem;padding:3rem 1.5rem 5rem;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page)}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2.5rem 0 .25rem}p{margin:.25rem 0;color:var(--quiet)}
table{border-collapse:collapse;width:100%;margin-top:.75rem}th,td{padding:.4rem .75rem .4rem 0;border-top:1px solid var(--line);text-align:right;font-variant-numeric:tabular-nums;vertical-align:top}
th{font-weight:500;color:var(--quiet)}th:first-child,td:first-child{text-align:left}.no{color:var(--bad)}.yes{color:var(--good)}
</style></head><body>
<h1>${text(report.company)}: promises kept</h1>
<p>As of ${text(report.asOf)}. ${text(period)}Kept = kept ÷ (kept + broken); pending, unknown and void occasions are left out. Intervals are 95 %. Differences in score are associations, not effects.</p>
${report.promises.map(section).join('\n') || '<p>No promise has a rule yet.</p>'}
${report.findings.length > 0 ? `<h2>Findings</h2><ul>${report.findings.map(finding => `<li>${text(finding)}</li>`).join('')}</ul>` : ''}
</body></html>
`;
}

function section(promise: PromiseReport): string {
	const verdict = {
		yes: 'meets its target',
		no: 'misses its target',
		open: 'may or may not meet its target',
		'too-few': 'too few occasions to say',
	}[promise.meetsTarget];
	const units = Object.entries(promise.byUnit);
	return `<section><h2>${text(promise.wording)}</h2>
<p><strong class="${promise.meetsTarget}">${text(figureInWords(promise.keptRate, percent))}</strong>, target ${percent(promise.target)}: ${verdict}. ${text(promise.id)}${promise.keptBy ? `, kept by ${text(promise.keptBy)}` : ''}.</p>
<table><tr><th>Occasions</th><th>Kept</th><th>Broken</th><th>of them late</th><th>Pending</th><th>Unknown</th><th>Void</th><th>Median margin</th><th>Customers affected</th><th>Their revenue</th></tr>
<tr>${cells([promise.occasions, promise.verdicts.kept, promise.verdicts.broken, promise.late, promise.verdicts.pending, promise.verdicts.unknown, promise.verdicts.void])}<td>${text(margin(promise.margin.median, promise.marginUnit))}</td><td>${text(figureInWords(promise.customersAffected, String))}</td><td>${text(figureInWords(promise.revenueAffected, value => value.toFixed(2)))}</td></tr></table>
${promise.scores.length > 0 ? scores(promise) : ''}
${units.length > 1 ? `<table><tr><th>Unit</th><th>Occasions</th><th>Kept</th><th>Broken</th><th>of them late</th><th>Kept rate</th></tr>${units.map(([unit, counts]) => `<tr><td>${text(unit || '(none)')}</td>${cells([counts.occasions, counts.kept, counts.broken, counts.late])}<td>${text(figureInWords(counts.keptRate, percent))}</td></tr>`).join('\n')}</table>` : ''}
</section>`;
}

function scores(promise: PromiseReport): string {
	const two = (value: number) => value.toFixed(2);
	const rows = promise.scores.map(
		score =>
			`<tr><td>${text(score.scale)}</td><td>${text(figureInWords(score.kept.mean, two))}</td><td>${text(figureInWords(score.broken.mean, two))}</td><td>${text(figureInWords(score.late.mean, two))}</td><td>${text(figureInWords(score.difference, two))}</td></tr>`,
	);
	return `<table><tr><th>Score</th><th>after kept</th><th>after broken</th><th>of these late</th><th>kept − broken</th></tr>${rows.join('\n')}</table>`;
}

function margin(figure: Figure, unit: string): string {
	return figureInWords(figure, value => (unit === 'seconds' ? secondsInWords(value) : value.toFixed(2)));
}

function cells(values: readonly number[]): string {
	return values.map(value => `<td>${value.toLocaleString('en')}</td>`).join('');
}

function text(value: string): string {
	return value
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
