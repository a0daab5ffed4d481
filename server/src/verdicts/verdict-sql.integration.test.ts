import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import { type Rule, ruleSchema } from '@touchstone/domain/promises/rule';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type EmbeddedColumns, startEmbeddedColumns } from '../database/testing/embedded-columns.ts';
import {
	type ExpectedVerdict,
	expectedVerdicts,
	type TestEvent,
	type TestFeedback,
} from './testing/expected-verdicts.ts';
import { verdictSelect } from './verdict-sql.queries.ts';

const start = Date.UTC(2026, 2, 1);
const minute = 60_000;
const moments = ['ordered', 'delivered', 'cancelled', 'unavailable', 'complained'] as const;

let store: EmbeddedColumns;
beforeAll(async () => {
	store = await startEmbeddedColumns();
});
afterAll(() => store.close());

describe('the judge', () => {
	it('gives every random history the verdicts that the rules say in plain words', async () => {
		const histories = fc.sample(historyArbitrary, { numRuns: 400, seed: 20_261 });
		await insert(histories);
		for (const { rule, asOf } of fc.sample(questionArbitrary, { numRuns: 60, seed: 20_262 })) {
			const given = await judged(rule, asOf);
			const expected = histories.flatMap(history => expectedVerdicts(rule, history, asOf)).sort(byOccasion);
			expect(given, JSON.stringify(rule)).toEqual(expected);
		}
	});

	it('judges only the occasions that the version covers', async () => {
		const rule = ruleSchema.parse({ kind: 'by', start: 'ordered', end: 'delivered', due: { within: '2h' } });
		const all = await judged(rule, new Date(start + 1000 * minute));
		const middle = new Date(start + 30 * minute);
		const before = await judged(rule, new Date(start + 1000 * minute), { from: null, to: middle });
		const after = await judged(rule, new Date(start + 1000 * minute), { from: middle, to: null });
		expect([...before, ...after].sort(byOccasion)).toEqual(all);
		expect(before.length).toBeGreaterThan(0);
		expect(after.length).toBeGreaterThan(0);
	});

	it('holds a promise until the end of the promised day in the promised zone', async () => {
		const rows = [
			// 2026-03-10 ends in São Paulo at 03:00 UTC of the next day.
			['in-time', Date.UTC(2026, 2, 11, 2, 59, 59, 999)],
			['too-late', Date.UTC(2026, 2, 11, 3)],
		] as const;
		for (const [id, delivered] of rows) {
			await insert([
				{
					workspace: 'zones',
					person: `user:${id}`,
					feedback: [],
					events: [
						{
							id: `${id}-o`,
							moment: 'ordered',
							subject: id,
							time: start,
							wait: null,
							properties: { promised: '2026-03-10' },
						},
						{ id: `${id}-d`, moment: 'delivered', subject: id, time: delivered, wait: null, properties: {} },
					],
				},
			]);
		}
		const rule = ruleSchema.parse({
			kind: 'by',
			start: 'ordered',
			end: 'delivered',
			due: { property: 'properties.promised', endOfDay: true, zone: 'America/Sao_Paulo' },
		});
		const verdicts = await judged(rule, new Date(Date.UTC(2026, 3, 1)), { from: null, to: null }, 'zones');
		expect(
			verdicts.map(({ occasion, verdict, late, margin }) => ({ occasion, verdict, late, margin })),
		).toEqual([
			{ occasion: 'in-time-o', verdict: 'kept', late: false, margin: 0 },
			{ occasion: 'too-late-o', verdict: 'broken', late: true, margin: -0.001 },
		]);
	});

	it('compares a promised price with the one that was charged', async () => {
		const charged = (id: string, properties: TestEvent['properties']) => ({
			id,
			moment: 'complained' as const,
			subject: id,
			time: start,
			wait: null,
			properties,
		});
		await insert([
			{
				workspace: 'prices',
				person: 'user:p',
				feedback: [],
				events: [
					charged('as-said', { price: { promised: 99.5, charged: '99.50' } }),
					charged('dearer', { price: { promised: 99.5, charged: 110 } }),
					charged('nothing-said', { price: { charged: 110 } }),
				],
			},
		]);
		const rule = ruleSchema.parse({
			kind: 'value',
			moment: 'complained',
			measure: 'properties.price.charged',
			comparison: 'at-most',
			promised: { measure: 'properties.price.promised' },
		});
		const verdicts = await judged(rule, new Date(start + minute), { from: null, to: null }, 'prices');
		expect(verdicts.map(({ occasion, verdict, margin }) => [occasion, verdict, margin])).toEqual([
			['as-said', 'kept', 0],
			['dearer', 'broken', -10.5],
			['nothing-said', 'unknown', null],
		]);
	});
});

type History = {
	readonly workspace: string;
	readonly person: string;
	readonly events: readonly TestEvent[];
	readonly feedback: readonly TestFeedback[];
};

const eventArbitrary = fc.record({
	moment: fc.constantFrom(...moments),
	subject: fc.constantFrom('', 's1', 's2'),
	// A coarse grid, so that ties and exact dues are common.
	slot: fc.integer({ min: 0, max: 12 }),
	wait: fc.option(fc.integer({ min: 0, max: 100 })),
	promisedSlot: fc.option(fc.integer({ min: 0, max: 14 })),
});
const feedbackArbitrary = fc.record({
	subject: fc.constantFrom('', 's1', 's2'),
	moment: fc.constantFrom('', 'delivered', 'ordered'),
	slot: fc.integer({ min: 0, max: 14 }),
	score: fc.integer({ min: 1, max: 5 }),
});
const historyArbitrary: fc.Arbitrary<History> = fc
	.record({
		who: fc.uuid(),
		events: fc.array(eventArbitrary, { minLength: 1, maxLength: 8 }),
		feedback: fc.array(feedbackArbitrary, { maxLength: 4 }),
	})
	.map(({ who, events, feedback }) => ({
		workspace: 'histories',
		person: `user:${who}`,
		events: events.map(({ moment, subject, slot, wait, promisedSlot }, index) => ({
			id: `${who}-e${index}`,
			moment,
			subject,
			time: start + slot * 10 * minute,
			wait,
			properties:
				promisedSlot === null ? {} : { promised: new Date(start + promisedSlot * 10 * minute).toISOString() },
		})),
		feedback: feedback.map(({ subject, moment, slot, score }, index) => ({
			id: `${who}-f${index}`,
			subject,
			moment,
			time: start + slot * 10 * minute,
			score,
		})),
	}));

const someMoments = fc.uniqueArray(fc.constantFrom('cancelled', 'unavailable'), { maxLength: 2 });
const ruleArbitrary: fc.Arbitrary<Rule> = fc
	.record({
		kind: fc.constantFrom('by', 'by-date', 'value', 'never', 'felt'),
		voidedBy: someMoments,
		failedBy: someMoments,
		within: fc.constantFrom('0s', '10m', '20m', '35m', '60m'),
		ifMissing: fc.constantFrom('broken', 'unknown'),
		comparison: fc.constantFrom('at-most', 'at-least', 'equal'),
		amount: fc.integer({ min: 0, max: 100 }),
		tolerance: fc.constantFrom(0, 5),
		end: fc.constantFrom('delivered', 'ordered'),
	})
	.map(({ kind, voidedBy, failedBy, within, ifMissing, comparison, amount, tolerance, end }) => {
		const withdrawals = { voidedBy, failedBy };
		switch (kind) {
			case 'by':
				return { kind, start: 'ordered', end, due: { within }, ifMissing, ...withdrawals };
			case 'by-date':
				return {
					kind: 'by',
					start: 'ordered',
					end,
					due: { property: 'properties.promised' },
					ifMissing,
					...withdrawals,
				};
			case 'value':
				return {
					kind,
					moment: 'ordered',
					measure: 'waitSeconds',
					comparison,
					promised: { constant: amount },
					tolerance,
					...withdrawals,
				};
			case 'never':
				return { kind, start: 'ordered', event: 'complained', within, ...withdrawals };
			default:
				return { kind: 'felt', moment: 'ordered', scale: 'csat-5', atLeast: 4, within, ...withdrawals };
		}
	})
	.map(rule => ruleSchema.parse(rule));

const questionArbitrary = fc.record({
	rule: ruleArbitrary,
	asOf: fc.integer({ min: 0, max: 20 }).map(slot => new Date(start + slot * 10 * minute)),
});

async function insert(histories: readonly History[]): Promise<void> {
	const line = (values: readonly unknown[]) => `${JSON.stringify(values)}\n`;
	const interactions = histories.flatMap(({ workspace, person, events }) =>
		events.map(event =>
			line([
				workspace,
				person,
				event.id,
				new Date(event.time).toISOString(),
				event.moment,
				event.subject,
				event.wait,
				JSON.stringify(event.properties),
				'1',
				'1',
			]),
		),
	);
	await store.door.house.insertLines(
		'interactions',
		[
			'workspace',
			'person',
			'id',
			'time',
			'moment',
			'subject',
			'wait_seconds',
			'properties',
			'batch',
			'version',
		],
		interactions.join(''),
	);
	const feedback = histories.flatMap(({ workspace, person, feedback: given }) =>
		given.map(answer =>
			line([
				workspace,
				person,
				answer.id,
				new Date(answer.time).toISOString(),
				answer.moment,
				answer.subject,
				'csat-5',
				answer.score,
				'1',
				'1',
			]),
		),
	);
	await store.door.house.insertLines(
		'feedback',
		['workspace', 'person', 'id', 'time', 'moment', 'subject', 'scale', 'score', 'batch', 'version'],
		feedback.join(''),
	);
}

async function judged(
	rule: Rule,
	asOf: Date,
	span: Pick<PromiseVersion, 'from' | 'to'> = { from: null, to: null },
	workspace = 'histories',
): Promise<ExpectedVerdict[]> {
	const promise = { ...brandPromiseSchema.parse({ id: 'p', wording: 'We keep our word' }), rule };
	const among = { sql: 'workspace = {workspace:String}', params: { workspace } };
	const select = verdictSelect([{ promise, version: 1, ...span }], among, asOf, asOf);
	const rows = await store.door.house.rows({
		sql: `SELECT occasion_id AS occasion, subject, toUnixTimestamp64Milli(due) AS due, toUnixTimestamp64Milli(decided_at) AS decidedAt, verdict, promised, delivered, margin, late, evidence FROM (${select.sql})`,
		params: select.params,
		row: z.object({
			occasion: z.string(),
			subject: z.string(),
			due: z.coerce.number().nullable(),
			decidedAt: z.coerce.number().nullable(),
			verdict: z.enum(['kept', 'broken', 'pending', 'unknown', 'void']),
			promised: z.number().nullable(),
			delivered: z.number().nullable(),
			margin: z.number().nullable(),
			late: z.coerce.boolean(),
			evidence: z.array(z.string()),
		}),
	});
	return rows.sort(byOccasion);
}

function byOccasion(a: ExpectedVerdict, b: ExpectedVerdict): number {
	return a.occasion < b.occasion ? -1 : 1;
}
