import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
	adminKey,
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

const delivered = (id: string, besides: Record<string, unknown> = {}) => ({
	id,
	event: 'Delivered',
	time: '2026-03-01T09:30:00Z',
	customer: 'nora',
	subject: 'o-1',
	...besides,
});
const review = (id: string, besides: Record<string, unknown> = {}) => ({
	id,
	time: '2026-03-02T10:00:00Z',
	customer: 'nora',
	subject: 'o-1',
	scale: 'rating-5',
	score: 4,
	words: 'Fine "kettle"\n',
	type: 'review',
	...besides,
});

async function count(table: 'interactions' | 'feedback', idPrefix: string): Promise<number> {
	const [row] = await server.rows(
		`SELECT count() AS n FROM ${table} FINAL WHERE workspace = {workspace:String} AND startsWith(id, {prefix:String})`,
		z.object({ n: z.coerce.number() }),
		{ workspace, prefix: idPrefix },
	);
	return row?.n ?? 0;
}

const ndjson = { 'content-type': 'application/x-ndjson' };

describe('interactions and feedback sent as such', () => {
	test('one, a list and a stream of interactions are stored and counted', async () => {
		expect(await server.send('/v1/interactions', delivered('one'))).toMatchObject({
			status: 200,
			body: { accepted: 1, refused: 0, refusals: [] },
		});
		const list = [delivered('list-1', { revenue: 12.5 }), delivered('list-2'), delivered('list-1')];
		expect(await server.send('/v1/interactions', list)).toMatchObject({ status: 200, body: { accepted: 3 } });
		const lines = Array.from({ length: 3_000 }, (_, n) => JSON.stringify(delivered(`line-${n}`))).join('\n');
		expect(await server.send('/v1/interactions', lines, ndjson)).toMatchObject({
			status: 200,
			body: { accepted: 3_000, refused: 0 },
		});
		expect([await count('interactions', 'list-'), await count('interactions', 'line-')]).toEqual([2, 3_000]);
	});

	test('feedback lands with its scale and its words', async () => {
		expect(
			await server.send('/v1/feedback', [review('f-1'), review('f-2', { moment: 'delivered' })]),
		).toMatchObject({
			status: 200,
			body: { accepted: 2 },
		});
		const rows = await server.rows(
			"SELECT id, moment, score, score_low, score_high, words, person FROM feedback FINAL WHERE startsWith(id, 'f-') ORDER BY id",
			z.object({
				id: z.string(),
				moment: z.string(),
				score: z.number(),
				score_low: z.number(),
				score_high: z.number(),
				words: z.string(),
				person: z.string(),
			}),
		);
		const stored = { score: 4, score_low: 1, score_high: 5, words: 'Fine "kettle"\n', person: 'user:nora' };
		expect(rows).toEqual([
			{ ...stored, id: 'f-1', moment: '' },
			{ ...stored, id: 'f-2', moment: 'delivered' },
		]);
	});

	test('of a list each item is checked by itself, and those refused are named', async () => {
		const list = [delivered('mixed-1'), delivered('mixed-2', { colour: 'red' }), null, delivered('mixed-4')];
		expect(await server.send('/v1/interactions', list)).toMatchObject({
			status: 200,
			body: {
				accepted: 2,
				refused: 2,
				refusals: [
					{ line: 2, code: 'field-invalid' },
					{ line: 3, code: 'not-an-object' },
				],
			},
		});
		expect(await count('interactions', 'mixed-')).toBe(2);
	});

	test('a stream goes on after lines that are no JSON, too long or wrong', async () => {
		const lines = [
			JSON.stringify(delivered('stream-1')),
			'{"id":',
			'',
			JSON.stringify(delivered('stream-4', { properties: { long: 'x'.repeat(300_000) } })),
			JSON.stringify(delivered('stream-5', { score: 1 })),
			JSON.stringify(delivered('stream-6')),
		].join('\n');
		expect(await server.send('/v1/interactions', lines, ndjson)).toMatchObject({
			status: 200,
			body: {
				accepted: 2,
				refused: 3,
				refusals: [
					{ line: 2, code: 'body-not-json' },
					{ line: 4, code: 'too-large' },
					{ line: 5, code: 'field-invalid' },
				],
			},
		});
	});

	test('when nothing could be taken the answer is a 400 that says why', async () => {
		expect(await server.send('/v1/interactions', delivered('x', { time: 'soon' }))).toMatchObject({
			status: 400,
			body: { code: 'items-refused', invalid_params: [{ name: 'time' }] },
		});
		expect(await server.send('/v1/feedback', [review('x', { score: 9 })])).toMatchObject({
			status: 400,
			body: { invalid_params: [{ name: '1.score' }] },
		});
		expect(await server.send('/v1/interactions', '[{"id":1}', {})).toMatchObject({
			status: 400,
			body: { code: 'body-not-json' },
		});
		expect(await server.send('/v1/interactions', '', ndjson)).toMatchObject({ status: 400 });
		expect(await server.send('/v1/interactions', 'id;time', { 'content-type': 'text/csv' })).toMatchObject({
			status: 415,
		});
	});

	test('a list too large to be held is taken as it comes in, and a broken end is told', async () => {
		const list = Array.from({ length: 6_000 }, (_, n) =>
			delivered(`large-${n}`, { properties: { pad: 'x'.repeat(200) } }),
		);
		const text = JSON.stringify(list);
		expect(text.length).toBeGreaterThan(1_500_000);
		expect(await server.send('/v1/interactions', text)).toMatchObject({
			status: 200,
			body: { accepted: 6_000 },
		});
		expect(await count('interactions', 'large-')).toBe(6_000);
		const broken = await server.send('/v1/interactions', text.slice(0, -1));
		expect(broken).toMatchObject({ status: 400, body: { code: 'body-not-json' } });
		expect(JSON.stringify(broken.body)).toContain('5999 items before that were stored');
	});

	test('a stream of 100 MB is taken in memory that does not grow with it, and what is announced as more is refused', async () => {
		const line = `${JSON.stringify(delivered('hundred', { properties: { pad: 'x'.repeat(100_000) } }))}\n`;
		const lines = Math.floor((100 * 1024 * 1024) / line.length);
		const chunk = new TextEncoder().encode(line);
		let most = 0;
		let sent = 0;
		const before = process.memoryUsage().rss;
		const answer = await fetch(`${server.url}/v1/interactions`, {
			method: 'POST',
			headers: { ...ndjson, authorization: `Bearer ${adminKey}` },
			duplex: 'half',
			body: new ReadableStream({
				pull(controller) {
					most = Math.max(most, process.memoryUsage().rss);
					if (sent === lines) controller.close();
					else controller.enqueue(chunk);
					sent += 1;
				},
			}),
		});
		expect({ status: answer.status, body: await answer.json() }).toMatchObject({
			status: 200,
			body: { accepted: lines },
		});
		expect((most - before) / 1024 / 1024).toBeLessThan(300);
		expect(await statusOfAnnounced(100 * 1024 * 1024 + 1)).toBe(413);
		expect(await count('interactions', 'hundred')).toBe(1);
	});
});

/** What the server says to a stream of so many bytes before it has seen the first. */
function statusOfAnnounced(bytes: number): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const upload = request(`${server.url}/v1/interactions`, {
			method: 'POST',
			headers: { ...ndjson, authorization: `Bearer ${adminKey}`, 'content-length': bytes },
		});
		upload.on('response', response => {
			resolve(response.statusCode);
			upload.destroy();
		});
		upload.on('error', reject);
		upload.flushHeaders();
	});
}

describe('CloudEvents over HTTP', () => {
	const event = { specversion: '1.0', id: '1', source: '/shop', type: 'Order Completed', customer: 'nora' };

	async function stored(id: string) {
		return server.rows(
			'SELECT event, person, subject, properties FROM interactions FINAL WHERE id = {id:String}',
			z.object({ event: z.string(), person: z.string(), subject: z.string(), properties: z.string() }),
			{ id },
		);
	}

	test('structured, batched and binary events are taken, and the same source and id count once', async () => {
		const structured = { 'content-type': 'application/CloudEvents+JSON; charset=utf-8' };
		expect(await server.send('/v1/cloudevents', { ...event, subject: 'o-1' }, structured)).toMatchObject({
			status: 200,
			body: { accepted: 1 },
		});
		const batched = { 'content-type': 'application/cloudevents-batch+json' };
		expect(await server.send('/v1/cloudevents', [event, { ...event, id: '2' }], batched)).toMatchObject({
			status: 200,
			body: { accepted: 2 },
		});
		const binary = {
			'ce-specversion': '1.0',
			'ce-id': '3',
			'ce-source': '/shop%20floor',
			'ce-type': 'Order Completed',
			'ce-subject': 'o-3',
		};
		const data = { customer: 'emil', colour: 'red' };
		expect(await server.send('/v1/cloudevents', data, binary)).toMatchObject({
			status: 200,
			body: { accepted: 1 },
		});
		expect(await stored('/shop 1')).toEqual([
			{ event: 'Order Completed', person: 'user:nora', subject: '', properties: '{}' },
		]);
		expect(await stored('/shop 2')).toHaveLength(1);
		expect(await stored('/shop floor 3')).toEqual([
			{ event: 'Order Completed', person: 'user:emil', subject: 'o-3', properties: '{"colour":"red"}' },
		]);
	});

	test('what is no CloudEvent is refused', async () => {
		expect(await server.send('/v1/cloudevents', { ...event, specversion: '2' })).toMatchObject({
			status: 400,
		});
		expect(await server.send('/v1/cloudevents', 'no', { 'ce-specversion': '1.0' })).toMatchObject({
			status: 400,
		});
		expect(await server.send('/v1/cloudevents', '<x/>', { 'content-type': 'application/xml' })).toMatchObject(
			{
				status: 415,
			},
		);
	});
});
