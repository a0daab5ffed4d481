import { describe, expect, it } from 'vitest';
import { countOf, figureOf, tooFewOf } from '../metrics/figure-of.ts';
import { renderReportCsv } from './render-report-csv.ts';
import { renderReportHtml } from './render-report-html.ts';
import { renderReportTable } from './render-report-table.ts';
import { type Report, reportSchema } from './report.ts';

const rate = (value: number) =>
	figureOf(
		'kept-rate',
		{
			kind: 'estimate',
			value,
			low: value - 0.02,
			high: value + 0.02,
			n: 400,
			method: 'Wilson score interval',
		},
		{ pending: 3 },
	);
const few = tooFewOf('margin-quantile', 2, 6);

function report(wording = 'With you in three days.'): Report {
	const promise = (id: string, kept: number): Report['promises'][number] => ({
		id,
		wording,
		moment: 'delivered',
		madeBy: null,
		keptBy: 'logistics',
		target: 0.9,
		meetsTarget: kept > 0.9 ? 'yes' : 'no',
		occasions: 403,
		verdicts: { kept: 380, broken: 20, pending: 3, unknown: 0, void: 0 },
		late: 12,
		keptRate: rate(kept),
		marginUnit: 'seconds',
		margin: {
			p10: few,
			median: figureOf('margin-quantile', {
				kind: 'estimate',
				value: 86_400 * 2.5,
				low: 1,
				high: 2,
				n: 9,
				method: 'order-statistic interval',
			}),
			p90: few,
		},
		scores: [],
		customers: countOf('customers', 400, 403),
		customersAffected: countOf('customers-affected', 20, 400),
		revenueAffected: countOf('revenue-affected', 12_345.6, 31),
		byUnit: {
			DE: {
				occasions: 403,
				kept: 380,
				broken: 20,
				pending: 3,
				unknown: 0,
				void: 0,
				late: 12,
				keptRate: rate(kept),
			},
		},
	});
	return reportSchema.parse({
		report: 1,
		company: 'Lumenhaus',
		currency: 'EUR',
		asOf: '2026-11-01T00:00:00.000Z',
		period: { from: null, to: null },
		filters: { promise: null, unit: null, channel: null },
		promises: [promise('in-three-days', 0.95), promise('answered-quickly', 0.7)],
		findings: ['Nobody owns the moment “Writes in the community”.'],
	});
}

describe('the report in a terminal', () => {
	it('puts what misses its target most first, each rate with its interval and n', () => {
		const lines = renderReportTable(report()).split('\n');
		expect(lines[0]).toBe('Lumenhaus: promises kept, as of 2026-11-01');
		expect(lines[4]).toMatch(/^answered-quickly +70\.0 % \(68\.0 % … 72\.0 %, n 400\) +90\.0 % +MISSED/);
		expect(lines[5]).toMatch(/^in-three-days .* met .*\+2\.5 days .*12,346 EUR$/);
	});

	it('leaves columns out where the terminal is narrow, and says which', () => {
		const text = renderReportTable(report(), 80);
		const table = text.split('\n').slice(2, 6);
		for (const line of table) expect(line.length).toBeLessThanOrEqual(80);
		expect(table[2]).toContain('MISSED');
		expect(text).toMatch(/A wider terminal also shows: .*their revenue/);
	});

	it('without promises says what to do', () => {
		expect(renderReportTable({ ...report(), promises: [] })).toContain('touchstone apply FILE');
	});
});

describe('the report as CSV', () => {
	it('has one figure a row, each with its interval, n and method', () => {
		const rows = renderReportCsv(report()).trimEnd().split('\r\n');
		expect(rows[0]).toBe('promise,unit,metric,metric_version,kind,value,low,high,n,needed,method,excluded');
		expect(rows).toContain(
			'in-three-days,,kept-rate,2,estimate,0.95,0.9299999999999999,0.97,400,,Wilson score interval,pending 3',
		);
		expect(rows).toContain(
			'in-three-days,,margin-p10,1,too-few,,,,2,6,"order-statistic (binomial) interval, 95 %",',
		);
		expect(rows).toContain(
			'in-three-days,DE,occasions broken,1,count,20,,,20,,"complete count, nothing sampled",',
		);
	});

	it('gives a spreadsheet nothing to run', () => {
		const dangerous = report();
		const csv = renderReportCsv({
			...dangerous,
			promises: dangerous.promises.map(promise => ({ ...promise, id: '=1+1' })),
		});
		expect(csv).toContain("'=1+1,");
		expect(csv).not.toMatch(/^=/m);
	});
});

describe('the report as a page', () => {
	it('shows words of the company as words, never as markup', () => {
		const page = renderReportHtml(report('<img src=x onerror=alert(1)>'));
		expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
		expect(page).not.toContain('<img');
		expect(page).not.toContain('<script');
	});
});
