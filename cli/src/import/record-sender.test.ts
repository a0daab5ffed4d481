import { describe, expect, test } from 'vitest';
import { lineAt } from './line-buffer.ts';
import { type Refused, recordSender } from './record-sender.client.ts';
import { type Reply, scriptedServer } from './testing/scripted-server.ts';

const receipt = (accepted: number): Reply => ({ status: 200, body: { accepted, refused: 0, refusals: [] } });
const problem = (status: number, code: string, more: object = {}): Reply => ({
	status,
	headers: { 'retry-after': '0' },
	body: { type: 'x', title: code, status, detail: `It says ${code}.`, code, requestId: 'r', ...more },
});

function sender(
	url: string,
	options: { inFlight?: number; patienceSeconds?: number; signal?: AbortSignal } = {},
) {
	const refused: Refused[] = [];
	const marks: (number | undefined)[] = [];
	const opened = recordSender<number>(
		{ url, key: 'key' },
		{
			inFlight: options.inFlight ?? 3,
			patience: {
				seconds: options.patienceSeconds ?? 60,
				signal: options.signal ?? new AbortController().signal,
			},
			onRefused: one => refused.push(one),
			onProgress: () => marks.push(opened.progress().mark),
		},
	);
	return { ...opened, refused, marks };
}

async function sendWaves(to: ReturnType<typeof sender>, waves: number, each: number): Promise<void> {
	for (let wave = 1; wave <= waves; wave += 1) {
		for (let record = 0; record < each; record += 1) to.add('interactions', { id: `${wave}-${record}` });
		await to.mark(wave);
	}
	await to.finish();
}

describe('sending records', () => {
	test('every record is sent once, in requests of some thousands, and all are counted', async () => {
		const server = await scriptedServer(sent => receipt(sent.lines.length));
		const to = sender(server.url);
		to.add('feedback', { id: 'said' });
		await sendWaves(to, 7, 3000);
		expect(to.progress()).toEqual({ mark: 7, accepted: 21_001, refused: 0 });
		const ids = server.sent.flatMap(({ lines }) => lines.map(line => JSON.parse(line).id));
		expect(new Set(ids).size).toBe(21_001);
		expect(server.sent.length).toBeLessThan(10);
		expect(new Set(server.sent.map(({ path }) => path))).toEqual(
			new Set(['/v1/interactions', '/v1/feedback']),
		);
	});

	test('a mark passes only when everything before it has its answer', async () => {
		let answerFirst: (reply: Reply) => void = () => undefined;
		let others = 0;
		const server = await scriptedServer(sent => {
			if (!sent.lines[0]?.includes('"1-0"')) {
				others += 1;
				if (others === 2) answerFirst(receipt(5000));
				return receipt(sent.lines.length);
			}
			return new Promise(resolve => {
				answerFirst = resolve;
			});
		});
		const to = sender(server.url, { inFlight: 5 });
		await sendWaves(to, 3, 5000);
		expect(to.progress()).toEqual({ mark: 3, accepted: 15_000, refused: 0 });
		const firstPassed = to.marks.findIndex(mark => mark !== undefined);
		expect(firstPassed).toBeGreaterThan(0);
		expect(to.marks.slice(firstPassed)).toEqual(to.marks.slice(firstPassed).toSorted());
	});

	test('overload, restarts and lost connections are waited for', async () => {
		const troubles: (Reply | 'hang-up')[] = [
			problem(429, 'overloaded'),
			'hang-up',
			problem(503, 'store-unavailable'),
		];
		const server = await scriptedServer(sent => troubles.shift() ?? receipt(sent.lines.length));
		const to = sender(server.url, { inFlight: 1 });
		await sendWaves(to, 2, 5000);
		expect(to.progress()).toEqual({ mark: 2, accepted: 10_000, refused: 0 });
		expect(server.sent).toHaveLength(5);
	});

	test('what the server refuses is counted and shown with the record', async () => {
		const server = await scriptedServer(({ lines }) =>
			lines.length === 1
				? problem(400, 'items-refused', {
						invalid_params: [{ name: '1', reason: 'suppressed: not to be kept' }],
					})
				: {
						status: 200,
						body: {
							accepted: 4999,
							refused: 1,
							refusals: [{ line: 2, code: 'field-invalid', reason: 'unit' }],
						},
					},
		);
		const to = sender(server.url);
		to.add('feedback', { id: 'alone' });
		await sendWaves(to, 1, 5000);
		expect(to.progress()).toEqual({ mark: 1, accepted: 4999, refused: 2 });
		expect(to.refused.map(({ record, code }) => [record, code]).toSorted()).toEqual([
			['{"id":"1-1"}', 'field-invalid'],
			['{"id":"alone"}', 'items-refused'],
		]);
	});

	test('a server that stays away, or refuses the key, ends the import with a sentence', async () => {
		const away = sender('http://127.0.0.1:9', { patienceSeconds: 0 });
		await expect(sendWaves(away, 1, 1)).rejects.toThrow('run the same command again to go on');
		const server = await scriptedServer(() => problem(403, 'key-scope'));
		await expect(sendWaves(sender(server.url), 1, 1)).rejects.toThrow('refuses (403): It says key-scope.');
	});

	test('an interruption ends the waiting for an overloaded server', async () => {
		const interrupted = new AbortController();
		const server = await scriptedServer(() => {
			interrupted.abort();
			return { ...problem(429, 'overloaded'), headers: { 'retry-after': '20' } };
		});
		const to = sender(server.url, { signal: interrupted.signal });
		await expect(sendWaves(to, 1, 1)).rejects.toThrow('Interrupted');
	});

	test('a line is found again by its number', () => {
		const body = Buffer.from('é\nb\n\nd\n');
		expect([1, 2, 3, 4, 5].map(line => lineAt(body, line))).toEqual(['é', 'b', '', 'd', '']);
	});
});
