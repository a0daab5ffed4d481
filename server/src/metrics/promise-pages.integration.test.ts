import type { Figure } from '@touchstone/domain/metrics/figure';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeWorkspace } from '../database/scope.ts';
import { type BothTopologies, withBothTopologies } from '../database/testing/both-topologies.ts';
import { measuredMoment, momentSummaries } from './moment-pages.queries.ts';
import type { PanelAsk } from './panels.queries.ts';
import { measuredPromise, promiseSummaries } from './promise-pages.queries.ts';
import { askOf, definitions, insertHistory, workspace } from './testing/kettle-history.ts';

let both: BothTopologies;
beforeAll(async () => {
	both = await withBothTopologies();
	await insertHistory(both.single);
});
afterAll(() => both.close());

const inBoth = <T>(
	panel: (ask: PanelAsk) => Promise<T>,
	query: object = {},
	scope = wholeWorkspace(workspace),
) => both.inBoth(door => panel(askOf(door, query, scope)));
const inThreeDays = (query: object = {}, scope = wholeWorkspace(workspace)) => {
	const promise = definitions.promises.find(({ id }) => id === 'in-three-days');
	if (!promise) throw new Error('the promise is not defined');
	return inBoth(ask => measuredPromise(ask, promise), query, scope);
};
const delivered = (query: object = {}, scope = wholeWorkspace(workspace)) => {
	const moment = definitions.moments.find(({ id }) => id === 'delivered');
	if (!moment) throw new Error('the moment is not defined');
	return inBoth(ask => measuredMoment(ask, moment), query, scope);
};
const value = (figure: Figure | null | undefined) => (figure?.kind === 'too-few' ? undefined : figure?.value);

describe('the list of promises', () => {
	it('has every promise, with what is unknown as a share of all', async () => {
		const [felt, inThree, someday] = await inBoth(promiseSummaries);
		expect(felt).toMatchObject({ id: 'felt-good', occasions: 95, keptBy: null, pendingShare: 0 });
		expect(felt?.unknownShare).toBeCloseTo(5 / 95, 12);
		expect(inThree).toMatchObject({
			keptBy: { name: 'Logistics' },
			moment: { name: 'Delivered' },
			meetsTarget: 'no',
			late: 15,
		});
		expect(someday).toMatchObject({
			id: 'someday',
			occasions: 0,
			keptRate: { kind: 'too-few', n: 0 },
			meetsTarget: 'too-few',
			unknownShare: null,
		});
	});
});

describe('one promise', () => {
	it('shows how far delivered lay from promised, with the promise at an edge', async () => {
		const { bins, n, quantiles, unit } = (await inThreeDays()).margins;
		expect({ n, unit }).toEqual({ n: 90, unit: 'seconds' });
		expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(90);
		expect(bins.some(bin => bin.from === 0)).toBe(true);
		expect(bins[0]?.from).toBeNull();
		expect(bins.at(-1)?.to).toBeNull();
		const before = bins.filter(({ to }) => to !== null && to <= 0);
		expect(before.reduce((sum, bin) => sum + bin.n, 0)).toBe(15);
		expect(quantiles.median).toMatchObject({
			value: 86_400,
			excluded: { 'no-delivered-amount': 5, void: 0 },
		});
	});

	it('ranks units within the limits of a funnel around all of them', async () => {
		const { byUnit, byChannel, byCampaign } = await inThreeDays();
		expect(byUnit.map(({ name }) => name).sort()).toEqual(['Austria', 'North']);
		for (const { funnel, beyond } of byUnit) {
			expect(funnel?.centre).toBeCloseTo(75 / 95, 12);
			expect(beyond).toBe('within');
		}
		for (const groups of [byUnit, byChannel, byCampaign])
			expect(groups.reduce((sum, { occasions }) => sum + occasions, 0)).toBe(95);
		expect(byCampaign.map(({ id }) => id).sort()).toEqual(['', 'summer']);
		// Odd customers are n % 10 = 1, even ones n % 10 = 4 and 6.
		expect(byChannel.find(({ id }) => id === 'store')?.verdicts.broken).toBe(5);
	});

	it('follows customers for ninety days after their first decision, and says whom it could not follow', async () => {
		const { after } = await inThreeDays();
		expect(after.reading).toBe('association');
		expect(after.returned.kept).toMatchObject({
			value: 1,
			n: 21,
			excluded: { 'decided-less-than-90-days-ago': 14 },
		});
		expect(after.returned.broken).toMatchObject({ n: 9, excluded: { 'decided-less-than-90-days-ago': 6 } });
		expect(value(after.returned.broken)).toBeCloseTo(6 / 9, 12);
		expect(value(after.returned.difference)).toBeCloseTo(1 / 3, 12);
		expect(after.revenue.kept).toMatchObject({ metric: 'revenue-after', value: 100, n: 21 });
		expect(value(after.revenue.difference)).toBeCloseTo(100 / 3, 9);
	});

	it('compares what was said after kept and after broken', async () => {
		const { scores } = (await inThreeDays()).after;
		expect(scores.map(({ scale }) => scale)).toEqual(['csat-5', 'nps']);
		const [csat] = scores;
		expect(csat?.kept).toMatchObject({ n: 75 });
		expect(csat?.broken).toMatchObject({ value: 2, n: 15 });
	});

	it('says too few in an empty period, in every figure', async () => {
		const measured = await inThreeDays({ from: '2025-01-01', to: '2025-02-01' });
		expect(measured.keptRate.kind).toBe('too-few');
		expect(measured.margins).toMatchObject({ n: 0, bins: [], quantiles: { median: { kind: 'too-few' } } });
		expect(measured.after.returned.difference.kind).toBe('too-few');
		expect(measured.after.revenue.kept.kind).toBe('too-few');
		expect(measured.byUnit).toEqual([]);
	});

	it('shows a person of one unit that unit only', async () => {
		const units = definitions.units.filter(({ id }) => id === 'AT').map(({ id }) => id);
		const measured = await inThreeDays({}, { workspace, units });
		expect(measured.byUnit.map(({ id }) => id)).toEqual(['AT']);
		expect(measured.occasions).toBe(measured.byUnit[0]?.occasions);
	});
});

describe('moments', () => {
	it('stand in the order of stages, each with volume, customers, kept rate and scores', async () => {
		const [ordered, delivery] = await inBoth(momentSummaries);
		expect(ordered).toMatchObject({
			id: 'ordered',
			owner: { name: 'Chief' },
			volume: { kind: 'count', metric: 'interactions', value: 95 },
			customers: { value: 50 },
			occasions: 95,
			scores: [],
		});
		expect(delivery).toMatchObject({ id: 'delivered', owner: null, volume: { value: 90 }, occasions: 95 });
		expect(value(delivery?.keptRate)).toBeCloseTo(75 / 95, 12);
		expect(value(delivery?.scores[0]?.mean)).toBe(8);
		expect(value(delivery?.scores[0]?.nps)).toBeCloseTo((75 - 15) / 90, 12);
		expect(delivery?.trend.reduce((sum, { n }) => sum + n, 0)).toBe(90);
	});

	it('each tell which promises they start and test, and where they happen', async () => {
		const moment = await delivered();
		expect(moment.promises).toMatchObject([{ id: 'in-three-days', part: 'tests', occasions: 95 }]);
		expect(moment.byChannel.reduce((sum, { interactions }) => sum + interactions, 0)).toBe(90);
		expect(moment.byUnit.map(({ name }) => name).sort()).toEqual(['Austria', 'North']);
		expect(moment.keptTrend.reduce((sum, { kept }) => sum + kept, 0)).toBe(75);
	});

	it('are empty, not absent, where nothing happened', async () => {
		const moment = await delivered({ from: '2025-01-01', to: '2025-02-01' });
		expect(moment).toMatchObject({
			volume: { value: 0 },
			keptRate: { kind: 'too-few' },
			scores: [],
			byUnit: [],
		});
	});
});
