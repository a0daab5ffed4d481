import { randomUUID } from 'node:crypto';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedStores, openEmbeddedStores } from '../database/testing/embedded-stores.ts';
import { callerWithKey, type House } from '../http/house.ts';
import { createServer } from '../http/server.ts';
import { importsRoom } from './imports.routes.ts';

const clock = { now: new Date('2026-03-01T12:00:00Z') };
let stores: EmbeddedStores;
let app: FastifyInstance;
/** The inbox, as far as an import asks it. */
const inbox = { landed: async (): Promise<boolean> => true };

beforeAll(async () => {
	stores = await openEmbeddedStores();
	for (const id of ['harbour', 'meadow'].map(name => workspaceIdSchema.parse(name)))
		await stores.postgres.acrossWorkspaces('a test begins', trx =>
			trx.insertInto('workspaces').values({ id, name: id }).execute(),
		);
	const house: House = {
		postgres: stores.postgres,
		columns: stores.columns,
		log: pino({ level: 'silent' }),
		now: () => clock.now,
		callerOf: async key => {
			const [workspace, scope] = key.split(':');
			if (scope !== 'intake' && scope !== 'read') return undefined;
			return callerWithKey({ id: key, name: key, workspace: workspaceIdSchema.parse(workspace), scope });
		},
	};
	app = await createServer(house, [importsRoom(house, { inbox: { landed: () => inbox.landed() } })]);
});
afterAll(async () => {
	await app.close();
	await stores.close();
});

async function ask(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, key = 'harbour:intake') {
	const answer = await app.inject({
		method,
		url,
		headers: { authorization: `Bearer ${key}` },
		...(payload ? { payload } : {}),
	});
	return { status: answer.statusCode, body: answer.json() };
}

function anImport(digit: string) {
	return {
		fingerprint: digit.repeat(64),
		mapping: { import: 1 },
		files: [{ word: 'orders', name: 'orders.csv', bytes: 10, sha256: 'a'.repeat(64) }],
	};
}
const checkpoint = { section: 0, file: 0, rows: 100, line: 101, bytes: 5000, skipped: 3, notUnderstood: 1 };

describe('imports', () => {
	test('an unknown fingerprint begins from the start, a known one goes on from its checkpoint', async () => {
		const first = await ask('POST', '/v1/imports', anImport('1'));
		expect(first).toMatchObject({
			status: 200,
			body: { import: { state: 'running', checkpoint: null, accepted: 0, refused: 0 } },
		});
		const { id } = first.body.import;
		const moved = { run: first.body.run, checkpoint, accepted: 90, refused: 6, state: 'stopped' };
		expect((await ask('PUT', `/v1/imports/${id}/checkpoint`, moved)).status).toBe(200);
		const second = await ask('POST', '/v1/imports', anImport('1'));
		expect(second.body.import).toMatchObject({ id, checkpoint, accepted: 90, refused: 6, state: 'running' });
		expect((await ask('GET', `/v1/imports/${id}`)).body).toEqual(second.body.import);
		const anew = await ask('POST', '/v1/imports', { ...anImport('1'), fromStart: true });
		expect(anew.body.import).toMatchObject({ id, checkpoint: null, accepted: 0, refused: 0 });
	});

	test('only the newest run moves the checkpoint', async () => {
		const first = await ask('POST', '/v1/imports', anImport('2'));
		const second = await ask('POST', '/v1/imports', anImport('2'));
		const url = `/v1/imports/${first.body.import.id}/checkpoint`;
		const moved = { checkpoint, accepted: 1, refused: 0, state: 'running' };
		expect(await ask('PUT', url, { ...moved, run: first.body.run })).toMatchObject({
			status: 409,
			body: { code: 'import-running' },
		});
		expect((await ask('PUT', url, { ...moved, run: second.body.run })).status).toBe(200);
	});

	test('runs that begin at the same moment all begin the same import, and one of them has it', async () => {
		const begun = await Promise.all(
			Array.from({ length: 8 }, () => ask('POST', '/v1/imports', anImport('3'))),
		);
		expect(new Set(begun.map(({ body }) => body.import.id)).size).toBe(1);
		const moved = await Promise.all(
			begun.map(({ body }) =>
				ask('PUT', `/v1/imports/${body.import.id}/checkpoint`, {
					run: body.run,
					checkpoint,
					accepted: 1,
					refused: 0,
					state: 'running',
				}),
			),
		);
		expect(moved.filter(({ status }) => status === 200)).toHaveLength(1);
	});

	test('one is finished when everything it brought has reached the log', async () => {
		const begun = await ask('POST', '/v1/imports', anImport('9'));
		const events: string[] = [];
		inbox.landed = async () => {
			await new Promise(resolve => setImmediate(resolve));
			events.push('landed');
			return true;
		};
		const move = async (state: 'running' | 'finished') => {
			const body = { run: begun.body.run, checkpoint, accepted: 1, refused: 0, state };
			const { status } = await ask('PUT', `/v1/imports/${begun.body.import.id}/checkpoint`, body);
			expect(status).toBe(200);
			events.push(state);
		};
		await move('running');
		await move('finished');
		expect(events).toEqual(['running', 'landed', 'finished']);
	});

	test('one that is finished stays finished unless it is to begin anew', async () => {
		const { body } = await ask('POST', '/v1/imports', anImport('4'));
		await ask('PUT', `/v1/imports/${body.import.id}/checkpoint`, {
			run: body.run,
			checkpoint,
			accepted: 7,
			refused: 0,
			state: 'finished',
		});
		expect((await ask('POST', '/v1/imports', anImport('4'))).body.import).toMatchObject({
			state: 'finished',
			accepted: 7,
		});
		expect(
			(await ask('POST', '/v1/imports', { ...anImport('4'), fromStart: true })).body.import,
		).toMatchObject({ state: 'running', accepted: 0 });
	});

	test('are listed newest first, page by page, to those who may read', async () => {
		const made: string[] = [];
		for (const digit of ['5', '6', '7']) {
			clock.now = new Date(clock.now.getTime() + 1000);
			made.unshift((await ask('POST', '/v1/imports', anImport(digit), 'meadow:intake')).body.import.id);
		}
		const first = await ask('GET', '/v1/imports?limit=2', undefined, 'meadow:read');
		const second = await ask(
			'GET',
			`/v1/imports?limit=2&cursor=${first.body.nextCursor}`,
			undefined,
			'meadow:read',
		);
		const ids = [...first.body.items, ...second.body.items].map((item: { id: string }) => item.id);
		expect(ids).toEqual(made);
		expect(second.body.nextCursor).toBeNull();
		expect((await ask('GET', '/v1/imports', undefined, 'meadow:intake')).status).toBe(403);
		expect((await ask('GET', '/v1/imports?cursor=x', undefined, 'meadow:read')).status).toBe(400);
	});

	test('another workspace sees nothing of them', async () => {
		const { body } = await ask('POST', '/v1/imports', anImport('8'));
		const { id } = body.import;
		expect((await ask('GET', `/v1/imports/${id}`, undefined, 'meadow:read')).status).toBe(404);
		const moved = { run: body.run, checkpoint, accepted: 0, refused: 0, state: 'stopped' };
		expect((await ask('PUT', `/v1/imports/${id}/checkpoint`, moved, 'meadow:intake')).status).toBe(404);
		expect((await ask('GET', `/v1/imports/${randomUUID()}`)).status).toBe(404);
	});

	test('what does not fit is refused with the place', async () => {
		const answer = await ask('POST', '/v1/imports', { ...anImport('9'), fingerprint: 'short' });
		expect(answer).toMatchObject({ status: 400, body: { invalid_params: [{ name: 'fingerprint' }] } });
	});
});
