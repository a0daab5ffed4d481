import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type App, openApp } from '../app.ts';

let folder: string;
let app: App;
let key: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'touchstone-erase-'));
	app = await openApp(
		{ dataFolder: folder, host: '127.0.0.1', port: 0, logLevel: 'silent' },
		{ log: pino({ level: 'silent' }), version: 'test' },
	);
	key = (await readFile(join(folder, 'run', 'admin-key'), 'utf8')).trim();
});
afterAll(async () => {
	await app.close();
	await rm(folder, { recursive: true, force: true });
});

const verdictsSchema = z.object({ items: z.array(z.object({ customer: z.string(), verdict: z.string() })) });

it('an erased customer leaves the verdicts, and the counts stay as they were', async () => {
	await ask('PUT', '/v1/definitions', {
		touchstone: 1,
		company: { name: 'Erasing' },
		moments: [
			{ id: 'called', name: 'Calls', stage: 'support', channel: 'phone', claims: [{ event: 'Called' }] },
		],
		promises: [
			{
				id: 'quick',
				wording: 'Quick.',
				moment: 'called',
				rule: {
					kind: 'value',
					moment: 'called',
					measure: 'waitSeconds',
					comparison: 'at-most',
					promised: { constant: 60 },
				},
			},
		],
	});
	const call = (customer: string, waitSeconds: number) => ({
		id: `call-${customer}`,
		event: 'Called',
		time: '2026-05-01T10:00:00Z',
		customer,
		waitSeconds,
	});
	await ask('POST', '/v1/interactions', [call('anna', 30), call('bruno', 90), call('clara', 20)]);
	await vi.waitFor(async () => expect(await customers()).toEqual(['anna', 'bruno', 'clara']), waiting);
	await ask('POST', '/v1/customers/erasure', { customers: ['bruno'], reason: 'asked' });
	await vi.waitFor(async () => {
		const left = await customers();
		expect(left).toHaveLength(3);
		expect(left).not.toContain('bruno');
	}, waiting);
	const { items } = verdictsSchema.parse(await ask('GET', '/v1/verdicts?promise=quick'));
	expect(items.map(({ verdict }) => verdict).sort()).toEqual(['broken', 'kept', 'kept']);
});

const waiting = { timeout: 50_000, interval: 250 };

async function customers(): Promise<string[]> {
	return verdictsSchema
		.parse(await ask('GET', '/v1/verdicts?promise=quick'))
		.items.map(({ customer }) => customer)
		.sort();
}

async function ask(method: string, path: string, body?: object): Promise<unknown> {
	const response = await fetch(new URL(path, app.address), {
		method,
		headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
		...(body ? { body: JSON.stringify(body) } : {}),
	});
	const answer: unknown = await response.json();
	expect(response.ok, JSON.stringify(answer)).toBe(true);
	return answer;
}
