import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refusalPolicy } from './refusal-book.queries.ts';
import { purgeRefusals } from './refusals.jobs.ts';
import {
	type ListeningServer,
	openSharedStores,
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

const itemsOf = z.object({
	items: z.array(z.object({ id: z.string(), payload: z.string(), at: z.string(), truncated: z.boolean() })),
	nextCursor: z.string().nullable(),
});
const groupsOf = z.object({
	groups: z.array(z.object({ code: z.string(), count: z.number(), waiting: z.number() })),
});

async function listed(query: string) {
	return itemsOf.parse((await server.ask('GET', `/v1/refusals?${query}`)).body).items;
}

async function group(code: string) {
	const { groups } = groupsOf.parse((await server.ask('GET', '/v1/refusals/groups')).body);
	return groups.find(candidate => candidate.code === code);
}

async function standing(id: string) {
	return server.rows(
		'SELECT person, event, toUnixTimestamp64Milli(received_at) AS received FROM interactions FINAL WHERE id = {id:String}',
		z.object({ person: z.string(), event: z.string(), received: z.coerce.number() }),
		{ id },
	);
}

describe('what was refused', () => {
	test('can be corrected and replayed, at the time it came', async () => {
		await server.send('/v1/track', { event: 'Delivered', messageId: 'corrected', properties: { a: 1 } });
		const [refused] = await listed('code=who-missing');
		const again = await server.ask('POST', `/v1/refusals/${refused?.id}/replay`);
		expect(again.body).toEqual({ replayed: 0, refusedAgain: 1, notReplayable: 0 });
		const payload = { ...JSON.parse(refused?.payload ?? ''), userId: 'nora' };
		expect((await server.ask('PUT', `/v1/refusals/${refused?.id}/payload`, { payload })).status).toBe(200);
		const taken = await server.ask('POST', `/v1/refusals/${refused?.id}/replay`);
		expect(taken).toMatchObject({ status: 200, body: { replayed: 1, refusedAgain: 0, notReplayable: 0 } });
		expect(await standing('corrected')).toEqual([
			{ person: 'user:nora', event: 'Delivered', received: Date.parse(refused?.at ?? '') },
		]);
		expect(await listed('code=who-missing')).toEqual([]);
		expect(await listed('code=who-missing&replayed=yes')).toMatchObject([{ payload: '' }]);
		expect((await server.ask('POST', `/v1/refusals/${refused?.id}/replay`)).status).toBe(409);
		expect((await server.ask('POST', '/v1/refusals/999999/replay')).status).toBe(404);
	});

	test('is replayed all at once by its reason, each item going the way it came', async () => {
		const batch = {
			context: { groupId: 'acme' },
			batch: [1, 2].map(n => ({ type: 'group', userId: 'nora', messageId: `joined-${n}` })),
		};
		await server.send('/v1/batch', batch);
		await server.send('/v1/feedback', {
			id: 'r-1',
			time: '2026-03-01',
			customer: 'nora',
			words: 'Hm',
			type: 'rumour',
		});
		const waiting = await listed('code=group-missing');
		expect(waiting).toHaveLength(2);
		for (const { id, payload } of waiting) {
			const corrected = { ...JSON.parse(payload), groupId: 'harbour' };
			await server.ask('PUT', `/v1/refusals/${id}/payload`, { payload: corrected });
		}
		const replayed = await server.ask('POST', '/v1/refusals/replay', { code: 'group-missing' });
		expect(replayed.body).toEqual({ replayed: 2, refusedAgain: 0, notReplayable: 0 });
		expect(await standing('joined-2')).toMatchObject([{ event: 'Group Joined' }]);
		const [feedback] = await listed('code=field-invalid');
		const payload = { ...JSON.parse(feedback?.payload ?? ''), type: 'call' };
		await server.ask('PUT', `/v1/refusals/${feedback?.id}/payload`, { payload });
		expect((await server.ask('POST', `/v1/refusals/${feedback?.id}/replay`)).body).toMatchObject({
			replayed: 1,
		});
		const rows = await server.rows(
			"SELECT id FROM feedback FINAL WHERE id = 'r-1'",
			z.object({ id: z.string() }),
		);
		expect(rows).toHaveLength(1);
	});

	test('is counted in full, but a flood of it does not fill the disk', async () => {
		const nonsense = Array.from({ length: 2_400 }, () => ({ type: 'guess', long: 'x'.repeat(50) }));
		await Promise.all([nonsense, nonsense].map(batch => server.send('/v1/batch', { batch })));
		expect(await group('type-unknown')).toMatchObject({
			count: 4_800,
			waiting: refusalPolicy.itemsPerReason,
		});
		const page = itemsOf.parse((await server.ask('GET', '/v1/refusals?code=type-unknown&limit=400')).body);
		expect(page.items).toHaveLength(400);
		const next = await listed(`code=type-unknown&limit=500&cursor=${page.nextCursor}`);
		expect(next).toHaveLength(500);
		expect(Number(next[0]?.id)).toBeLessThan(Number(page.items.at(-1)?.id));
	});

	test('is cut where it is long, and then must be corrected before it is replayed', async () => {
		const properties = { long: 'x'.repeat(60_000) };
		await server.send('/v1/interactions', { id: 'long', event: 'Delivered', time: '2026-03-01', properties });
		const [cut] = (await listed('code=who-missing')).filter(item => item.truncated);
		expect(cut?.payload.length).toBe(refusalPolicy.payloadCharacters);
		expect((await server.ask('POST', `/v1/refusals/${cut?.id}/replay`)).status).toBe(409);
	});

	test('is kept as the text it was when it is no JSON', async () => {
		await server.send('/v1/track', '{"userId": "nora"\u0000');
		expect(await listed('code=body-not-json')).toMatchObject([{ payload: '{"userId": "nora"\ufffd' }]);
	});

	test('is forgotten when it has expired', async () => {
		await server.send('/v1/track', { userId: 'nora', event: 'Delivered', timestamp: 'soon' });
		expect(await listed('code=time-invalid')).toHaveLength(1);
		const days = (n: number) => new Date(Date.now() + n * 86_400_000);
		await purgeRefusals(shared.stores.postgres, days(refusalPolicy.days - 1));
		expect(await listed('code=time-invalid')).toHaveLength(1);
		expect(await purgeRefusals(shared.stores.postgres, days(refusalPolicy.days + 1))).toBeGreaterThan(1_000);
		expect(await listed('code=time-invalid')).toEqual([]);
		expect(await group('time-invalid')).toBeUndefined();
	});

	test('belongs to its workspace', async () => {
		await server.send('/v1/track', { event: 'Delivered' });
		const rows = await shared.stores.postgres.acrossWorkspaces('a test looks', trx =>
			trx.selectFrom('refusals').select('workspace').distinct().execute(),
		);
		expect(rows).toEqual([{ workspace }]);
	});
});
