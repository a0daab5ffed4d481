import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedStores, openEmbeddedStores } from '../database/testing/embedded-stores.ts';
import { openDefinitionsInForce } from '../definitions/definitions-in-force.queries.ts';
import type { House } from '../http/house.ts';
import { createServer } from '../http/server.ts';
import { accessRoom } from './access.routes.ts';
import { rememberedMs } from './entrance.ts';
import { openAccess } from './open-access.ts';
import { Browser } from './testing/browser.ts';
import { must } from './testing/two-workspaces.ts';
import { ensureWorkspace } from './workspaces.queries.ts';

const log = pino({ level: 'silent' });
const main = workspaceIdSchema.parse('main');
const ada = { name: 'Ada', email: 'ada@x.example', password: 'seven brass kettles' };
const clock = { now: Date.now() };

let stores: EmbeddedStores;
let one: Awaited<ReturnType<typeof openProcess>>;
let two: Awaited<ReturnType<typeof openProcess>>;
beforeAll(async () => {
	stores = await openEmbeddedStores();
	await stores.postgres.acrossWorkspaces('test', trx => ensureWorkspace(trx, { id: main, name: 'Main' }));
	one = await openProcess();
	two = await openProcess();
}, 60_000);
afterAll(async () => {
	await one?.close();
	await two?.close();
	await stores?.close();
});

test('the newest setup link counts, whichever process made it', async () => {
	const setUp = (process: typeof one) =>
		new Browser(process.address).ask('POST', '/v1/access/setup', {
			...ada,
			token: process.link?.split('#')[1],
		});
	expect((await setUp(one)).status).toBe(410);
	expect((await setUp(two)).status).toBe(200);
});

test('who signed in at one process is known at the other, and what one ends is over at the other within five seconds', async () => {
	const here = new Browser(one.address);
	await must(here.ask('POST', '/auth/sign-in/email', ada));
	const there = here.stolen(two.address);
	expect((await there.ask('GET', '/v1/workspaces')).status).toBe(200);
	await must(here.ask('POST', '/auth/sign-out', {}));
	expect((await here.stolen().ask('GET', '/v1/workspaces')).status).toBe(401);
	clock.now += rememberedMs;
	expect((await there.ask('GET', '/v1/workspaces')).body.code).toBe('session-ended');
	expect(rememberedMs).toBeLessThanOrEqual(5_000);
});

test('a role given at one process holds at the other within five seconds', async () => {
	const admin = new Browser(one.address);
	await must(admin.ask('POST', '/auth/sign-in/email', ada));
	const place = { role: 'admin' };
	const invited = await must(admin.ask('POST', '/v1/access/invitations', { email: 'ben@x.example', place }));
	const ben = new Browser(two.address);
	const given = { token: String(invited.body.link).split('#')[1], name: 'Ben', password: ada.password };
	await must(ben.ask('POST', '/v1/access/invitations/acceptance', given));
	const { id } = (await must(ben.ask('GET', '/v1/me'))).body;
	await must(ben.ask('GET', '/v1/people'));
	await must(admin.ask('PUT', `/v1/people/${id}`, { role: 'viewer' }));
	clock.now += rememberedMs;
	expect((await ben.ask('GET', '/v1/people')).body.code).toBe('role-lacking');
});

/** What a process of the product has of access, on stores that both share. */
async function openProcess() {
	const { postgres, columns, people, dataFolder } = stores;
	const now = () => new Date(clock.now);
	const definitions = openDefinitionsInForce(postgres, log);
	const access = await openAccess({ settings: { dataFolder }, postgres, people, definitions, now, log });
	const { entrance } = access;
	const house: House = { postgres, columns, log, now, callerOf: async () => undefined, entrance };
	const server = await createServer(house, [accessRoom(house, access)]);
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	return {
		address,
		link: await access.listensAt(address, main),
		async close() {
			await server.close();
			await definitions.close();
		},
	};
}
