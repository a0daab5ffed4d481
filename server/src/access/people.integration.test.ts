import { createHmac } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Browser } from './testing/browser.ts';
import { openRunningApp, type RunningApp } from './testing/running-app.ts';

const password = 'seven brass kettles';
const ada = { name: 'Ada Harrow', email: 'ada@lumenhaus.example', password };

let app: RunningApp;
let admin: Browser;
beforeAll(async () => {
	app = await openRunningApp();
	admin = new Browser(app.address);
}, 60_000);
afterAll(() => app?.close());

const tokenIn = (link: unknown): string => String(link).split('#')[1] ?? '';
const idsIn = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

test('nobody gets in before somebody has used the setup link, and that once', async () => {
	const entry = await admin.ask('GET', '/v1/access/entry');
	expect(entry.body).toEqual({ needsSetup: true, providers: [] });
	expect((await admin.ask('GET', '/v1/me')).body.code).toBe('key-missing');
	expect(app.setupLink).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup#[\w-]{43}$/);

	const token = tokenIn(app.setupLink);
	const weak = await admin.ask('POST', '/v1/access/setup', { ...ada, token, password: 'lumenhaus1' });
	expect([weak.status, weak.body.code]).toEqual([422, 'password-weak']);
	expect(weak.body.invalid_params).toHaveLength(2);
	const wrong = await admin.ask('POST', '/v1/access/setup', { ...ada, token: 'x'.repeat(43) });
	expect(wrong.body.code).toBe('link-spent');

	const tries = await Promise.all(
		[admin, new Browser(app.address)].map(browser =>
			browser.ask('POST', '/v1/access/setup', { ...ada, token }),
		),
	);
	expect(tries.map(answer => answer.status).sort()).toEqual([200, 410]);
	if (tries[0]?.status !== 200) await signIn(admin, ada);
	expect((await admin.ask('POST', '/v1/access/setup', { ...ada, token })).body.code).toBe('link-spent');
	expect((await admin.ask('GET', '/v1/access/entry')).body.needsSetup).toBe(false);
});

test('who signed in is told who they are, where, and what they may', async () => {
	const { body } = await admin.ask('GET', '/v1/me');
	expect(body).toMatchObject({
		kind: 'person',
		name: 'Ada Harrow',
		email: ada.email,
		workspace: { id: 'main', name: 'Main' },
		workspaces: [{ id: 'main', name: 'Main', role: 'admin' }],
		role: 'admin',
		units: 'all',
		timeZone: 'UTC',
		twoFactor: false,
		hasPassword: true,
	});
	expect(body.may).toEqual(expect.arrayContaining(['searchAudit', 'eraseCustomers', 'readReport']));
});

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
	const plain = await cookieOf(admin);
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

test('an invited person chooses a password and is what they were invited as', async () => {
	const invited = await admin.ask('POST', '/v1/access/invitations', {
		email: 'Ben@lumenhaus.example',
		place: { role: 'viewer' },
	});
	expect(invited.status).toBe(201);
	const token = tokenIn(invited.body.link);
	const ben = new Browser(app.address);
	expect((await ben.ask('POST', '/v1/access/invitations/reading', { token })).body).toEqual({
		email: 'ben@lumenhaus.example',
		workspace: 'Main',
		invitedBy: 'Ada Harrow',
		role: 'viewer',
		known: false,
	});
	const nameless = await ben.ask('POST', '/v1/access/invitations/acceptance', { token });
	expect(nameless.body.code).toBe('request-invalid');
	const accepted = await ben.ask('POST', '/v1/access/invitations/acceptance', {
		token,
		name: 'Ben Okoro',
		password,
	});
	expect(accepted.body).toEqual({ workspace: 'main', signedIn: true });
	expect((await ben.ask('GET', '/v1/me')).body).toMatchObject({ role: 'viewer', name: 'Ben Okoro' });
	expect((await ben.ask('POST', '/v1/access/invitations/reading', { token })).body.code).toBe('link-spent');
	expect((await ben.ask('GET', '/v1/people')).body).toMatchObject({
		code: 'role-lacking',
		detail: expect.stringContaining('Your role is viewer; this needs admin.'),
	});
	const again = await admin.ask('POST', '/v1/access/invitations', {
		email: 'ben@lumenhaus.example',
		place: { role: 'admin' },
	});
	expect(again.body.code).toBe('already-member');
});

test('an invitation that is withdrawn or replaced is good no more', async () => {
	const invite = () =>
		admin.ask('POST', '/v1/access/invitations', { email: 'cy@x.example', place: { role: 'owner' } });
	const reading = (link: unknown) =>
		new Browser(app.address).ask('POST', '/v1/access/invitations/reading', { token: tokenIn(link) });
	const first = await invite();
	const second = await invite();
	expect((await reading(first.body.link)).status).toBe(410);
	expect((await reading(second.body.link)).status).toBe(200);
	const open = idsIn.parse((await admin.ask('GET', '/v1/access/invitations')).body).items;
	expect(open).toHaveLength(1);
	expect((await admin.ask('DELETE', `/v1/access/invitations/${open[0]?.id}`)).status).toBe(204);
	expect((await reading(second.body.link)).status).toBe(410);
});

test('a role given anew holds at once, and the last admin stays', async () => {
	const ben = await signedIn({ email: 'ben@lumenhaus.example' });
	const people = idsIn.parse((await admin.ask('GET', '/v1/people')).body).items;
	const [adaId, benId] = [ada.email, 'ben@lumenhaus.example'].map(
		email => people.find(person => person.email === email)?.id ?? '',
	);
	expect((await ben.ask('GET', '/v1/keys')).status).toBe(403);
	expect((await admin.ask('PUT', `/v1/people/${benId}`, { role: 'admin' })).status).toBe(200);
	expect((await ben.ask('GET', '/v1/keys')).status).toBe(200);
	const cut = await admin.ask('PUT', `/v1/people/${benId}`, { role: 'viewer', units: ['NOWHERE'] });
	expect(cut.body.code).toBe('request-invalid');
	expect((await admin.ask('PUT', `/v1/people/${benId}`, { role: 'viewer' })).status).toBe(200);
	for (const [method, body] of [
		['PUT', { role: 'viewer' }],
		['DELETE', undefined],
	] as const) {
		expect((await admin.ask(method, `/v1/people/${adaId}`, body)).body.code).toBe('last-admin');
	}
	expect((await admin.ask('DELETE', `/v1/people/${benId}`)).status).toBe(204);
	expect((await ben.ask('GET', '/v1/me')).body.code).toBe('session-ended');
});

test('two admins who remove one another at once leave one', async () => {
	const { browser: dora, id: doraId } = await invited('dora@x.example', 'admin');
	const people = idsIn.parse((await admin.ask('GET', '/v1/people')).body).items;
	const adaId = people.find(person => person.email === ada.email)?.id ?? '';
	const answers = await Promise.all([
		admin.ask('PUT', `/v1/people/${doraId}`, { role: 'viewer' }),
		dora.ask('PUT', `/v1/people/${adaId}`, { role: 'viewer' }),
	]);
	expect(answers.map(answer => answer.status).sort()).toEqual([200, 409]);
	const winner = answers[0]?.status === 200 ? admin : dora;
	await winner.ask('PUT', `/v1/people/${adaId}`, { role: 'admin' });
	await admin.ask('DELETE', `/v1/people/${doraId}`);
});

test('sessions are listed, and one that is ended is over', async () => {
	const tablet = await signedIn(ada);
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
	const elsewhere = await signedIn(ada);
	expect((await elsewhere.ask('POST', '/auth/sign-out', {})).status).toBe(200);
	expect((await elsewhere.ask('GET', '/v1/me')).status).toBe(401);
	expect((await admin.ask('GET', '/v1/me')).status).toBe(200);
});

test('a changed password ends every other session, and only the new one signs in', async () => {
	const { browser } = await invited('eli@x.example', 'viewer');
	const other = await signedIn({ email: 'eli@x.example' });
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
	await signIn(new Browser(app.address), { email: 'eli@x.example', password: 'nine copper lamps' });
});

test('with an authenticator app a password is not enough', async () => {
	const { browser } = await invited('fay@x.example', 'viewer');
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
	await signedIn({ email: 'fay@x.example' });
});

test('a workspace of one’s own shares nothing, and is worked in by choosing it', async () => {
	const made = await admin.ask('POST', '/v1/workspaces', { id: 'second', name: 'Second' });
	expect(made.status).toBe(201);
	expect((await admin.ask('POST', '/v1/workspaces', { id: 'second', name: 'Again' })).body.code).toBe(
		'workspace-exists',
	);
	expect((await admin.ask('GET', '/v1/me')).body.workspace).toEqual({ id: 'main', name: 'Main' });
	const there = { 'x-workspace': 'second' };
	expect((await admin.ask('GET', '/v1/me', undefined, there)).body.workspace).toEqual({
		id: 'second',
		name: 'Second',
	});
	expect((await admin.ask('GET', '/v1/keys', undefined, there)).body).toEqual({ items: [] });
	await admin.ask('PUT', '/v1/me/workspace', { workspace: 'second' });
	expect((await admin.ask('GET', '/v1/me')).body.workspace).toEqual({ id: 'second', name: 'Second' });
	await admin.ask('PUT', '/v1/me/workspace', { workspace: 'main' });

	const { browser } = await invited('gil@x.example', 'viewer');
	for (const workspace of ['second', 'nowhere']) {
		const refused = await browser.ask('GET', '/v1/me', undefined, { 'x-workspace': workspace });
		expect(refused.body.code).toBe('membership-missing');
		expect((await browser.ask('PUT', '/v1/me/workspace', { workspace })).body.code).toBe(
			'membership-missing',
		);
	}
	expect(idsIn.parse((await browser.ask('GET', '/v1/workspaces')).body).items.map(item => item.id)).toEqual([
		'main',
	]);
});

test('somebody known accepts with the password they have, or because they are signed in', async () => {
	const there = { 'x-workspace': 'second' };
	const { browser, id } = await invited('hal@x.example', 'viewer');
	const inviteThere = async () => {
		const answer = await admin.ask(
			'POST',
			'/v1/access/invitations',
			{ email: 'hal@x.example', place: { role: 'analyst' } },
			there,
		);
		return tokenIn(answer.body.link);
	};
	const accept = (who: Browser, token: string, given: object) =>
		who.ask('POST', '/v1/access/invitations/acceptance', { token, ...given });
	const token = await inviteThere();
	const stranger = new Browser(app.address);
	expect((await accept(stranger, token, { name: 'Not Hal', password: 'my own long words' })).body.code).toBe(
		'password-wrong',
	);
	expect((await accept(stranger, token, { password })).body).toEqual({ workspace: 'second', signedIn: true });
	await admin.ask('DELETE', `/v1/people/${id}`, undefined, there);
	expect((await accept(browser, await inviteThere(), {})).status).toBe(200);
	expect(idsIn.parse((await browser.ask('GET', '/v1/workspaces')).body).items).toHaveLength(2);
});

test('a program with an admin key has somebody signed in once, in its own workspace only', async () => {
	const program = new Browser(app.address);
	program.headers.authorization = `Bearer ${app.adminKey}`;
	const link = await program.ask('POST', '/v1/access/sign-in-links', {
		email: 'demo@x.example',
		name: 'Demo',
	});
	expect(link.status).toBe(201);
	const token = tokenIn(link.body.link);
	const browser = new Browser(app.address);
	expect((await browser.ask('POST', '/v1/access/sign-in-links/use', { token })).body).toEqual({
		workspace: 'main',
	});
	expect((await browser.ask('GET', '/v1/me')).body).toMatchObject({
		name: 'Demo',
		role: 'admin',
		hasPassword: false,
	});
	expect((await browser.ask('POST', '/v1/access/sign-in-links/use', { token })).body.code).toBe('link-spent');
	const elsewhere = await program.ask('POST', '/v1/access/sign-in-links', { email: ada.email, name: 'Ada' });
	expect(elsewhere.body.code).toBe('belongs-elsewhere');
	const person = await admin.ask('POST', '/v1/access/sign-in-links', {
		email: 'demo@x.example',
		name: 'Demo',
	});
	expect(person.body.code).toBe('key-needed');
});

test('somebody who lost password and phone gets in by a link and chooses a new password', async () => {
	const { browser } = await invited('lo@x.example', 'viewer');
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
	await signedIn({ email: 'lo@x.example', password: 'nine copper lamps' });
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

async function signIn(
	browser: Browser,
	who: { readonly email: string; readonly password?: string },
): Promise<void> {
	const answer = await browser.ask('POST', '/auth/sign-in/email', { password, ...who });
	expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
}

async function signedIn(who: { readonly email: string; readonly password?: string }): Promise<Browser> {
	const browser = new Browser(app.address);
	await signIn(browser, who);
	expect((await browser.ask('GET', '/v1/me')).status).toBe(200);
	return browser;
}

async function invited(email: string, role: string): Promise<{ browser: Browser; id: string }> {
	const { body } = await admin.ask('POST', '/v1/access/invitations', { email, place: { role } });
	const browser = new Browser(app.address);
	const name = email.split('@')[0];
	const given = { token: tokenIn(body.link), name, password };
	expect((await browser.ask('POST', '/v1/access/invitations/acceptance', given)).status).toBe(200);
	return { browser, id: String((await browser.ask('GET', '/v1/me')).body.id) };
}

async function cookieOf(browser: Browser): Promise<string> {
	const tablet = new Browser(app.address);
	const answer = await tablet.ask('POST', '/auth/sign-in/email', ada);
	expect(browser).toBeDefined();
	return answer.headers
		.getSetCookie()
		.map(cookie => cookie.split(';')[0])
		.join('; ');
}

/** RFC 6238, six digits, thirty seconds. */
function codeOf(base32: string): string {
	const bits = [...base32].map(letter =>
		'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
	);
	const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
	const mac = createHmac('sha1', key).update(counter).digest();
	const at = (mac.at(-1) ?? 0) & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
