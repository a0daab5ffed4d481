import { request } from 'node:http';
import { connect } from 'node:net';
import { problemSchema } from '@touchstone/domain/http/problem';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
	intakeKey,
	type ListeningServer,
	openSharedStores,
	readKey,
	type SharedStores,
	startListeningServer,
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

const requests = 20_000;
const seed = 20_260_301;

type Malformed = {
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
};
type Answered = { readonly status: number; readonly type: string; readonly body: string };

const key = `Bearer ${intakeKey}`;
const json = 'application/json';
const segmentPaths = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'batch', 'import'].map(
	name => `/v1/${name}`,
);
const strictPaths = ['/v1/interactions', '/v1/feedback', '/v1/cloudevents'];
const paths = fc.constantFrom(...segmentPaths, ...strictPaths);

function malformed(
	path: fc.Arbitrary<string>,
	body: fc.Arbitrary<Buffer>,
	headers: fc.Arbitrary<Record<string, string>> | Record<string, string> = {},
): fc.Arbitrary<Malformed> {
	const given = headers instanceof fc.Arbitrary ? headers : fc.constant(headers);
	return fc.record({
		path,
		body,
		headers: given.map(own => ({ authorization: key, 'content-type': json, ...own })),
	});
}

const text = (value: string) => Buffer.from(value);
const track = JSON.stringify({ userId: 'nora', event: 'Delivered', type: 'track' });
const brokenJson = fc
	.oneof(
		fc.nat(track.length - 1).map(at => text(track.slice(0, at))),
		fc
			.tuple(fc.nat(track.length - 1), fc.constantFrom('\u0000', '}', ',', '\n\u0007', 'NaN', "'"))
			.map(([at, odd]) => text(`${track.slice(0, at)}${odd}${odd}{${track.slice(at)}`)),
		fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.concat([Buffer.from([0xff]), bytes])),
		fc
			.constantFrom('', ' ', 'undefined', '{"a":1}{"b":2}', '{"a":1,}', '[', '{"a":01}', '\ufeff', '"')
			.map(text),
		fc.integer({ min: 1_000, max: 20_000 }).map(depth => text(`${'['.repeat(depth)}`)),
	)
	.filter(body => !isJson(body));
const noObject = fc
	.oneof(
		fc.constantFrom('null', 'true', '0', '""', '[]', '[[]]', '[null]', '1e999'),
		fc.string().map(value => JSON.stringify(value)),
	)
	.map(text);
const anything = fc.oneof(
	fc.jsonValue({ maxDepth: 4 }),
	fc.constantFrom(
		null,
		'',
		{},
		[],
		1e300,
		-1,
		true,
		'\u0000',
		'\ud800',
		'x'.repeat(3_000),
		'__proto__',
		'constructor',
	),
);
const anyObject = fc.dictionary(
	fc.oneof(
		fc.constantFrom('userId', 'event', 'id', 'time', 'customer', 'data', 'type', '__proto__', 'toString'),
		fc.string(),
	),
	anything,
	{ maxKeys: 6 },
);
/** Objects that cannot be what the strict interfaces take, whatever else stands in them. */
const wrongItem = anyObject.map(item => ({ ...item, time: 'never', score: null }));
const deep = fc
	.integer({ min: 300, max: 6_000 })
	.map(depth =>
		text(
			`{"userId":"nora","customer":"nora","event":"Delivered","properties":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`,
		),
	);

const malformedRequest: fc.Arbitrary<Malformed> = fc.oneof(
	malformed(paths, brokenJson),
	malformed(
		fc.constantFrom('/v1/track', '/v1/batch', ...strictPaths),
		noObject.filter(body => !['[]'].includes(body.toString())),
	),
	malformed(
		fc.constantFrom(...strictPaths),
		wrongItem.map(item => text(JSON.stringify(item))),
	),
	malformed(
		fc.constantFrom(...strictPaths),
		fc.array(wrongItem, { minLength: 1, maxLength: 5 }).map(items => text(JSON.stringify(items))),
	),
	malformed(
		fc.constantFrom('/v1/interactions', '/v1/feedback'),
		fc
			.array(fc.oneof(brokenJson, noObject), { minLength: 1, maxLength: 4 })
			.map(lines => Buffer.concat(lines.flatMap(line => [line, text('\n')]))),
		{ 'content-type': 'application/x-ndjson' },
	),
	malformed(
		fc.constantFrom(...segmentPaths.slice(0, 6)),
		anyObject.map(item => text(JSON.stringify({ ...item, userId: null, anonymousId: '' }))),
		{ 'x-strict-mode': '1' },
	),
	malformed(
		fc.constantFrom('/v1/batch', '/v1/import'),
		fc
			.array(anyObject, { minLength: 1, maxLength: 4 })
			.map(batch => text(JSON.stringify({ batch: batch.map(item => ({ ...item, type: 'guess' })) }))),
		{ 'x-strict-mode': '1' },
	),
	malformed(
		fc.constantFrom('/v1/batch', '/v1/import'),
		anything.filter(value => !Array.isArray(value)).map(batch => text(JSON.stringify({ batch }))),
	),
	malformed(paths, deep, { 'x-strict-mode': '1' }),
	malformed(
		paths,
		anyObject.map(item => text(JSON.stringify(item))),
		fc.oneof(
			fc
				.constantFrom(
					'',
					'Bearer',
					'Bearer nobody',
					'Basic',
					'Basic !!!',
					'Basic bm9ib2R5Og==',
					'Digest x',
					`Bearer ${readKey}`,
				)
				.map(authorization => ({ authorization })),
			fc.base64String().map(base64 => ({ authorization: `Basic ${base64}` })),
		),
	),
	malformed(
		paths,
		fc.constant(text(track)),
		fc
			.constantFrom(
				'text/csv',
				'multipart/form-data',
				'application/xml',
				'/',
				'a/b;charset=x',
				'application/cloudevents+avro',
			)
			.map(type => ({ 'content-type': type })),
	),
	malformed(
		paths,
		brokenJson,
		fc
			.constantFrom('gzip', 'br', 'deflate', 'zip', 'gzip, gzip')
			.map(encoding => ({ 'content-encoding': encoding })),
	),
	malformed(
		fc.constantFrom(...segmentPaths.slice(0, 6)),
		fc
			.integer({ min: 33_000, max: 60_000 })
			.map(size => text(JSON.stringify({ userId: 'nora', event: 'x'.repeat(size) }))),
	),
	malformed(
		fc.constant('/v1/cloudevents'),
		anyObject.map(item => text(JSON.stringify(item))),
		fc
			.record({
				'ce-specversion': fc.constantFrom('0.3', '', '1.0'),
				'ce-id': fc.constantFrom('', '%', '%ff'),
				'ce-source': fc.constantFrom('', '/shop'),
				'ce-type': fc.constantFrom('', 'Delivered'),
			})
			.map(headers => ({ ...headers, ...(headers['ce-specversion'] === '1.0' ? { 'ce-id': '' } : {}) })),
	),
);

describe('malformed requests', () => {
	test(`${requests} of them are each answered with a problem, and valid ones go on being taken`, async () => {
		const all = fc.sample(malformedRequest, { numRuns: requests, seed });
		const wrong: unknown[] = [];
		const statuses = new Map<number, number>();
		let valid = 0;
		let next = 0;
		const sender = async () => {
			for (let at = next++; at < all.length; at = next++) {
				const given = all[at];
				if (!given) continue;
				const answer = await send(given);
				statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
				if (!isProblem(answer)) {
					wrong.push({ ...given, body: given.body.toString().slice(0, 300), answer });
				}
				if (at % 200 === 0) {
					const taken = await server.send('/v1/track', {
						userId: 'nora',
						event: 'Between',
						messageId: `between-${at}`,
					});
					if (taken.status === 200) valid += 1;
				}
			}
		};
		await Promise.all(Array.from({ length: 16 }, sender));
		expect(wrong.slice(0, 3)).toEqual([]);
		expect(wrong).toHaveLength(0);
		expect(valid).toBe(requests / 200);
		for (const status of [400, 401, 403, 415])
			expect(statuses.get(status), String(status)).toBeGreaterThan(0);
		const [row] = await server.rows(
			"SELECT countIf(event = 'Between') AS between, count() AS n FROM interactions FINAL",
			z.object({ between: z.coerce.number(), n: z.coerce.number() }),
		);
		expect(row).toEqual({ between: requests / 200, n: requests / 200 });
	}, 300_000);

	test('bytes that are no HTTP are answered with a problem too', async () => {
		for (const bytes of ['\u0000\u0001\u0002\r\n\r\n', 'POST /v1/track HTTP/9.9\r\n\r\n', 'GET\r\n\r\n']) {
			expect(await raw(bytes), JSON.stringify(bytes)).toContain('application/problem+json');
		}
		const both =
			'POST /v1/track HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\nabc';
		expect(await raw(both)).toMatch(/^HTTP\/1\.1 4\d\d /);
		expect(
			(await server.send('/v1/track', { userId: 'nora', event: 'After', messageId: 'after' })).status,
		).toBe(200);
	});
});

function isJson(body: Buffer): boolean {
	try {
		JSON.parse(body.toString());
		return true;
	} catch {
		return false;
	}
}

function isProblem({ status, type, body }: Answered): boolean {
	if (status < 400 || status > 499 || !type.startsWith('application/problem+json')) return false;
	const problem = problemSchema.safeParse(JSON.parse(body));
	return problem.success && problem.data.status === status;
}

function send({ path, headers, body }: Malformed): Promise<Answered> {
	return new Promise((resolve, reject) => {
		const sending = request(`${server.url}${path}`, {
			method: 'POST',
			headers: { ...headers, 'content-length': body.length },
		});
		sending.on('response', response => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					type: response.headers['content-type'] ?? '',
					body: Buffer.concat(chunks).toString(),
				}),
			);
		});
		sending.on('error', reject);
		sending.end(body);
	});
}

function raw(bytes: string): Promise<string> {
	const { hostname, port } = new URL(server.url);
	return new Promise((resolve, reject) => {
		const socket = connect({ host: hostname, port: Number(port) });
		let answer = '';
		socket.on('data', chunk => {
			answer += chunk.toString();
		});
		socket.on('close', () => resolve(answer));
		socket.on('error', reject);
		socket.end(Buffer.from(bytes, 'latin1'));
	});
}
