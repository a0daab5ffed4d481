import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ColumnsError } from '../database/columns-error.ts';
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
let engine: ObstructedColumns;
let server: ListeningServer;

beforeAll(async () => {
	shared = await openSharedStores();
	engine = obstruct(shared.stores.columns);
	server = await startListeningServer(shared.stores, {
		columns: engine.columns,
		limits: { inbox: { rows: 1_000 } },
	});
});
afterEach(async () => {
	engine.before = async () => undefined;
	engine.after = async () => undefined;
	await server.listening.landed();
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

const found = z.object({ id: z.string(), batch: z.string() });

/** What a question finds at this moment. */
async function standing(prefix: string, final = 'FINAL') {
	return await shared.stores.columns.house.rows({
		sql: `SELECT id, toString(batch) AS batch FROM interactions ${final}
			WHERE workspace = {workspace:String} AND startsWith(id, {prefix:String}) ORDER BY id`,
		params: { workspace, prefix },
		row: found,
	});
}

/** Keeps an insert under way, so that what is sent meanwhile goes into the inbox. @returns what lets it end */
async function keepEngineBusy(
	name: string,
	then?: (lines: string) => Promise<void>,
): Promise<() => Promise<void>> {
	const release = engine.hold(then);
	const begun = engine.inserts;
	const answer = server.send('/v1/track', event(name));
	while (engine.inserts === begun) await new Promise(resolve => setTimeout(resolve, 1));
	return async () => {
		release();
		expect((await answer).status).toBe(200);
	};
}

async function sendAll(prefix: string, count: number): Promise<number[]> {
	const answers = await Promise.all(
		Array.from({ length: count }, (_, n) => server.send('/v1/track', event(`${prefix}-${n}`))),
	);
	return answers.map(({ status }) => status);
}

describe('while the log is busy', () => {
	test('rows are answered when they are committed, and reach the log with many others a moment later', async () => {
		const release = await keepEngineBusy('busy');
		expect(await sendAll('waits', 20)).toEqual(Array(20).fill(200));
		expect(await standing('waits')).toEqual([]);
		expect(await server.listening.inbox.size()).toMatchObject({ rows: 20 });
		expect(await server.listening.inbox.landed({ patienceMs: 50 })).toBe(false);
		await release();
		expect(await server.listening.inbox.landed()).toBe(true);
		const rows = await standing('waits');
		expect(rows).toHaveLength(20);
		expect(new Set(rows.map(({ batch }) => batch)).size).toBeLessThan(20);
		expect(await server.listening.inbox.size()).toEqual({ rows: 0, bytes: 0, since: null });
	});

	test('whoever sends alone finds it at once, because it went straight to the log', async () => {
		for (const n of [1, 2, 3]) {
			expect((await server.send('/v1/track', event(`alone-${n}`))).status).toBe(200);
			expect(await standing('alone')).toHaveLength(n);
		}
	});

	test('feedback and interactions each reach their table', async () => {
		const release = await keepEngineBusy('busy-too');
		const score = {
			id: 'f-1',
			time: '2026-03-01',
			customer: 'nora',
			scale: 'nps',
			score: 9,
			words: 'Grüße\n“”',
		};
		const taken = await Promise.all([
			server.send('/v1/feedback', score),
			server.send('/v1/track', event('both-1')),
		]);
		expect(taken.map(({ status }) => status)).toEqual([200, 200]);
		await release();
		expect(
			await server.rows('SELECT id, words FROM feedback', z.object({ id: z.string(), words: z.string() })),
		).toEqual([{ id: 'f-1', words: 'Grüße\n“”' }]);
		expect(await standing('both')).toHaveLength(1);
	});

	test('what is accepted is bounded: then the answer is 429 with the time to wait', async () => {
		const release = await keepEngineBusy('busy-full');
		const batch = (n: number) => ({ batch: Array.from({ length: 400 }, (_, k) => event(`full-${n}-${k}`)) });
		const statuses: number[] = [];
		for (const n of [1, 2, 3, 4]) {
			const answer = await server.send('/v1/batch', batch(n));
			statuses.push(answer.status);
			if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
		}
		expect(statuses).toEqual([200, 200, 200, 429]);
		await release();
		await server.listening.landed();
		expect(await standing('full')).toHaveLength(1_200);
		expect((await server.send('/v1/batch', batch(4))).status).toBe(200);
	});
});

describe('what was accepted reaches the log once', () => {
	test('after the engine was away: meanwhile everything is taken, and it lands by itself', async () => {
		engine.before = async () => {
			throw new StoreUnavailable('columns', { retryAfterSeconds: 1 });
		};
		expect(await sendAll('away', 5)).toEqual(Array(5).fill(200));
		const stream = [1, 2].map(n =>
			JSON.stringify({ id: `away-s${n}`, time: '2026-03-01', event: 'Delivered', customer: 'nora' }),
		);
		const lines = await server.send('/v1/interactions', stream.join('\n'), {
			'content-type': 'application/x-ndjson',
		});
		expect(lines).toMatchObject({ status: 200, body: { accepted: 2 } });
		engine.before = async () => undefined;
		await server.listening.landed();
		expect(await standing('away')).toHaveLength(7);
	});

	test('when the process that moves it is broken off after the log has it and before it is forgotten', async () => {
		const release = await keepEngineBusy('busy-off');
		expect(await sendAll('twice', 10)).toEqual(Array(10).fill(200));
		let failed = false;
		engine.after = async lines => {
			if (failed || !lines.includes('twice')) return;
			failed = true;
			throw new StoreUnavailable('columns', { retryAfterSeconds: 1 });
		};
		await release();
		await server.listening.landed();
		expect(failed).toBe(true);
		expect((await standing('twice', '')).length).toBeGreaterThan(10);
		expect(await standing('twice')).toHaveLength(10);
	});

	test('by another process when its own goes away', async () => {
		const other = obstruct(shared.stores.columns);
		const leaving = await startListeningServer(shared.stores, { columns: other.columns });
		other.before = async () => {
			throw new StoreUnavailable('columns', { retryAfterSeconds: 1 });
		};
		expect((await leaving.send('/v1/track', event('left-behind'))).status).toBe(200);
		await server.listening.landed();
		expect(await standing('left')).toHaveLength(1);
		await leaving.close();
	});

	test('except a row that the engine finds fault with: it is listed, and the others do not wait for it', async () => {
		const release = await keepEngineBusy('busy-fault', async lines => {
			if (lines.includes('poison'))
				throw new ColumnsError(27, 'CANNOT_PARSE_INPUT_ASSERTION_FAILED', 'at poison');
		});
		const batch = {
			batch: Array.from({ length: 9 }, (_, n) => event(n === 4 ? 'fault-poison' : `fault-${n}`)),
		};
		expect((await server.send('/v1/batch', batch)).status).toBe(200);
		await release();
		await server.listening.landed();
		expect((await standing('fault')).map(({ id }) => id)).toEqual(
			[0, 1, 2, 3, 5, 6, 7, 8].map(n => `fault-${n}`),
		);
		const listed = await server.ask('GET', '/v1/refusals?code=not-storable');
		expect(listed.body).toMatchObject({
			items: [
				{ source: 'web shop', payload: expect.stringContaining('"customer":"nora","id":"fault-poison"') },
			],
		});
	});
});

test('closing moves what is left', async () => {
	const busy = obstruct(shared.stores.columns);
	const closing = await startListeningServer(shared.stores, { columns: busy.columns });
	const release = busy.hold();
	const first = closing.send('/v1/track', event('close-0'));
	while (busy.inserts === 0) await new Promise(resolve => setTimeout(resolve, 1));
	expect((await closing.send('/v1/track', event('close-1'))).status).toBe(200);
	release();
	expect((await first).status).toBe(200);
	await closing.close();
	expect(await standing('close')).toHaveLength(2);
});
