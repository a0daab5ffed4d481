import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
	adminKey,
	intakeKey,
	type ListeningServer,
	openSharedStores,
	readKey,
	type SharedStores,
	startListeningServer,
	workspace,
} from './testing/listening-server.ts';

let shared: SharedStores;
let server: ListeningServer;

beforeAll(async () => {
	shared = await openSharedStores();
	server = await startListeningServer(shared.stores);
});
afterAll(async () => {
	await server?.close();
	await shared?.close();
});

const stored = z.object({
	id: z.string(),
	person: z.string(),
	type: z.string(),
	event: z.string(),
	subject: z.string(),
	revenue: z.string().nullable(),
	source: z.string(),
	properties: z.string(),
});

function standing(ids: readonly string[]) {
	return server.rows(
		'SELECT id, person, type, event, subject, revenue, source, properties FROM interactions FINAL WHERE workspace = {workspace:String} AND id IN {ids:Array(String)} ORDER BY id',
		stored,
		{ workspace, ids },
	);
}

const order = (messageId: string, besides: Record<string, unknown> = {}) => ({
	type: 'track',
	userId: 'nora',
	event: 'Order Completed',
	messageId,
	properties: { order_id: 'o-1', revenue: '12.50' },
	...besides,
});

describe('the Segment interface over HTTP', () => {
	test('an answered event is in the log', async () => {
		const answer = await server.send('/v1/track', order('s-1'));
		expect(answer).toMatchObject({ status: 200, body: { success: true } });
		expect(await standing(['s-1'])).toEqual([
			{
				id: 's-1',
				person: 'user:nora',
				type: 'track',
				event: 'Order Completed',
				subject: 'o-1',
				revenue: '12.5',
				source: 'web shop',
				properties: '{"order_id":"o-1","revenue":"12.50"}',
			},
		]);
	});

	test('the same event sent twice counts once, and the newest content stands', async () => {
		await Promise.all([1, 2, 3].map(() => server.send('/v1/track', order('s-2'))));
		await server.send('/v1/track', order('s-2', { properties: { revenue: 20 } }));
		expect(await standing(['s-2'])).toMatchObject([{ revenue: '20' }]);
	});

	test('every call is taken, alone and in a batch', async () => {
		const calls = {
			identify: { traits: { plan: 'gold' } },
			track: { event: 'Delivered' },
			page: { name: 'Home' },
			screen: { name: 'Cart' },
			group: { groupId: 'acme' },
			alias: { previousId: 'old-nora' },
		};
		const batch = [];
		for (const [type, fields] of Object.entries(calls)) {
			const answer = await server.send(`/v1/${type}`, {
				userId: 'nora',
				messageId: `one-${type}`,
				...fields,
			});
			expect(answer.status, type).toBe(200);
			batch.push({ type, userId: 'nora', messageId: `two-${type}`, ...fields });
		}
		expect((await server.send('/v1/batch', { batch })).status).toBe(200);
		expect((await server.send('/v1/import', { batch })).status).toBe(200);
		expect((await server.send('/api/s/track', order('jitsu-1'))).status).toBe(200);
		expect((await server.send('/api/s/s2s/track', order('jitsu-1'))).status).toBe(200);
		expect(await standing(['jitsu-1'])).toHaveLength(1);
		const ids = Object.keys(calls).flatMap(type => [`one-${type}`, `two-${type}`]);
		expect((await standing(ids)).map(row => row.type).sort()).toEqual(
			Object.keys(calls)
				.flatMap(type => [type, type])
				.sort(),
		);
	});

	test('the key may come in any of the ways sources send it', async () => {
		const { url } = server;
		const post = async (headers: Record<string, string>, besides: Record<string, unknown> = {}) =>
			(
				await fetch(`${url}/v1/track`, {
					method: 'POST',
					headers: { 'content-type': 'application/json', ...headers },
					body: JSON.stringify({ ...order('s-key'), ...besides }),
				})
			).status;
		expect(await post({ authorization: `Bearer ${intakeKey}` })).toBe(200);
		expect(await post({ 'x-write-key': intakeKey })).toBe(200);
		expect(await post({ 'x-write-key': `browser:${intakeKey}` })).toBe(200);
		expect(await post({}, { writeKey: intakeKey })).toBe(200);
		expect(await post({ authorization: 'Bearer a-token-of-its-own' }, { writeKey: intakeKey })).toBe(200);
		expect(await post({ authorization: `Bearer ${adminKey}` })).toBe(200);
		expect(await post({})).toBe(401);
		expect(await post({ authorization: 'Bearer unknown' })).toBe(401);
		expect(await post({ authorization: `Bearer ${readKey}` })).toBe(403);
	});

	test('lenient, what an event lacks is answered with success and listed; strict, it is refused', async () => {
		const lacking = { type: 'track', event: 'Delivered', messageId: 'lacking-1' };
		expect(await server.send('/v1/track', lacking)).toMatchObject({ status: 200, body: { success: true } });
		const batch = { batch: [order('s-3'), lacking, { ...lacking, type: 'guess' }] };
		expect(await server.send('/v1/batch', batch, { 'x-strict-mode': '1' })).toMatchObject({
			status: 400,
			body: {
				code: 'items-refused',
				invalid_params: [{ name: 'batch.1' }, { name: 'batch.2.type' }],
			},
		});
		expect(await standing(['s-3', 'lacking-1'])).toMatchObject([{ id: 's-3' }]);
		const groups = await server.ask('GET', '/v1/refusals/groups');
		expect(groups.body).toMatchObject({
			groups: expect.arrayContaining([
				expect.objectContaining({
					source: 'web shop',
					code: 'who-missing',
					count: 2,
					waiting: 2,
					sample: expect.objectContaining({ payload: expect.stringContaining('lacking-1') }),
				}),
			]),
		});
	});

	test('what is too large or no JSON is a 400', async () => {
		const long = 'x'.repeat(33 * 1024);
		expect(await server.send('/v1/track', order('big', { properties: { long } }))).toMatchObject({
			status: 400,
			body: { code: 'event-too-large' },
		});
		const batch = Array.from({ length: 20 }, (_, n) =>
			order(`big-${n}`, { properties: { long: long.slice(0, 30_000) } }),
		);
		expect(await server.send('/v1/batch', { batch })).toMatchObject({
			status: 400,
			body: { code: 'event-too-large' },
		});
		expect(await server.send('/v1/track', '{"userId":')).toMatchObject({
			status: 400,
			body: { code: 'body-not-json' },
		});
		expect(await server.send('/v1/track', '[]')).toMatchObject({ status: 400 });
		expect(await server.send('/v1/batch', { batch: 'no' })).toMatchObject({ status: 400 });
		expect(
			await server.send('/v1/track', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
		).toMatchObject({
			status: 415,
		});
	});

	test('of a batch over 2,500 events the first are taken and the others listed', async () => {
		const batch = Array.from({ length: 2_502 }, (_, n) => ({
			type: 'track',
			userId: 'n',
			event: 'Many',
			messageId: `many-${String(n).padStart(4, '0')}`,
		}));
		expect(await server.send('/v1/batch', { batch })).toMatchObject({ status: 200, body: { success: true } });
		const [row] = await server.rows(
			"SELECT count() AS n FROM interactions FINAL WHERE workspace = {workspace:String} AND event = 'Many'",
			z.object({ n: z.coerce.number() }),
			{ workspace },
		);
		expect(row?.n).toBe(2_500);
		const listed = await server.ask('GET', '/v1/refusals?code=batch-too-long');
		expect(listed.body).toMatchObject({
			items: [
				{ payload: expect.stringContaining('many-2501') },
				{ payload: expect.stringContaining('many-2500') },
			],
		});
	});

	test('a body may be packed', async () => {
		const { gzipSync } = await import('node:zlib');
		const packed = gzipSync(JSON.stringify(order('packed')));
		expect((await server.send('/v1/track', packed, { 'content-encoding': 'gzip' })).status).toBe(200);
		expect(await standing(['packed'])).toHaveLength(1);
		expect((await server.send('/v1/track', 'no', { 'content-encoding': 'gzip' })).status).toBe(400);
		expect((await server.send('/v1/track', 'no', { 'content-encoding': 'br' })).status).toBe(415);
		const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024));
		expect(
			(await server.send('/v1/track', bomb.subarray(0, 42_000), { 'content-encoding': 'gzip' })).status,
		).toBe(400);
	});

	test('the official client works unchanged', async () => {
		const client = new Analytics({ writeKey: intakeKey, host: server.url, flushAt: 3 });
		const errors: unknown[] = [];
		client.on('error', error => errors.push(error));
		client.track({
			userId: 'official',
			event: 'Order Completed',
			messageId: 'official-1',
			properties: { order_id: 'o-9', total: 5 },
		});
		client.identify({ userId: 'official', anonymousId: 'phone-1', messageId: 'official-2' });
		client.page({ anonymousId: 'phone-1', name: 'Home', messageId: 'official-3' });
		client.group({ userId: 'official', groupId: 'acme', messageId: 'official-4' });
		client.alias({ userId: 'official', previousId: 'phone-2', messageId: 'official-5' });
		await client.closeAndFlush();
		expect(errors).toEqual([]);
		await server.settled();
		const rows = await standing([1, 2, 3, 4, 5].map(n => `official-${n}`));
		expect(rows.map(row => [row.id, row.type, row.person])).toEqual([
			['official-1', 'track', 'user:official'],
			['official-2', 'identify', 'user:official'],
			['official-3', 'page', 'user:official'],
			['official-4', 'group', 'user:official'],
			['official-5', 'alias', 'user:official'],
		]);
		expect(rows[0]).toMatchObject({ subject: 'o-9', revenue: '5' });
	});
});
