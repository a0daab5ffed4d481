import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { interactionsTable, nativeWay } from '../interactions/interactions-way.ts';
import { encodedLines } from '../interactions/log-lines.ts';
import { randomBatch } from '../interactions/log-writer.ts';
import {
	type ListeningServer,
	openSharedStores,
	type SharedStores,
	startListeningServer,
	workspace,
} from '../interactions/testing/listening-server.ts';
import { type ObstructedColumns, obstruct } from '../interactions/testing/obstructed-columns.ts';
import { eraseCustomers } from './erase-customers.jobs.ts';
import { suppressionsBehindMs } from './suppressions.jobs.ts';

let shared: SharedStores;
let engine: ObstructedColumns;
let here: ListeningServer;
let there: ListeningServer;

beforeAll(async () => {
	shared = await openSharedStores();
	engine = obstruct(shared.stores.columns);
	here = await startListeningServer(shared.stores, { columns: engine.columns });
	there = await startListeningServer(shared.stores, { columns: engine.columns });
});
afterAll(async () => {
	await here?.close();
	await there?.close();
	await shared?.close();
});

const row = z.object({
	id: z.string(),
	person: z.string(),
	subject: z.string(),
	properties: z.string(),
	context: z.string(),
	anonymous_id: z.string(),
	revenue: z.string().nullable(),
	unit: z.string(),
});

function everythingOf(event: string, final = 'FINAL') {
	return here.rows(
		`SELECT id, person, subject, properties, context, anonymous_id, revenue, unit FROM interactions ${final} WHERE event = {event:String} ORDER BY revenue`,
		row,
		{ event },
	);
}

describe('suppressed customers', () => {
	test('are refused at the door by every id they have, in every process, and nothing of it is kept', async () => {
		await here.send('/v1/identify', { anonymousId: 'lamp', userId: 'quiet', messageId: 'q-0' });
		expect((await here.ask('GET', '/v1/customers/quiet/suppression')).status).toBe(404);
		const put = await here.ask('PUT', '/v1/customers/quiet/suppression', { reason: 'asked by letter' });
		expect(put).toMatchObject({ status: 200, body: { customer: 'quiet', reason: 'asked by letter' } });
		expect(await here.ask('GET', '/v1/customers/quiet/suppression')).toMatchObject({ status: 200 });
		expect(await here.ask('GET', '/v1/customers/suppressions')).toMatchObject({
			body: { items: [{ customer: 'quiet' }] },
		});
		await untilKnown(there, 'user:quiet', true);
		for (const server of [here, there]) {
			await server.send('/v1/track', { userId: 'quiet', event: 'Whispered', messageId: 'q-1' });
			await server.send('/v1/track', { anonymousId: 'lamp', event: 'Whispered', messageId: 'q-2' });
			await server.send('/v1/alias', { previousId: 'quiet', userId: 'loud', messageId: 'q-3' });
			const native = { id: 'q-4', time: '2026-03-01', event: 'Whispered', customer: 'quiet' };
			expect(await server.send('/v1/interactions', native)).toMatchObject({
				status: 400,
				body: { code: 'items-refused' },
			});
		}
		expect(await everythingOf('Whispered')).toEqual([]);
		const refused = await here.ask('GET', '/v1/refusals?code=suppressed');
		expect(JSON.stringify(refused.body)).not.toContain('quiet');
		expect(refused.body).toMatchObject({
			items: expect.arrayContaining([expect.objectContaining({ payload: '' })]),
		});
	});

	test('are recorded again once it is lifted', async () => {
		expect((await here.ask('DELETE', '/v1/customers/quiet/suppression')).status).toBe(204);
		expect((await here.ask('DELETE', '/v1/customers/quiet/suppression')).status).toBe(404);
		await here.send('/v1/track', { userId: 'quiet', event: 'Whispered', messageId: 'q-5' });
		expect(await everythingOf('Whispered')).toHaveLength(1);
	});
});

describe('erased customers', () => {
	test('leave their numbers and nothing that says who they were', async () => {
		const secrets = ['gone', 'watch', 'o-secret', 'Mainstreet 1', 'Never again'];
		await here.send('/v1/track', {
			anonymousId: 'watch',
			event: 'Bought',
			messageId: 'e-1',
			properties: { revenue: 1, unit: 'SP', order_id: 'o-secret' },
		});
		await here.send('/v1/identify', { anonymousId: 'watch', userId: 'gone', messageId: 'e-0' });
		for (const revenue of [2, 3]) {
			await here.send('/v1/track', {
				userId: 'gone',
				anonymousId: 'watch',
				event: 'Bought',
				messageId: `e-${revenue}`,
				properties: { revenue, unit: 'RJ', order_id: 'o-secret', address: 'Mainstreet 1' },
				context: { ip: '10.0.0.1' },
			});
		}
		await here.send('/v1/feedback', {
			id: 'e-f',
			time: '2026-03-01',
			customer: 'gone',
			scale: 'nps',
			score: 2,
			words: 'Never again',
		});
		await here.send('/v1/track', { userId: 'gone', messageId: 'e-refused' });
		await here.send('/v1/track', {
			userId: 'stays',
			event: 'Bought',
			messageId: 'e-4',
			properties: { revenue: 4 },
		});
		await here.settled();

		const asked = await here.ask('POST', '/v1/customers/erasure', { customers: ['gone'], suppress: true });
		expect(asked).toMatchObject({ status: 202, body: { job: expect.any(String) } });
		await here.settled();

		const bought = await everythingOf('Bought');
		expect(bought.map(({ revenue, unit }) => [revenue, unit])).toEqual([
			['1', 'SP'],
			['2', 'RJ'],
			['3', 'RJ'],
			['4', ''],
		]);
		expect(bought[3]).toMatchObject({ id: 'e-4', person: 'user:stays' });
		const erased = bought.slice(0, 3);
		expect(new Set(erased.map(({ person }) => person)).size).toBe(1);
		expect(erased[0]?.person).toMatch(/^anon:erased-/);
		expect(new Set(erased.map(({ subject }) => subject)).size).toBe(1);
		const feedback = await here.rows(
			'SELECT score, words, person FROM feedback',
			z.object({ score: z.number(), words: z.string(), person: z.string() }),
		);
		expect(feedback).toEqual([{ score: 2, words: '', person: erased[0]?.person }]);
		const left = JSON.stringify([
			await everythingOf('Bought', ''),
			await everythingOf('Identified', ''),
			feedback,
		]);
		for (const secret of secrets) expect(left).not.toContain(secret);

		const kept = await shared.stores.postgres.acrossWorkspaces('a test looks', async trx => ({
			links: await trx.selectFrom('identity_links').select(['alias', 'person']).execute(),
			refusals: await trx.selectFrom('refusals').select('payload').execute(),
			announced: await trx.selectFrom('announcements').select(['kind', 'workspace']).execute(),
		}));
		expect(JSON.stringify([kept.links, kept.refusals])).not.toContain('gone');
		expect(kept.announced).toContainEqual({ kind: 'customers-erased', workspace });
		await here.send('/v1/track', {
			userId: 'gone',
			event: 'Bought',
			messageId: 'e-9',
			properties: { revenue: 9 },
		});
		expect(await everythingOf('Bought')).toHaveLength(4);
	});

	test('leave nothing behind of what was accepted before and reaches the log only afterwards', async () => {
		const release = engine.hold();
		const { inserts } = engine;
		const busy = here.send('/v1/track', { userId: 'stays', event: 'Paid', messageId: 'l-0' });
		while (engine.inserts === inserts) await new Promise(resolve => setTimeout(resolve, 1));
		for (const revenue of [5, 6, 7]) {
			const properties = { revenue, address: 'Sidestreet 2' };
			const sent = { userId: 'leaves', event: 'Paid', messageId: `l-${revenue}`, properties };
			expect((await here.send('/v1/track', sent)).status).toBe(200);
		}
		expect(await here.listening.inbox.size()).toMatchObject({ rows: 3 });
		// Only the erasure's own waiting lets the log have them.
		const landed = async () => {
			release();
			await here.listening.landed();
		};
		const request = { customers: ['leaves'], anonymousIds: [], suppress: false, reason: '' };
		await eraseCustomers(
			{ ...here.house, ...here.listening, landed, newBatch: randomBatch },
			workspace,
			request,
		);
		release();
		await busy;
		const paid = await everythingOf('Paid');
		expect(paid.flatMap(({ revenue }) => (revenue === null ? [] : [revenue]))).toEqual(['5', '6', '7']);
		const left = JSON.stringify(await everythingOf('Paid', ''));
		for (const secret of ['leaves', 'Sidestreet 2', 'l-5', 'l-6', 'l-7']) expect(left).not.toContain(secret);
	});

	test('leave nothing behind of what another process accepted before it heard', async () => {
		await here.send('/v1/track', {
			userId: 'silent',
			event: 'Rang',
			messageId: 's-1',
			properties: { revenue: 1 },
		});
		const request = { customers: ['silent'], anonymousIds: [], suppress: true, reason: 'asked' };
		let release: () => void = () => undefined;
		const landed = async () => {
			release();
			await here.listening.landed();
		};
		const needs = { ...here.house, ...here.listening, landed, newBatch: randomBatch };
		await eraseCustomers(needs, workspace, request, async done => {
			if (done !== 2) return;
			// What there was is erased: now the row that the other process had in hand is committed, and lands when it is waited for.
			release = engine.hold();
			await there.listening.inbox.put(interactionsTable, encodedLines([lineOf('silent', 's-2')]));
		});
		release();
		const rang = await everythingOf('Rang');
		expect(rang.map(({ revenue }) => revenue)).toEqual(['1', '2']);
		expect(JSON.stringify(await everythingOf('Rang', ''))).not.toContain('silent');
	});

	test('must be named', async () => {
		expect((await here.ask('POST', '/v1/customers/erasure', {})).status).toBe(400);
	});
});

function lineOf(customer: string, id: string): string {
	const arrival = { receivedAt: Date.now(), source: 'web shop', newId: () => id };
	const sent = { id, time: '2026-03-01', event: 'Rang', customer, revenue: '2' };
	const outcome = nativeWay.normalise(sent, arrival);
	if ('refused' in outcome) throw new Error('the row of the test was refused');
	const stamp = { workspace, moment: '', namedBy: 0, version: Date.now() * 1_000 };
	return nativeWay.line(outcome.row, stamp);
}

/** Waits until another process has heard of a suppression; it must within about a second. */
async function untilKnown(server: ListeningServer, person: string, suppressed: boolean): Promise<void> {
	const deadline = Date.now() + 5 * suppressionsBehindMs;
	for (;;) {
		const persons: ReadonlySet<string> = await server.listening.suppressions.of(workspace);
		if (persons.has(person) === suppressed) return;
		expect(Date.now()).toBeLessThan(deadline);
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}
