import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ColumnsError } from '../database/columns-error.ts';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import {
	type ListeningServer,
	openSharedStores,
	type SharedStores,
	startListeningServer,
	workspace,
} from './testing/listening-server.ts';
import { type ObstructedColumns, obstruct } from './testing/obstructed-columns.ts';

let shared: SharedStores;
let server: ListeningServer;
let engine: ObstructedColumns;
/** What happens before rows are committed in the inbox. */
const inbox = { before: async (): Promise<void> => undefined };

beforeAll(async () => {
	shared = await openSharedStores();
	engine = obstruct(shared.stores.columns);
	const { postgres } = shared.stores;
	const obstructed: PostgresDoor = {
		...postgres,
		runAcross: async statement => {
			await inbox.before();
			await postgres.runAcross(statement);
		},
	};
	server = await startListeningServer(
		{ postgres: obstructed, columns: engine.columns },
		{
			limits: { rowBytes: 100_000, requestBytes: 1_000_000 },
		},
	);
});
afterAll(async () => {
	await server?.close();
	await shared?.close();
});

const event = (messageId: string, besides: Record<string, unknown> = {}) => ({
	type: 'track',
	userId: 'nora',
	event: 'Delivered',
	messageId,
	...besides,
});

async function standing(prefix: string): Promise<string[]> {
	const rows = await server.rows(
		'SELECT id FROM interactions FINAL WHERE workspace = {workspace:String} AND startsWith(id, {prefix:String}) ORDER BY id',
		z.object({ id: z.string() }),
		{ workspace, prefix },
	);
	return rows.map(row => row.id);
}

describe('when more arrives than can be stored', () => {
	test('the answer is 429 with the time to wait, nothing of it is stored, and later everything is taken again', async () => {
		const release = engine.hold();
		const held = Promise.withResolvers<void>();
		inbox.before = () => held.promise;
		const properties = { pad: 'x'.repeat(20_000) };
		const answers = Array.from({ length: 20 }, (_, n) =>
			server.send('/v1/track', event(`much-${n}`, { properties })),
		);
		const first = await Promise.race(answers);
		expect(first).toMatchObject({ status: 429, body: { code: 'overloaded' } });
		expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(Number(first.headers.get('x-ratelimit-reset'))).toBeGreaterThan(0);
		inbox.before = async () => undefined;
		held.resolve();
		release();
		const done = await Promise.all(answers);
		const taken = done.flatMap((answer, n) => (answer.status === 200 ? [`much-${n}`] : []));
		expect(done.every(answer => answer.status === 200 || answer.status === 429)).toBe(true);
		expect(taken.length).toBeGreaterThan(0);
		expect(taken.length).toBeLessThan(20);
		expect(await standing('much-')).toEqual(taken.sort());
		expect((await server.send('/v1/track', event('after'))).status).toBe(200);
	});

	test('bodies that would not fit into memory together are not even read', async () => {
		const batch = {
			batch: Array.from({ length: 15 }, (_, n) =>
				event(`wide-${n}`, { properties: { pad: 'x'.repeat(30_000) } }),
			),
		};
		const answers = await Promise.all(Array.from({ length: 8 }, () => server.send('/v1/batch', batch)));
		expect(new Set(answers.map(answer => answer.status))).toContain(429);
		expect(answers.every(answer => answer.status === 200 || answer.status === 429)).toBe(true);
		expect((await server.send('/v1/track', event('after-wide'))).status).toBe(200);
	});
});

describe('when neither the engine nor PostgreSQL stores', () => {
	test('the answer is 503 with the time to wait, and it recovers by itself', async () => {
		engine.before = async () => {
			throw new StoreUnavailable('columns', { retryAfterSeconds: 1 });
		};
		inbox.before = async () => {
			throw new StoreUnavailable('postgres', { retryAfterSeconds: 3 });
		};
		const down = await server.send('/v1/track', event('down-1'));
		expect(down).toMatchObject({ status: 503, body: { code: 'store-unavailable' } });
		expect(down.headers.get('retry-after')).toBe('3');
		const stream = [1, 2].map(n =>
			JSON.stringify({ id: `down-s${n}`, time: '2026-03-01', event: 'Delivered', customer: 'nora' }),
		);
		expect(
			await server.send('/v1/interactions', stream.join('\n'), { 'content-type': 'application/x-ndjson' }),
		).toMatchObject({
			status: 503,
			body: { detail: expect.stringContaining('0 items were stored before that') },
		});
		engine.before = async () => {
			throw new ColumnsError(241, 'MEMORY_LIMIT_EXCEEDED', 'no memory');
		};
		expect((await server.send('/v1/track', event('down-2'))).status).toBe(503);
		engine.before = async () => undefined;
		inbox.before = async () => undefined;
		expect((await server.send('/v1/track', event('down-1'))).status).toBe(200);
		expect(await standing('down-')).toEqual(['down-1']);
	});
});

describe('when the engine does not store a row', () => {
	test('it is refused alone and listed, whoever it came with', async () => {
		engine.before = async lines => {
			if (lines.includes('poison'))
				throw new ColumnsError(27, 'CANNOT_PARSE_INPUT_ASSERTION_FAILED', 'at poison');
		};
		const batch = {
			batch: Array.from({ length: 9 }, (_, n) => event(n === 4 ? 'fault-poison' : `fault-${n}`)),
		};
		const whole = await server.send('/v1/batch', batch, { 'x-strict-mode': '1' });
		expect(whole).toMatchObject({ status: 400, body: { invalid_params: [{ name: 'batch.4' }] } });
		engine.before = async () => undefined;
		expect(await standing('fault-')).toEqual([0, 1, 2, 3, 5, 6, 7, 8].map(n => `fault-${n}`));
		const listed = await server.ask('GET', '/v1/refusals?code=not-storable');
		expect(listed.body).toMatchObject({ items: [{ payload: expect.stringContaining('fault-poison') }] });
		expect(await server.ask('POST', '/v1/refusals/replay', { code: 'not-storable' })).toMatchObject({
			body: { replayed: 1 },
		});
		expect(await standing('fault-poison')).toEqual(['fault-poison']);
	});
});
