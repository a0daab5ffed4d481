import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Browser } from './testing/browser.ts';
import { ada, codeOf, password, setUpAda, signedIn, tokenIn } from './testing/coming-in.ts';
import { type MailServer, openMailServer, unfolded } from './testing/mail-server.ts';
import { openRunningApp, type RunningApp } from './testing/running-app.ts';
import { must } from './testing/two-workspaces.ts';

const hour = 3_600_000;
const another = 'nine copper lanterns';

let mail: MailServer;
let app: RunningApp;
let admin: Browser;
const clock = { offset: 0 };
beforeAll(async () => {
	mail = await openMailServer();
	app = await openRunningApp(
		{ mail: { url: mail.url, from: 'touchstone@lumenhaus.example' } },
		{ now: () => new Date(Date.now() + clock.offset) },
	);
	admin = await setUpAda(app);
}, 60_000);
afterAll(async () => {
	await app?.close();
	await mail?.close();
});

test('who has lost their password chooses another by a link in their mail, and every session ends', async () => {
	const { browser: before, id } = await member('bea@lumenhaus.example');
	const token = await mailedTo('Bea@Lumenhaus.example');
	const browser = new Browser(app.address);
	expect((await browser.ask('POST', '/v1/access/new-password/reading', { token })).body).toEqual({
		email: 'bea@lumenhaus.example',
		name: 'bea',
	});
	const weak = await browser.ask('POST', '/v1/access/new-password', { token, password: 'bea bea bea bea' });
	expect(weak.body.code).toBe('password-weak');

	const chosen = await browser.ask('POST', '/v1/access/new-password', { token, password: another });
	expect(chosen.body).toEqual({ signedIn: true });
	expect((await must(browser.ask('GET', '/v1/me'))).body.id).toBe(id);
	expect((await before.ask('GET', '/v1/me')).status).toBe(401);
	await signedIn(app, { email: 'bea@lumenhaus.example', password: another });
	const old = { email: 'bea@lumenhaus.example', password };
	expect((await new Browser(app.address).ask('POST', '/auth/sign-in/email', old)).status).toBe(401);
	const logged = await must(admin.ask('GET', '/v1/audit?what=chooseNewPassword'));
	expect(logged.body.items).toMatchObject([{ who: { id }, target: id, from: null, to: null }]);
});

test('a link for a new password is good once, for an hour, and not beside another that was used', async () => {
	await member('cleo@lumenhaus.example');
	const [first, second] = [
		await mailedTo('cleo@lumenhaus.example'),
		await mailedTo('cleo@lumenhaus.example'),
	];
	clock.offset = hour + 1_000;
	expect((await choose(second)).body.code).toBe('link-spent');
	clock.offset = 0;
	const both = await Promise.all([choose(second), choose(second)]);
	expect(both.map(({ status }) => status).toSorted()).toEqual([200, 410]);
	for (const spent of [first, second, 'x'.repeat(43)]) {
		expect((await choose(spent)).body.code).toBe('link-spent');
		const reading = await new Browser(app.address).ask('POST', '/v1/access/new-password/reading', {
			token: spent,
		});
		expect(reading.body.code).toBe('link-spent');
	}
});

test('it is no way around a second factor', async () => {
	const { browser } = await member('dan@lumenhaus.example');
	const begun = await must(browser.ask('POST', '/v1/me/two-factor', { password }));
	const secret = /secret=([A-Z2-7]+)/.exec(String(begun.body.uri))?.[1] ?? '';
	await must(browser.ask('PUT', '/v1/me/two-factor', { code: codeOf(secret) }));
	const token = await mailedTo('dan@lumenhaus.example');
	const other = new Browser(app.address);
	const chosen = await other.ask('POST', '/v1/access/new-password', { token, password: another });
	expect(chosen.body).toEqual({ signedIn: false });
	expect((await other.ask('GET', '/v1/me')).status).toBe(401);
	await must(other.ask('POST', '/auth/sign-in/email', { email: 'dan@lumenhaus.example', password: another }));
	expect((await other.ask('GET', '/v1/me')).status).toBe(401);
	await must(other.ask('POST', '/auth/two-factor/verify-totp', { code: codeOf(secret) }));
	await must(other.ask('GET', '/v1/me'));
});

test('nobody learns who has an account, and nobody is mailed who has no password or was mailed three times', async () => {
	await member('eve@lumenhaus.example');
	const program = new Browser(app.address);
	program.headers.authorization = `Bearer ${app.adminKey}`;
	const byLink = { email: 'finn@lumenhaus.example', name: 'Finn' };
	await must(program.ask('POST', '/v1/access/sign-in-links', byLink));
	const asked = [];
	for (const email of ['nobody@lumenhaus.example', byLink.email]) asked.push(await askFor(email));
	for (let times = 0; times < 3; times++) await mailedTo('eve@lumenhaus.example');
	asked.push(await askFor('eve@lumenhaus.example'));
	// What was asked before has been looked at when this one's mail is there.
	await mailedTo(ada.email);
	expect(asked.map(({ status, text }) => [status, text])).toEqual(asked.map(() => [204, '']));
	expect(mailsTo('nobody@lumenhaus.example')).toBe(0);
	expect(mailsTo(byLink.email)).toBe(0);
	expect(mailsTo('eve@lumenhaus.example')).toBe(3);
	clock.offset = hour + 1_000;
	await mailedTo('eve@lumenhaus.example');
	clock.offset = 0;
});

test('where no mail is sent it says so, before and when one asks', async () => {
	const without = await openRunningApp();
	try {
		const browser = new Browser(without.address);
		expect((await browser.ask('GET', '/v1/access/entry')).body).toMatchObject({ mails: false });
		const asked = await browser.ask('POST', '/v1/access/new-password/links', { email: ada.email });
		expect(asked.body.code).toBe('no-mail');
		expect((await admin.ask('GET', '/v1/access/entry')).body).toMatchObject({ mails: true });
	} finally {
		await without.close();
	}
}, 60_000);

/** Somebody who accepted an invitation, which was mailed. */
async function member(email: string): Promise<{ browser: Browser; id: string }> {
	const asked = admin.ask('POST', '/v1/access/invitations', { email, place: { role: 'viewer' } });
	await must(asked);
	const text = unfolded(mail.mails.at(-1)?.text ?? '');
	const browser = new Browser(app.address);
	const token = tokenIn(/\/invitation(#[\w-]{43})/.exec(text)?.[1]);
	const name = email.split('@')[0];
	await must(browser.ask('POST', '/v1/access/invitations/acceptance', { token, name, password }));
	return { browser, id: String((await must(browser.ask('GET', '/v1/me'))).body.id) };
}

function askFor(email: string) {
	return new Browser(app.address).ask('POST', '/v1/access/new-password/links', { email });
}

function choose(token: string) {
	return new Browser(app.address).ask('POST', '/v1/access/new-password', { token, password: another });
}

/** Asks for a link, and reads the mail it comes in. */
async function mailedTo(email: string): Promise<string> {
	const before = mailsTo(email);
	expect((await askFor(email)).status).toBe(204);
	await vi.waitFor(() => expect(mailsTo(email)).toBe(before + 1), { timeout: 10_000 });
	const last = mail.mails.findLast(({ to, text }) => to === email.toLowerCase() && isAboutPassword(text));
	return /\/new-password#([\w-]{43})/.exec(unfolded(last?.text ?? ''))?.[1] ?? '';
}

function mailsTo(email: string): number {
	return mail.mails.filter(({ to, text }) => to === email.toLowerCase() && isAboutPassword(text)).length;
}

function isAboutPassword(text: string): boolean {
	return text.includes('Subject: A new password');
}
