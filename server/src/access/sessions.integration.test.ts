import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Browser } from './testing/browser.ts';
import { ada, codeOf, invited, password, setUpAda, signedIn, tokenIn } from './testing/coming-in.ts';
import { openRunningApp, type RunningApp } from './testing/running-app.ts';

let app: RunningApp;
let admin: Browser;
beforeAll(async () => {
	app = await openRunningApp();
	admin = await setUpAda(app);
}, 60_000);
afterAll(() => app?.close());

test('the cookie is out of reach of scripts and other sites, and the secret out of reach of others', async () => {
	const browser = new Browser(app.address);
	const answer = await browser.ask('POST', '/auth/sign-in/email', ada);
	const cookie = answer.headers.getSetCookie().find(text => text.includes('session_token')) ?? '';
	expect(cookie).toMatch(/HttpOnly/i);
	expect(cookie).toMatch(/SameSite=Lax/i);
	expect((await stat(join(app.dataFolder, 'secret'))).mode & 0o777).toBe(0o600);
});

test('signing in works behind a proxy that ends TLS', async () => {
	const browser = new Browser(app.address);
	const proxied = { origin: `https://${new URL(app.address).host}`, 'sec-fetch-site': 'same-origin' };
	expect((await browser.ask('POST', '/auth/sign-in/email', ada, proxied)).status).toBe(200);
	expect((await browser.ask('POST', '/auth/sign-in/email', ada, proxied)).status).toBe(200);
	expect((await browser.ask('POST', '/auth/sign-out', {}, proxied)).status).toBe(200);
});

test('a wrong password and an unknown address are refused alike', async () => {
	const browser = new Browser(app.address);
	const wrong = await browser.ask('POST', '/auth/sign-in/email', { ...ada, password: 'not it at all' });
	const unknown = await browser.ask('POST', '/auth/sign-in/email', { email: 'nobody@x.example', password });
	for (const { status, body } of [wrong, unknown])
		expect([status, body.code]).toEqual([401, 'sign-in-refused']);
	expect(wrong.body.detail).toBe(unknown.body.detail);
});

test('nobody signs up by themselves, and what is not listed is not reachable', async () => {
	const browser = new Browser(app.address);
	const own = { name: 'Eve', email: 'eve@x.example', password };
	for (const path of ['/auth/sign-up/email', '/auth/change-password', '/auth/create-person', '/auth/enter']) {
		expect([path, (await browser.ask('POST', path, own)).status]).toEqual([path, 404]);
	}
});

test('another site cannot use the session', async () => {
	const change = (headers: Readonly<Record<string, string>>) =>
		admin.ask('PUT', '/v1/me', { name: 'Ada Harrow' }, headers);
	expect((await change({})).status).toBe(200);
	for (const headers of [
		{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
		{ 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' },
		{ 'sec-fetch-site': 'none' },
	]) {
		const { status, body } = await change(headers);
		expect([status, body.code]).toEqual([403, 'cross-site-request']);
	}
	// Older browsers say only where a request comes from, and no browser says nothing.
	const cookies = (
		await new Browser(app.address).ask('POST', '/auth/sign-in/email', ada)
	).headers.getSetCookie();
	const plain = cookies.map(cookie => cookie.split(';')[0]).join('; ');
	const send = (headers: Readonly<Record<string, string>>) =>
		fetch(`${app.address}/v1/me`, {
			method: 'PUT',
			headers: { cookie: plain, 'content-type': 'application/json', ...headers },
			body: JSON.stringify({ name: 'Ada Harrow' }),
		});
	expect((await send({ origin: app.address })).status).toBe(200);
	expect((await send({ origin: 'https://evil.example' })).status).toBe(403);
	expect((await send({})).status).toBe(403);
	const signingIn = await new Browser(app.address).ask('POST', '/auth/sign-in/email', ada, {
		'sec-fetch-site': 'cross-site',
		origin: 'https://evil.example',
	});
	expect(signingIn.body.code).toBe('cross-site-request');
});

test('sessions are listed, and one that is ended is over', async () => {
	const tablet = await signedIn(app, ada);
	const listed = await admin.ask('GET', '/v1/me/sessions');
	const items = z
		.array(z.looseObject({ id: z.string(), current: z.boolean() }))
		.parse(Object(listed.body).items);
	expect(items.filter(session => session.current)).toHaveLength(1);
	const ofTablet = z
		.array(z.looseObject({ id: z.string(), current: z.boolean() }))
		.parse(Object((await tablet.ask('GET', '/v1/me/sessions')).body).items)
		.find(session => session.current);
	expect((await admin.ask('DELETE', `/v1/me/sessions/${ofTablet?.id}`)).status).toBe(204);
	expect((await tablet.ask('GET', '/v1/me')).body.code).toBe('session-ended');
	expect((await admin.ask('DELETE', `/v1/me/sessions/${ofTablet?.id}`)).body.code).toBe('not-found');

	const stolen = admin.stolen();
	expect((await stolen.ask('GET', '/v1/me')).status).toBe(200);
	const elsewhere = await signedIn(app, ada);
	expect((await elsewhere.ask('POST', '/auth/sign-out', {})).status).toBe(200);
	expect((await elsewhere.ask('GET', '/v1/me')).status).toBe(401);
	expect((await admin.ask('GET', '/v1/me')).status).toBe(200);
});

test('a changed password ends every other session, and only the new one signs in', async () => {
	const { browser } = await invited(app, admin, 'eli@x.example', 'viewer');
	const other = await signedIn(app, { email: 'eli@x.example' });
	const change = (current: string, next: string) =>
		browser.ask('PUT', '/v1/me/password', { current, password: next });
	expect((await change('not it at all', 'nine copper lamps')).body.code).toBe('password-wrong');
	expect((await change(password, 'eli@x.example')).body.code).toBe('password-weak');
	expect((await change(password, 'nine copper lamps')).status).toBe(204);
	expect((await other.ask('GET', '/v1/me')).body.code).toBe('session-ended');
	expect((await browser.ask('GET', '/v1/me')).status).toBe(200);
	const old = await new Browser(app.address).ask('POST', '/auth/sign-in/email', {
		email: 'eli@x.example',
		password,
	});
	expect(old.status).toBe(401);
	await signedIn(app, { email: 'eli@x.example', password: 'nine copper lamps' });
});

test('with an authenticator app a password is not enough', async () => {
	const { browser } = await invited(app, admin, 'fay@x.example', 'viewer');
	const begun = await browser.ask('POST', '/v1/me/two-factor', { password });
	expect(begun.status).toBe(200);
	const secret = new URL(String(begun.body.uri)).searchParams.get('secret') ?? '';
	expect((await browser.ask('PUT', '/v1/me/two-factor', { code: '000000' })).body.code).toBe('code-wrong');
	const confirmed = await browser.ask('PUT', '/v1/me/two-factor', { code: codeOf(secret) });
	expect(confirmed.status).toBe(204);
	expect((await browser.ask('GET', '/v1/me')).body.twoFactor).toBe(true);
	expect((await browser.ask('POST', '/v1/me/two-factor', { password })).body.code).toBe('two-factor-on');

	const next = new Browser(app.address);
	const half = await next.ask('POST', '/auth/sign-in/email', { email: 'fay@x.example', password });
	expect(half.body.twoFactorRedirect).toBe(true);
	expect((await next.ask('GET', '/v1/me')).status).toBe(401);
	expect((await next.ask('POST', '/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(401);
	expect((await next.ask('POST', '/auth/two-factor/verify-totp', { code: codeOf(secret) })).status).toBe(200);
	expect((await next.ask('GET', '/v1/me')).status).toBe(200);

	expect((await next.ask('POST', '/v1/me/two-factor/end', { password: 'wrong one here' })).status).toBe(403);
	expect((await next.ask('POST', '/v1/me/two-factor/end', { password })).status).toBe(204);
	await signedIn(app, { email: 'fay@x.example' });
});

test('somebody who lost password and phone gets in by a link and chooses a new password', async () => {
	const { browser } = await invited(app, admin, 'lo@x.example', 'viewer');
	const begun = await browser.ask('POST', '/v1/me/two-factor', { password });
	const secret = new URL(String(begun.body.uri)).searchParams.get('secret') ?? '';
	expect((await browser.ask('PUT', '/v1/me/two-factor', { code: codeOf(secret) })).status).toBe(204);
	const program = new Browser(app.address);
	program.headers.authorization = `Bearer ${app.adminKey}`;
	const lost = { email: 'lo@x.example', name: 'Lo', forgetPassword: true };
	const { body } = await program.ask('POST', '/v1/access/sign-in-links', lost);
	expect((await browser.ask('GET', '/v1/me')).body.code).toBe('session-ended');
	expect((await browser.ask('POST', '/auth/sign-in/email', { email: 'lo@x.example', password })).status).toBe(
		401,
	);
	const next = new Browser(app.address);
	await next.ask('POST', '/v1/access/sign-in-links/use', { token: tokenIn(body.link) });
	expect((await next.ask('GET', '/v1/me')).body).toMatchObject({ role: 'viewer', hasPassword: false });
	expect((await next.ask('PUT', '/v1/me/password', { password: 'nine copper lamps' })).status).toBe(204);
	await signedIn(app, { email: 'lo@x.example', password: 'nine copper lamps' });
});

test('signing in is tried only so often for one person', async () => {
	const tries = Array.from({ length: 12 }, () =>
		new Browser(app.address).ask('POST', '/auth/sign-in/email', {
			email: 'target@x.example',
			password: 'a guess that is wrong',
		}),
	);
	const statuses = (await Promise.all(tries)).map(answer => answer.status);
	expect(statuses.filter(status => status === 429).length).toBeGreaterThanOrEqual(2);
	expect(statuses.filter(status => status === 401).length).toBeLessThanOrEqual(10);
});

test('every answer tells browsers to trust nobody else', async () => {
	for (const path of ['/', '/v1/me', '/docs', '/openapi.json', '/v1/health', '/nowhere']) {
		const { headers } = await admin.ask('GET', path);
		expect(headers.get('content-security-policy')).toContain("script-src 'self';");
		expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
		expect(headers.get('strict-transport-security')).toBeNull();
	}
});
