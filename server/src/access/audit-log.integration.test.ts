import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Browser } from './testing/browser.ts';
import { type MailServer, openMailServer, unfolded } from './testing/mail-server.ts';
import { openRunningApp, type RunningApp } from './testing/running-app.ts';
import { must } from './testing/two-workspaces.ts';

const day = 86_400_000;
const entrySchema = z.object({
	id: z.string(),
	at: z.string(),
	who: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
	what: z.string(),
	kind: z.string(),
	target: z.string(),
	from: z.json().nullable(),
	to: z.json().nullable(),
	requestId: z.string(),
});
const pageSchema = z.object({ items: z.array(entrySchema), nextCursor: z.string().nullable() });

let mail: MailServer;
let app: RunningApp;
let admin: Browser;
let program: Browser;
const clock = { offset: 0 };
beforeAll(async () => {
	mail = await openMailServer();
	app = await openRunningApp(
		{ mail: { url: mail.url, from: 'touchstone@x.example' }, url: 'https://cx.x.example' },
		{ now: () => new Date(Date.now() + clock.offset) },
	);
	admin = new Browser(app.address);
	program = new Browser(app.address);
	program.headers.authorization = `Bearer ${app.adminKey}`;
	expect(app.setupLink).toContain('https://cx.x.example/setup#');
	const token = String(app.setupLink).split('#')[1];
	const given = { token, name: 'Ada, "the first"', email: 'ada@x.example', password: 'seven brass kettles' };
	const answer = await must(admin.ask('POST', '/v1/access/setup', given));
	// Behind TLS cookies are for TLS only; this test stands in for the proxy.
	expect(answer.headers.getSetCookie().join()).toMatch(/__Secure-touchstone\.session_token=.*Secure/);
	expect(answer.headers.get('strict-transport-security')).toContain('max-age=63072000');
}, 60_000);
afterAll(async () => {
	await app?.close();
	await mail?.close();
});

async function logged(query = '') {
	return pageSchema.parse((await must(admin.ask('GET', `/v1/audit?${query}`))).body);
}

test('a change says who, when, what, from and to', async () => {
	const unit = { name: 'North' };
	await must(program.ask('PUT', '/v1/units/NORTH', unit));
	await must(admin.ask('PUT', '/v1/units/NORTH', { name: 'Far north' }));
	await must(admin.ask('DELETE', '/v1/units/NORTH'));
	const { items } = await logged('text=NORTH');
	expect(
		items.map(({ what, who, target, from, to }) => [what, who.kind, who.name, target, from, to]),
	).toEqual([
		['archiveUnit', 'person', 'Ada, "the first"', 'NORTH', { id: 'NORTH', name: 'Far north' }, null],
		[
			'writeUnit',
			'person',
			'Ada, "the first"',
			'NORTH',
			{ id: 'NORTH', name: 'North' },
			{ id: 'NORTH', name: 'Far north' },
		],
		['writeUnit', 'key', 'first key', 'NORTH', null, { id: 'NORTH', name: 'North' }],
	]);
	for (const { at, requestId } of items) expect([Date.parse(at) > 0, requestId.length]).toEqual([true, 36]);
});

test('what was refused or changed nothing leaves no entry, and neither does reading', async () => {
	const before = (await logged()).items.length;
	await admin.ask('PUT', '/v1/units/NORTH', { name: 5 });
	await admin.ask('DELETE', '/v1/units/NOWHERE');
	await admin.ask('GET', '/v1/units');
	await admin.ask('PUT', '/v1/definitions?dryRun=true', {
		touchstone: 1,
		company: { name: 'Another' },
	});
	expect((await logged()).items).toHaveLength(before);
});

test('customers stand in it by their ids only', async () => {
	await must(admin.ask('PUT', '/v1/customers/c-77/suppression', { reason: 'asked by letter' }));
	const erasure = { customers: ['c-78', 'c-79'], reason: 'asked by phone' };
	await must(admin.ask('POST', '/v1/customers/erasure', erasure));
	const { items } = await logged('what=eraseCustomers');
	expect(items).toMatchObject([{ target: 'c-78 c-79', to: { reason: 'asked by phone' } }]);
	expect((await logged('text=c-77')).items).toMatchObject([{ what: 'suppressCustomer', target: 'c-77' }]);
});

test('it is searched by who, what, words and time, and read in pages', async () => {
	expect((await logged('who=first+key')).items.every(entry => entry.who.kind === 'key')).toBe(true);
	expect((await logged(`who=${encodeURIComponent('%')}`)).items).toEqual([]);
	expect((await logged('text=far+NORTH')).items.length).toBeGreaterThan(0);
	expect((await logged(`to=${new Date(Date.now() - day).toISOString()}`)).items).toEqual([]);
	const whole = (await logged()).items.map(entry => entry.id);
	const paged: string[] = [];
	let cursor: string | null = '';
	while (cursor !== null) {
		const page = await logged(`limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
		paged.push(...page.items.map(entry => entry.id));
		cursor = page.nextCursor;
	}
	expect(paged).toEqual(whole);
	expect((await admin.ask('GET', '/v1/audit?cursor=x')).body.code).toBe('request-invalid');
});

test('taking it along stands in it, and what a spreadsheet would run is text', async () => {
	const evil = await must(program.ask('POST', '/v1/keys', { name: '=HYPERLINK("x")', scope: 'admin' }));
	const named = new Browser(app.address);
	named.headers.authorization = `Bearer ${evil.body.text}`;
	await must(named.ask('PUT', '/v1/units/SOUTH', { name: 'South' }));
	const csv = await must(admin.ask('GET', '/v1/audit/export?what=writeUnit'));
	expect(csv.headers.get('content-type')).toContain('text/csv');
	expect(csv.headers.get('content-disposition')).toContain('audit-log.csv');
	const lines = csv.text.split('\r\n');
	expect(lines[0]).toBe('id,at,kind,what,target,who,who kind,who name,from,to,request');
	expect(lines).toHaveLength(5);
	expect(lines[1]).toContain(',"\'=HYPERLINK(""x"")",');
	expect(lines[2]).toContain('"Ada, ""the first"""');
	expect((await logged('what=exportAudit')).items).toMatchObject([{ kind: 'export' }]);
});

test('an invitation goes by mail, and then nobody else is told the link', async () => {
	const invited = await must(
		admin.ask('POST', '/v1/access/invitations', { email: 'Lou@x.example', place: { role: 'viewer' } }),
	);
	expect(invited.body).toMatchObject({ link: null, mailProblem: null });
	expect(mail.mails.at(-1)).toMatchObject({ to: 'lou@x.example' });
	const text = unfolded(mail.mails.at(-1)?.text ?? '');
	const token = /https:\/\/cx\.x\.example\/invitation#([\w-]{43})/.exec(text)?.[1];
	expect(text).toContain('invites you to the workspace "Main"');
	expect(JSON.stringify((await logged('what=invite')).items)).not.toContain(token);
	const reading = await admin.ask('POST', '/v1/access/invitations/reading', { token });
	expect(reading.body).toMatchObject({ email: 'lou@x.example', role: 'viewer' });

	clock.offset = 8 * day;
	expect(
		(await new Browser(app.address).ask('POST', '/v1/access/invitations/reading', { token })).status,
	).toBe(410);
	clock.offset = 0;
});

test('when the mail server refuses, the inviter is told why and given the link', async () => {
	mail.refuses = true;
	const invited = await must(
		admin.ask('POST', '/v1/access/invitations', { email: 'mo@x.example', place: { role: 'viewer' } }),
	);
	expect(invited.body.mailProblem).toContain('nobody here');
	const token = String(invited.body.link).split('#')[1];
	expect((await admin.ask('POST', '/v1/access/invitations/reading', { token })).status).toBe(200);
});
