import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Browser } from './testing/browser.ts';
import { ada, invited, password, signedIn, tokenIn } from './testing/coming-in.ts';
import { openRunningApp, type RunningApp } from './testing/running-app.ts';

let app: RunningApp;
let admin: Browser;
beforeAll(async () => {
	app = await openRunningApp();
	admin = new Browser(app.address);
}, 60_000);
afterAll(() => app?.close());

const idsIn = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

test('nobody gets in before somebody has used the setup link, and that once', async () => {
	const entry = await admin.ask('GET', '/v1/access/entry');
	expect(entry.body).toEqual({ needsSetup: true, mails: false, providers: [] });
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
	if (tries[0]?.status !== 200) admin = await signedIn(app, ada);
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
	const ben = await signedIn(app, { email: 'ben@lumenhaus.example' });
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
	const { browser: dora, id: doraId } = await invited(app, admin, 'dora@x.example', 'admin');
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

	const { browser } = await invited(app, admin, 'gil@x.example', 'viewer');
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
	const { browser, id } = await invited(app, admin, 'hal@x.example', 'viewer');
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
