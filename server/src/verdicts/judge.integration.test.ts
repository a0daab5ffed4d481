import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definitionsSchema } from '@touchstone/domain/definitions/definitions';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import { ruleSchema } from '@touchstone/domain/promises/rule';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStores, type Stores } from '../database/stores.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import { type Judge, type JudgeAgain, openJudge } from './judge.jobs.ts';
import { verdictSelect } from './verdict-sql.queries.ts';

const workspace = workspaceIdSchema.parse('judged');
const begin = Date.UTC(2026, 4, 1);
const minute = 60_000;

let folder: string;
let stores: Stores;
let versions: PromiseVersion[];
let clock: number;
let judge: Judge;
const asked: JudgeAgain[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'touchstone-judge-'));
	stores = await openStores({ dataFolder: folder, log: pino({ level: 'error' }) });
	await stores.postgres.acrossWorkspaces('a workspace for the test', trx =>
		trx.insertInto('workspaces').values({ id: workspace, name: 'Judged' }).execute(),
	);
	versions = firstVersions();
	clock = begin;
	judge = openJudge({
		postgres: stores.postgres,
		columns: stores.columns,
		definitions: inForce(),
		log: pino({ level: 'error' }),
		now: () => new Date(clock),
		settleIdentities: async () => undefined,
		judgeLater: async (_workspace, promise, from) => {
			asked.push({ workspace, ...(promise ? { promise } : {}), ...(from ? { from } : {}) });
		},
	});
});
afterAll(async () => {
	await stores.close();
	await rm(folder, { recursive: true, force: true });
});

describe('the standing verdicts', () => {
	it('are the same as those of a full judgement, whatever arrives, is corrected, re-named or erased, in any order', async () => {
		await judgeWhatWasAsked();
		for (const step of fc.sample(stepArbitrary, { numRuns: 20, seed: 4_711 })) {
			await insert(step.rows);
			clock += step.minutes * minute;
			await judge.round();
			expect(await standing()).toEqual(await fullJudgement());
		}
		const incremental = await standing();
		expect(incremental.length).toBeGreaterThan(60);
		expect(new Set(incremental.map(({ verdict }) => verdict))).toEqual(
			new Set(['kept', 'broken', 'pending', 'unknown', 'void']),
		);
		await judge.judgeAgain({ workspace });
		expect(await standing()).toEqual(incremental);
	});

	it('turn from pending by themselves when they fall due', async () => {
		clock += 1000 * 60 * minute;
		await judge.round();
		expect((await standing()).filter(({ verdict }) => verdict === 'pending')).toEqual([]);
		expect(await standing()).toEqual(await fullJudgement());
	});

	it('of customers that nothing arrived about are not judged again', async () => {
		const before = await runs();
		await insert([{ customer: 0, id: 900, moment: 'ordered', subject: 's1', slot: 3, erased: false }]);
		await judge.round();
		const again = (await runs()).filter(
			({ occasion, version }) => !before.some(old => old.occasion === occasion && old.version === version),
		);
		expect(again.length).toBeGreaterThan(0);
		expect(new Set(again.map(({ person }) => person))).toEqual(new Set(['user:0']));
	});

	it('change from the new version on when a promise changes, and before it stay as they were', async () => {
		const before = await standing();
		const change = new Date(begin + 60 * minute);
		const rule = ruleSchema.parse({ kind: 'by', start: 'ordered', end: 'delivered', due: { within: '10m' } });
		versions = firstVersions().flatMap(version =>
			version.promise.id === 'in-time'
				? [
						{ ...version, to: change },
						{ ...version, promise: { ...version.promise, rule }, version: 2, from: change },
					]
				: [version],
		);
		await judge.round();
		expect(asked).toEqual([{ workspace, promise: 'in-time', from: change }]);
		await judgeWhatWasAsked();
		const after = await standing();
		expect(after).toEqual(await fullJudgement());
		const early = (list: typeof after) =>
			list.filter(({ promise, occasionTime }) => promise !== 'in-time' || occasionTime < change.getTime());
		expect(early(after)).toEqual(early(before));
		expect(after.filter(({ promiseVersion }) => promiseVersion === 2).length).toBeGreaterThan(0);
	});

	it('of an archived promise go from the time it was archived', async () => {
		versions = firstVersions().filter(version => version.promise.id !== 'quiet');
		await judge.round();
		await judgeWhatWasAsked();
		expect((await standing()).filter(({ promise }) => promise === 'quiet')).toEqual([]);
	});

	it('are settled once everything has been judged', async () => {
		await judge.round();
		expect(await judge.settled(workspace)).toBe(true);
		await insert([{ customer: 1, id: 901, moment: 'ordered', subject: 's1', slot: 3, erased: false }]);
		expect(await judge.settled(workspace)).toBe(false);
		await judge.round();
		expect(await judge.settled(workspace)).toBe(true);
	});
});

async function judgeWhatWasAsked(): Promise<void> {
	await judge.round();
	for (const request of asked.splice(0)) await judge.judgeAgain(request);
}

function firstVersions(): PromiseVersion[] {
	const promise = (id: string, rule: unknown): PromiseVersion => ({
		promise: { ...brandPromiseSchema.parse({ id, wording: id }), rule: ruleSchema.parse(rule) },
		version: 1,
		from: null,
		to: null,
	});
	return [
		promise('in-time', {
			kind: 'by',
			start: 'ordered',
			end: 'delivered',
			due: { within: '30m' },
			voidedBy: ['cancelled'],
		}),
		promise('quiet', { kind: 'never', start: 'delivered', event: 'cancelled', within: '40m' }),
		promise('quick', {
			kind: 'value',
			moment: 'delivered',
			measure: 'waitSeconds',
			comparison: 'at-most',
			promised: { constant: 50 },
		}),
	];
}

function inForce(): DefinitionsInForce {
	const definitions = definitionsSchema.parse({ touchstone: 1, company: { name: 'Judged' } });
	const current = async () => ({ revision: 1, definitions, nameOf: () => '' as const, versions });
	return { of: current, refresh: current, close: async () => undefined };
}

type Row = {
	readonly customer: number;
	readonly id: number;
	readonly moment: string;
	readonly subject: string;
	readonly slot: number;
	readonly erased: boolean;
};
const rowArbitrary: fc.Arbitrary<Row> = fc.record({
	customer: fc.integer({ min: 0, max: 40 }),
	// Few ids per customer, so that corrections, re-namings and erasures of the same row are common.
	id: fc.integer({ min: 0, max: 8 }),
	moment: fc.constantFrom('ordered', 'ordered', 'delivered', 'cancelled', ''),
	subject: fc.constantFrom('s1', 's2'),
	slot: fc.integer({ min: 0, max: 20 }),
	erased: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
});
const stepArbitrary = fc.record({
	rows: fc.array(rowArbitrary, { minLength: 1, maxLength: 40 }),
	minutes: fc.integer({ min: 1, max: 12 }),
});

let lastVersion = 0;
let lastBatch = 0;

async function insert(rows: readonly Row[]): Promise<void> {
	lastBatch += 1;
	const lines = rows.map(row => {
		lastVersion += 1;
		const wait = row.slot % 3 === 0 ? null : row.slot * 5;
		return `${JSON.stringify([workspace, `user:${row.customer}`, `${row.customer}-${row.id}`, new Date(begin + row.slot * 10 * minute).toISOString(), row.moment, row.subject, wait, String(lastBatch), String(lastVersion), row.erased ? 1 : 0])}\n`;
	});
	await stores.columns.house.insertLines(
		'interactions',
		[
			'workspace',
			'person',
			'id',
			'time',
			'moment',
			'subject',
			'wait_seconds',
			'batch',
			'version',
			'is_deleted',
		],
		lines.join(''),
	);
}

const verdictRow = z.object({
	promise: z.string(),
	promiseVersion: z.number(),
	occasion: z.string(),
	person: z.string(),
	occasionTime: z.coerce.number(),
	verdict: z.enum(['kept', 'broken', 'pending', 'unknown', 'void']),
	margin: z.number().nullable(),
	evidence: z.array(z.string()),
});

function standing() {
	return stores.columns.house.rows({
		sql: `SELECT promise, promise_version AS promiseVersion, occasion, person, toUnixTimestamp64Milli(occasion_time) AS occasionTime, toString(verdict) AS verdict, margin, evidence
FROM verdicts FINAL WHERE workspace = {workspace:String} ORDER BY promise, occasion`,
		params: { workspace },
		row: verdictRow,
	});
}

async function fullJudgement() {
	const among = { sql: 'workspace = {workspace:String}', params: { workspace } };
	const rows = [];
	for (const version of versions) {
		const select = verdictSelect([version], among, new Date(clock), null);
		rows.push(
			...(await stores.columns.house.rows({
				sql: `SELECT promise, promise_version AS promiseVersion, occasion_id AS occasion, person, toUnixTimestamp64Milli(occasion_time) AS occasionTime, verdict, margin, evidence FROM (${select.sql})`,
				params: select.params,
				row: verdictRow,
			})),
		);
	}
	return rows.sort((a, b) =>
		a.promise === b.promise ? (a.occasion < b.occasion ? -1 : 1) : a.promise < b.promise ? -1 : 1,
	);
}

function runs() {
	return stores.columns.house.rows({
		sql: 'SELECT occasion, person, version FROM verdicts FINAL WHERE workspace = {workspace:String}',
		params: { workspace },
		row: z.object({ occasion: z.string(), person: z.string(), version: z.string() }),
	});
}
