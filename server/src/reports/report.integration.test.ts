import { definitionsSchema } from '@touchstone/domain/definitions/definitions';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import { reportQuerySchema } from '@touchstone/domain/reports/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnsDoor } from '../database/columns-door.ts';
import { wholeWorkspace } from '../database/scope.ts';
import { type BothTopologies, withBothTopologies } from '../database/testing/both-topologies.ts';
import { customersIn, everyCustomer, keepVerdicts } from '../verdicts/judgement.queries.ts';
import { loadReport } from './report.queries.ts';

const workspace = workspaceIdSchema.parse('reported');
const now = new Date(Date.UTC(2026, 6, 1));
const day = 86_400_000;

const definitions = definitionsSchema.parse({
	touchstone: 1,
	company: { name: 'Reported' },
	units: [
		{ id: 'DE', name: 'Germany' },
		{ id: 'DE-N', name: 'North', parent: 'DE' },
		{ id: 'AT', name: 'Austria' },
	],
	moments: [
		{ id: 'ordered', name: 'Orders', stage: 'buy', channel: 'web' },
		{ id: 'delivered', name: 'Delivered', stage: 'first-use', channel: 'delivery' },
	],
	promises: [
		{
			id: 'in-three-days',
			wording: 'With you in three days.',
			moment: 'delivered',
			target: 0.9,
			rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '3d' } },
		},
		{
			id: 'felt-good',
			wording: 'A pleasure.',
			moment: 'ordered',
			rule: { kind: 'felt', moment: 'ordered', scale: 'csat-5', atLeast: 4 },
		},
	],
});
const versions: PromiseVersion[] = definitions.promises.flatMap(promise =>
	promise.rule ? [{ promise: { ...promise, rule: promise.rule }, version: 1, from: null, to: null }] : [],
);
const inForce = { revision: 1, definitions, nameOf: () => '' as const, versions };

let both: BothTopologies;
beforeAll(async () => {
	both = await withBothTopologies();
	await insertOrders();
	await keepVerdicts(both.single.house, versions, customersIn(workspace, everyCustomer), now, 1n);
});
afterAll(() => both.close());

const report = (query: object = {}, scope = wholeWorkspace(workspace)) => {
	const parsed = reportQuerySchema.parse(query);
	return both.inBoth((door: ColumnsDoor) => loadReport(door, scope, inForce, parsed, now, []));
};
const inThreeDays = async (query: object = {}, scope = wholeWorkspace(workspace)) => {
	const promise = (await report({ promise: 'in-three-days', ...query }, scope)).promises[0];
	if (!promise) throw new Error('the promise is not in the report');
	return promise;
};

/**
 * Sixty orders, two a day from 1 June, each of its own customer, every third from Austria. One in five arrives on the fifth day,
 * one in ten never, the others on the second day after. Six days after the order, kept ones score 5 and late ones 2.
 */
async function insertOrders(): Promise<void> {
	const interactions: unknown[][] = [];
	const feedback: unknown[][] = [];
	for (let index = 0; index < 60; index++) {
		const person = `user:${index}`;
		const subject = `order-${index}`;
		const ordered = Date.UTC(2026, 5, 1) + Math.floor(index / 2) * day;
		const unit = index % 3 === 0 ? 'AT' : 'DE-N';
		const add = (moment: string, time: number, revenue: string | null) =>
			interactions.push([
				workspace,
				person,
				`${subject}-${moment}`,
				new Date(time).toISOString(),
				moment,
				subject,
				unit,
				'web',
				revenue,
				'EUR',
				'1',
				'1',
			]);
		add('ordered', ordered, '100.50');
		const late = index % 5 === 1;
		const lost = index % 10 === 4;
		const delivered = ordered + (late ? 5 : 2) * day;
		if (!lost && delivered <= now.getTime()) {
			add('delivered', delivered, null);
			const answered = ordered + 6 * day;
			if (answered <= now.getTime())
				feedback.push([
					workspace,
					person,
					`${subject}-f`,
					new Date(answered).toISOString(),
					'',
					subject,
					'csat-5',
					late ? 2 : 5,
					'1',
					'1',
				]);
		}
	}
	const lines = (rows: unknown[][]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');
	await both.single.house.insertLines(
		'interactions',
		[
			'workspace',
			'person',
			'id',
			'time',
			'moment',
			'subject',
			'unit',
			'channel',
			'revenue',
			'currency',
			'batch',
			'version',
		],
		lines(interactions),
	);
	await both.single.house.insertLines(
		'feedback',
		['workspace', 'person', 'id', 'time', 'moment', 'subject', 'scale', 'score', 'batch', 'version'],
		lines(feedback),
	);
}

describe('the promise report', () => {
	it('counts occasions by verdict, and the late ones among the broken', async () => {
		const promise = await inThreeDays();
		expect(promise).toMatchObject({
			occasions: 60,
			verdicts: { kept: 40, broken: 16, pending: 4, unknown: 0, void: 0 },
			late: 11,
		});
	});

	it('gives the kept rate with its interval and says whether the target is met', async () => {
		const promise = await inThreeDays();
		expect(promise.keptRate).toMatchObject({
			kind: 'estimate',
			metric: 'kept-rate',
			n: 56,
			excluded: { pending: 4, unknown: 0, void: 0 },
		});
		expect(promise.keptRate.kind === 'estimate' && promise.keptRate.value).toBeCloseTo(40 / 56, 10);
		expect(promise.meetsTarget).toBe('no');
	});

	it('shows how much better or worse than promised', async () => {
		const { margin, marginUnit } = await inThreeDays();
		expect(marginUnit).toBe('seconds');
		expect(margin.median).toMatchObject({ kind: 'estimate', value: 86_400, n: 51 });
		expect(margin.p10).toMatchObject({ kind: 'estimate', value: -172_800 });
	});

	it('compares what customers said after kept and after broken', async () => {
		const [score] = (await inThreeDays()).scores;
		expect(score).toMatchObject({
			scale: 'csat-5',
			kept: { mean: { value: 5, n: 35 }, topTwoBox: { value: 1 } },
			late: { mean: { value: 2, n: 10 }, topTwoBox: { value: 0 } },
			broken: { mean: { value: 2, n: 10 } },
		});
		// Nobody's answer varies within a side, so there is nothing to build an interval on.
		expect(score?.difference.kind).toBe('too-few');
	});

	it('adds up the customers hit and what they brought in', async () => {
		const promise = await inThreeDays();
		expect(promise.customers).toMatchObject({ kind: 'count', value: 60 });
		expect(promise.customersAffected).toMatchObject({ kind: 'count', value: 16 });
		expect(promise.revenueAffected).toMatchObject({ kind: 'count', value: 16 * 100.5, n: 16 });
	});

	it('breaks down by unit', async () => {
		const { byUnit } = await inThreeDays();
		expect(Object.keys(byUnit)).toEqual(['AT', 'DE-N']);
		expect(Object.values(byUnit).reduce((sum, unit) => sum + unit.occasions, 0)).toBe(60);
	});

	it('includes the units below the one asked for', async () => {
		expect((await inThreeDays({ unit: 'DE' })).occasions).toBe(40);
		expect((await inThreeDays({ unit: 'AT' })).occasions).toBe(20);
	});

	it('keeps to the period, of which the end is not part', async () => {
		expect((await inThreeDays({ from: '2026-06-03', to: '2026-06-05' })).occasions).toBe(4);
	});

	it('as of a day knows nothing that happened later', async () => {
		const promise = await inThreeDays({ asOf: '2026-06-05T00:00:00Z' });
		expect(promise.occasions).toBe(10);
		expect(promise.verdicts).toEqual({ kept: 4, broken: 1, pending: 5, unknown: 0, void: 0 });
		expect(promise.late).toBe(0);
	});

	it('as of now says the same as the standing verdicts', async () => {
		const standing = await report();
		expect(await report({ asOf: now.toISOString() })).toEqual(standing);
		expect(standing.promises.map(({ id }) => id)).toEqual(['in-three-days', 'felt-good']);
	});

	it('says too few where there is too little to say', async () => {
		const promise = await inThreeDays({ from: '2026-06-01', to: '2026-06-02', unit: 'AT' });
		expect(promise.margin.median).toEqual({
			kind: 'too-few',
			metric: 'margin-quantile',
			version: 1,
			n: 1,
			needed: 6,
			method: 'order-statistic (binomial) interval, 95 %',
			excluded: { void: 0, 'no-delivered-amount': 0 },
		});
	});

	it('shows a person nothing outside their units', async () => {
		const austria = {
			workspace,
			units: definitions.units.filter(unit => unit.id === 'AT').map(unit => unit.id),
		};
		const promise = await inThreeDays({}, austria);
		expect(Object.keys(promise.byUnit)).toEqual(['AT']);
		expect(promise.occasions).toBe(20);
	});

	it('of another workspace is empty', async () => {
		const other = wholeWorkspace(workspaceIdSchema.parse('somebody-else'));
		expect((await inThreeDays({}, other)).occasions).toBe(0);
	});
});
