import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Browser } from './testing/browser.ts';
import { type OidcProvider, oidcClient, openOidcProvider, type Subject } from './testing/oidc-provider.ts';
import { openRunningApp, type RunningApp } from './testing/running-app.ts';
import { must } from './testing/two-workspaces.ts';

const ivy: Subject = {
	sub: 'subject-1',
	email: 'ivy@x.example',
	emailVerified: true,
	name: 'Ivy',
	groups: ['staff', 'cx-analysts'],
};
const founder = { name: 'Founder', email: 'founder@x.example', password: 'seven brass kettles' };

let folder: string;
let provider: OidcProvider;
let silent: { readonly issuer: string; close(): Promise<void> };
let app: RunningApp;
let admin: Browser;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'touchstone-oidc-'));
	provider = await openOidcProvider(ivy);
	silent = await openSilence();
	const oidcFile = join(folder, 'oidc.json');
	const roles = [
		{ group: 'cx-admins', role: 'admin' },
		{ group: 'cx-analysts', role: 'analyst' },
		{ group: 'shop-north', role: 'frontline', units: ['NORTH'] },
	];
	const { issuer } = provider;
	await writeFile(
		oidcFile,
		JSON.stringify([
			{ id: 'company', name: 'Company', issuer, ...oidcClient, roles },
			{ id: 'plain', name: 'Plain', issuer, ...oidcClient },
			{ id: 'gone', name: 'Gone', issuer: silent.issuer, ...oidcClient },
		]),
	);
	app = await openRunningApp({ oidcFile });
	admin = new Browser(app.address);
	const token = String(app.setupLink).split('#')[1];
	await must(admin.ask('POST', '/v1/access/setup', { ...founder, token }));
}, 60_000);
afterAll(async () => {
	await app?.close();
	await provider?.close();
	await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
	provider.forge = 'nothing';
});

test('the page for signing in knows the providers', async () => {
	expect((await admin.ask('GET', '/v1/access/entry')).body.providers).toEqual([
		{ id: 'company', name: 'Company' },
		{ id: 'plain', name: 'Plain' },
		{ id: 'gone', name: 'Gone' },
	]);
});

test('somebody whose group has a role signs in with it, and proves that it was they who asked', async () => {
	const proven = provider.proven;
	const { browser, landed } = await arrive(ivy);
	expect(landed).toBe('/somewhere');
	expect(provider.proven).toBe(proven + 1);
	expect((await browser.ask('GET', '/v1/me')).body).toMatchObject({
		name: 'Ivy',
		email: 'ivy@x.example',
		role: 'analyst',
		units: 'all',
		hasPassword: false,
	});
	expect((await admin.ask('GET', '/v1/audit?what=signInByProvider')).body.items).toMatchObject([
		{ from: null, to: { role: 'analyst', units: 'all' } },
	]);
	const people = Object((await admin.ask('GET', '/v1/people')).body).items;
	const { id } = Object(people.find((person: unknown) => Object(person).email === 'ivy@x.example'));
	const kept = await admin.ask('PUT', `/v1/people/${id}`, { role: 'viewer' });
	expect(kept.body.code).toBe('kept-by-provider');
});

test('the role follows the groups, and goes with them', async () => {
	const north = await arrive({ ...ivy, groups: ['shop-north'] });
	expect((await north.browser.ask('GET', '/v1/me')).body).toMatchObject({
		role: 'frontline',
		units: ['NORTH'],
	});
	const gone = await arrive({ ...ivy, groups: ['staff'] });
	expect(gone.landed).toContain('/sign-in?error=not_invited');
	expect((await gone.browser.ask('GET', '/v1/me')).status).toBe(401);
	expect((await north.browser.ask('GET', '/v1/me')).status).toBe(403);
	const back = await arrive(ivy);
	expect((await back.browser.ask('GET', '/v1/me')).body).toMatchObject({ role: 'analyst' });
});

test('whoever has neither group nor invitation stays out and is not remembered', async () => {
	const jo: Subject = { ...ivy, sub: 'subject-2', email: 'jo@x.example', name: 'Jo', groups: [] };
	const { browser, landed } = await arrive(jo);
	expect(landed).toContain('/sign-in?error=not_invited');
	expect((await browser.ask('GET', '/v1/me')).status).toBe(401);

	const place = { role: 'owner' };
	await must(admin.ask('POST', '/v1/access/invitations', { email: 'jo@x.example', place }));
	const unproven = await arrive({ ...jo, emailVerified: false });
	expect(unproven.landed).toContain('error=not_invited');
	const invited = await arrive(jo, 'plain');
	expect((await invited.browser.ask('GET', '/v1/me')).body).toMatchObject({ name: 'Jo', role: 'owner' });
	expect((await admin.ask('GET', '/v1/access/invitations')).body).toEqual({ items: [] });
});

test('a token that is forged, of another sign-in or for another client lets nobody in', async () => {
	for (const forge of ['signature', 'nonce', 'audience'] as const) {
		provider.forge = forge;
		const { browser, landed } = await arrive(ivy);
		expect([forge, landed]).toEqual([forge, expect.stringContaining('/sign-in?error=')]);
		expect((await browser.ask('GET', '/v1/me')).status).toBe(401);
	}
});

test('an answer of the provider is taken once, and only by the browser that asked', async () => {
	const asking = new Browser(app.address);
	const callback = await callbackFor(asking, ivy);
	const stranger = new Browser(app.address);
	await stranger.ask('GET', callback);
	expect((await stranger.ask('GET', '/v1/me')).status).toBe(401);
	await asking.ask('GET', callback);
	const again = asking.stolen();
	const repeated = await again.ask('GET', callback);
	expect(repeated.headers.get('location')).toContain('error=');
});

test('a provider that does not answer keeps nobody out but those who come by it', async () => {
	const waiting = new Browser(app.address).ask('POST', '/auth/sign-in/social', { provider: 'gone' });
	const { browser } = await arrive(ivy);
	expect((await browser.ask('GET', '/v1/me')).status).toBe(200);
	expect((await admin.ask('GET', '/v1/me')).status).toBe(200);
	await silent.close();
	expect((await waiting).status).toBeGreaterThanOrEqual(400);
});

test('nobody is sent to another site after signing in', async () => {
	const asked = await new Browser(app.address).ask('POST', '/auth/sign-in/social', {
		provider: 'company',
		callbackURL: 'https://evil.example/',
	});
	expect(asked.status).toBeGreaterThanOrEqual(400);
});

test('somebody whose address was proven here before is the same person', async () => {
	const { browser } = await arrive({
		...ivy,
		sub: 'subject-9',
		email: founder.email,
		name: 'Founder',
		groups: [],
	});
	expect((await browser.ask('GET', '/v1/me')).body).toMatchObject({ role: 'admin', hasPassword: true });
});

test('somebody who made a password for an address they do not own does not get what its owner has', async () => {
	const place = { role: 'viewer' };
	const invited = await must(admin.ask('POST', '/v1/access/invitations', { email: 'kim@x.example', place }));
	const impostor = new Browser(app.address);
	const token = String(invited.body.link).split('#')[1];
	const given = { token, name: 'Not Kim', password: founder.password };
	await must(impostor.ask('POST', '/v1/access/invitations/acceptance', given));
	const kim = { ...ivy, sub: 'subject-7', email: 'kim@x.example', name: 'Kim', groups: ['cx-admins'] };
	expect((await arrive(kim)).landed).toContain('error=account_not_linked');
	expect((await impostor.ask('GET', '/v1/me')).body.role).toBe('viewer');
});

/** A provider whose address takes connections and answers nothing. */
async function openSilence() {
	const sockets = new Set<Socket>();
	const server = createServer(socket => sockets.add(socket.on('error', () => undefined)));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = address !== null && typeof address === 'object' ? address.port : 0;
	return {
		issuer: `http://127.0.0.1:${port}`,
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise(resolve => server.close(resolve));
		},
	};
}

/** Signs in by the provider, as a browser would. */
async function arrive(who: Subject, by = 'company'): Promise<{ browser: Browser; landed: string }> {
	const browser = new Browser(app.address);
	const answer = await browser.ask('GET', await callbackFor(browser, who, by));
	const location = answer.headers.get('location') ?? '';
	return { browser, landed: location.replace(app.address, '') };
}

/** The address that the provider sends the browser back to. */
async function callbackFor(browser: Browser, who: Subject, by = 'company'): Promise<string> {
	provider.subject = who;
	const begun = await must(
		browser.ask('POST', '/auth/sign-in/social', { provider: by, callbackURL: '/somewhere' }),
	);
	const sent = await fetch(String(begun.body.url), { redirect: 'manual' });
	return sent.headers.get('location') ?? '';
}
