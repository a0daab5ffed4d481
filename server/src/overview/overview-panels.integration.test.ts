import type { Figure } from '@touchstone/domain/metrics/figure';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { reportQuerySchema } from '@touchstone/domain/reports/report';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeWorkspace } from '../database/scope.ts';
import { type BothTopologies, withBothTopologies } from '../database/testing/both-topologies.ts';
import type { PanelAsk } from '../metrics/panels.queries.ts';
import { measuredPromise, promiseSummaries } from '../metrics/promise-pages.queries.ts';
import {
	askOf,
	definitions,
	inForce,
	insertHistory,
	now,
	workspace,
} from '../metrics/testing/kettle-history.ts';
import { loadReport } from '../reports/report.queries.ts';
import { overviewChanges, overviewGaps, overviewKept } from './overview-panels.queries.ts';
import { stakesByPromise } from './stakes.queries.ts';

let both: BothTopologies;
beforeAll(async () => {
	both = await withBothTopologies();
	await insertHistory(both.single);
});
afterAll(() => both.close());

const austria = {
	workspace,
	units: definitions.units.filter(unit => unit.id === 'AT').map(unit => unit.id),
};
/** Asks both topologies and expects one answer. */
const inBoth = <T>(
	panel: (ask: PanelAsk) => Promise<T>,
	query: object = {},
	scope = wholeWorkspace(workspace),
) => both.inBoth(door => panel(askOf(door, query, scope)));
const value = (figure: Figure | null | undefined) => (figure?.kind === 'too-few' ? undefined : figure?.value);

describe('the overview', () => {
	it('says how many promises are kept, with targets weighted by how often each was tested', async () => {
		const kept = await inBoth(overviewKept);
		expect(kept).toMatchObject({
			promises: 2,
			promisesTested: 2,
			occasions: 190,
			verdicts: { kept: 150, broken: 35, pending: 0, unknown: 5, void: 0 },
			late: 15,
			before: null,
			difference: null,
			change: null,
			meetsTarget: 'yes',
			timeZone: 'Europe/Berlin',
			currency: 'EUR',
		});
		expect(value(kept.keptRate)).toBeCloseTo(150 / 185, 12);
		expect(kept.target).toBeCloseTo((95 * 0.9 + 90 * 0.5) / 185, 12);
	});

	it('draws a trend without gaps, whose buckets add up to the whole', async () => {
		const { trend, bucket } = await inBoth(overviewKept, { from: '2026-05-25', to: '2026-10-01' });
		expect(bucket).toBe('week');
		expect(trend.reduce((sum, { kept }) => sum + kept, 0)).toBe(150);
		expect(trend[0]).toMatchObject({
			from: '2026-05-25T00:00:00.000Z',
			kept: 0,
			keptRate: { kind: 'too-few' },
		});
		for (const [index, { to }] of trend.slice(0, -1).entries()) expect(trend[index + 1]?.from).toBe(to);
		expect(trend.at(-1)?.to).toBe('2026-10-01T00:00:00.000Z');
	});

	it('compares with the period before and says whether the change is more than noise', async () => {
		const kept = await inBoth(overviewKept, { from: '2026-07-21', to: '2026-09-09' });
		expect(kept.comparison).toEqual({ from: '2026-06-01T00:00:00.000Z', to: '2026-07-21T00:00:00.000Z' });
		expect(kept.verdictsBefore).toMatchObject({ kept: 70, broken: 25, unknown: 5 });
		expect(value(kept.difference)).toBeCloseTo(80 / 90 - 70 / 95, 12);
		expect(kept.change).toBe('better');
		const backwards = {
			from: '2026-06-01',
			to: '2026-07-21',
			compareFrom: '2026-07-21',
			compareTo: '2026-09-09',
		};
		expect((await inBoth(overviewKept, backwards)).change).toBe('worse');
	});

	it('corrects for looking at several promises at once', async () => {
		const changes = await inBoth(overviewChanges, { from: '2026-07-21', to: '2026-09-09' });
		expect(changes.map(({ promise, change }) => [promise, change])).toEqual([
			['in-three-days', 'better'],
			['felt-good', 'noise'],
		]);
		expect(value(changes[0]?.difference)).toBeCloseTo(40 / 45 - 35 / 50, 12);
		// Twice the p-value of the pooled test, for it is the smaller of two.
		expect(changes[0]?.pAdjusted).toBeCloseTo(0.0485, 3);
		expect(await inBoth(overviewChanges)).toEqual([]);
	});

	it('says too few where one of the periods is empty', async () => {
		const query = { from: '2026-06-01', to: '2026-07-21' };
		const changes = await inBoth(overviewChanges, query);
		expect(changes[0]).toMatchObject({ change: 'too-few', pAdjusted: null, before: { kind: 'too-few' } });
		expect((await inBoth(overviewKept, query)).change).toBe('too-few');
	});

	it('ranks what falls short by the customers it touches and what they bring in', async () => {
		const gaps = await inBoth(overviewGaps);
		expect(gaps).toHaveLength(1);
		expect(gaps[0]).toMatchObject({
			promise: 'in-three-days',
			moment: { id: 'delivered', name: 'Delivered' },
			owner: { id: 'logistics', businessFunction: 'logistics' },
			broken: 20,
			meetsTarget: 'no',
			customersAffected: { kind: 'count', value: 15, n: 50 },
			revenueAffected: { kind: 'count', value: 2500, n: 25 },
			stake: { kind: 'count', metric: 'stake', value: 2500, n: 15 },
		});
		expect(value(gaps[0]?.gap)).toBeCloseTo(0.9 - 75 / 95, 12);
	});

	it('finds the same at stake however many promises there are', async () => {
		const many = Array.from({ length: 140 }, (_, index) => `promise-${index}`);
		const [few, among] = [
			['in-three-days', 'felt-good'],
			many.with(63, 'in-three-days').with(130, 'felt-good'),
		];
		const stakes = (ids: readonly string[]) =>
			inBoth(async ({ columns, asked }) => {
				const found = await stakesByPromise(columns, ids, {}, asked.periods.now, now, 'EUR', 'everyone');
				return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
			});
		expect(await stakes(among)).toEqual(await stakes(few));
		expect((await stakes(few)).map(([id, { affected }]) => [id, affected])).toEqual([
			['felt-good', 15],
			['in-three-days', 15],
		]);
	});

	it('tells persons from firms', async () => {
		const firms = await inBoth(overviewKept, { segment: 'account' });
		const persons = await inBoth(overviewKept, { segment: 'person' });
		expect([firms.occasions, persons.occasions]).toEqual([40, 150]);
		// Customers of firms are 0, 5, 10 …: none of them was late.
		expect(firms.verdicts.broken).toBe(0);
	});

	it('shows a person only their units, and another workspace nothing', async () => {
		const kept = await inBoth(overviewKept, {}, austria);
		expect(kept.occasions).toBe((await inBoth(overviewKept, { unit: 'AT' })).occasions);
		expect(kept.occasions).toBeLessThan(190);
		expect((await inBoth(overviewKept, { unit: 'DE' }, austria)).occasions).toBe(0);
		const foreign = wholeWorkspace(workspaceIdSchema.parse('somebody-else'));
		expect((await inBoth(overviewKept, {}, foreign)).keptRate.kind).toBe('too-few');
		expect(await inBoth(overviewGaps, {}, foreign)).toEqual([]);
	});
});

describe('panels and the report', () => {
	const day = fc.integer({ min: 0, max: 125 }).map(n => new Date(Date.UTC(2026, 5, 1) + n * 86_400_000));
	const filters = fc.record(
		{
			unit: fc.constantFrom('DE', 'DE-N', 'AT'),
			channel: fc.constantFrom('web', 'store'),
			period: fc.tuple(day, day).filter(([a, b]) => a < b),
		},
		{ requiredKeys: [] },
	);

	it('agree, whatever is filtered', async () => {
		await fc.assert(
			fc.asyncProperty(filters, async ({ period, ...rest }) => {
				const [from, to] = period?.map(time => time.toISOString()) ?? [];
				const query = { ...rest, ...(from && to ? { from, to } : {}) };
				const ask = askOf(both.single, query);
				const report = await loadReport(
					both.single,
					wholeWorkspace(workspace),
					inForce,
					reportQuerySchema.parse(query),
					now,
					[],
				);
				const summaries = new Map((await promiseSummaries(ask)).map(summary => [summary.id, summary]));
				const gaps = new Map((await overviewGaps(ask)).map(gap => [gap.promise, gap]));
				const kept = await overviewKept(ask);
				expect(kept.occasions).toBe(report.promises.reduce((sum, { occasions }) => sum + occasions, 0));
				for (const promise of report.promises) {
					const { id, occasions, verdicts, late, keptRate, meetsTarget } = promise;
					expect(summaries.get(id)).toMatchObject({ occasions, verdicts, late, keptRate, meetsTarget });
					const { customersAffected, revenueAffected } = promise;
					const gap = gaps.get(id);
					if (gap) expect(gap).toMatchObject({ customersAffected, revenueAffected });
					else expect(keptRate.kind === 'too-few' || keptRate.value >= promise.target).toBe(true);
				}
			}),
			{ numRuns: 12 },
		);
	});

	it('agree on one promise: margins, units, scores, customers', async () => {
		const query = { channel: 'web', from: '2026-06-05', to: '2026-09-01' };
		const [reported] = (
			await loadReport(
				both.single,
				wholeWorkspace(workspace),
				inForce,
				reportQuerySchema.parse({ ...query, promise: 'in-three-days' }),
				now,
				[],
			)
		).promises;
		const promise = definitions.promises.find(({ id }) => id === 'in-three-days');
		if (!reported || !promise) throw new Error('the promise is not there');
		const measured = await inBoth(ask => measuredPromise(ask, promise), query);
		expect(measured.margins.quantiles).toEqual(reported.margin);
		expect(measured.margins.unit).toBe(reported.marginUnit);
		expect(measured).toMatchObject({
			customers: reported.customers,
			customersAffected: reported.customersAffected,
			revenueAffected: reported.revenueAffected,
		});
		for (const { id, occasions, keptRate } of measured.byUnit)
			expect(reported.byUnit[id]).toMatchObject({ occasions, keptRate });
		expect(measured.after.scores.map(({ scale, difference }) => [scale, difference])).toEqual(
			reported.scores.map(({ scale, difference }) => [scale, difference]),
		);
	});
});
