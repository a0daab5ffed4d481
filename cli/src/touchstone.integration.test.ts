import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '@touchstone/server/app';
import { seedPostgres } from '@touchstone/server/database/testing/embedded-postgres';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from './run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-cli-'));
const dataFolder = join(folder, '.touchstone');
// The product's clock, so that a renaming need not wait until other processes must have heard of a change.
let ahead = 0;
let app: App;

beforeAll(async () => {
	mkdirSync(dataFolder);
	await seedPostgres(dataFolder);
	app = await openApp(
		{ dataFolder, host: '127.0.0.1', port: 0, logLevel: 'silent' },
		{ log: pino({ level: 'silent' }), version: '0.1.0', now: () => new Date(Date.now() + ahead) },
	);
});
afterAll(async () => {
	await app?.close();
	rmSync(folder, { recursive: true, force: true });
});

type Ran = { code: number; out: string; notes: string };

async function touchstone(
	words: string[],
	options: { environment?: Record<string, string>; input?: string } = {},
): Promise<Ran> {
	let out = '';
	let notes = '';
	const code = await runCommand(words, {
		out: text => {
			out += text;
		},
		note: text => {
			notes += text;
		},
		environment: options.environment ?? {},
		folder,
		input: async () => options.input ?? '',
		columns: undefined,
		signal: new AbortController().signal,
	});
	return { code, out, notes };
}

const kettles = `touchstone: 1
company:
  name: Kettle & Co
owners:
  - id: chief
    name: Ada Bell
    businessFunction: marketing
moments:
  - id: delivered
    name: Delivered
    stage: buy
    channel: delivery
    owner: chief
    claims:
      - event: Order Delivered
  - id: ordered
    name: Order placed
    stage: buy
    channel: web
    owner: chief
    claims:
      - event: Order Completed
promises:
  - id: in-two-days
    wording: Yours in two days
    moment: delivered
    rule:
      kind: by
      start: ordered
      end: delivered
      due:
        within: 48h
    keptBy: chief
`;

describe('keys on a fresh installation', () => {
	test('the first admin key lies in the data folder, for its owner only, and makes others', async () => {
		expect(statSync(join(dataFolder, 'run', 'admin-key')).mode & 0o777).toBe(0o600);
		const made = await touchstone(['keys', 'create', 'analyst', '--scope', 'read']);
		expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^ts_read_[0-9a-f]{40}\n$/) });
		const key = made.out.trim();
		expect(await touchstone(['export', '--key', key])).toMatchObject({ code: 0 });
		expect(await touchstone(['export'], { environment: { TOUCHSTONE_KEY: key } })).toMatchObject({ code: 0 });
		const refused = await touchstone(['keys', 'list', '--key', key]);
		expect(refused).toMatchObject({ code: 1, out: '' });
		expect(refused.notes).toContain('has the scope read');
	});

	test('a key that is revoked is listed so and opens nothing', async () => {
		const key = (await touchstone(['keys', 'create', 'shop', '--scope', 'read'])).out.trim();
		const listed = await touchstone(['keys', 'list']);
		const id =
			listed.out
				.split('\n')
				.find(line => line.includes(' shop '))
				?.split(' ')[0] ?? '';
		expect(await touchstone(['keys', 'revoke', id])).toMatchObject({ code: 0 });
		expect((await touchstone(['keys', 'list'])).out).toMatch(
			new RegExp(`${id}.*\\d{4}-\\d{2}-\\d{2}T.*\\d{4}-`),
		);
		expect(await touchstone(['export', '--key', key])).toMatchObject({
			code: 1,
			notes: expect.stringContaining('not known'),
		});
	});

	test("the installation's own key is shown to no other server", async () => {
		const elsewhere = await touchstone(['export', '--server', 'http://127.0.0.1:9']);
		expect(elsewhere).toMatchObject({ code: 2, notes: expect.stringContaining('A key is needed') });
	});
});

describe('definitions as a file', () => {
	test('are tried, applied and exported as the same text', async () => {
		writeFileSync(join(folder, 'touchstone.yaml'), kettles);
		const dry = await touchstone(['apply', 'touchstone.yaml', '--dry-run']);
		expect(dry.code).toBe(0);
		expect(dry.out).toBe(
			'~ company\n    name: "Main" → "Kettle & Co"\n+ owner chief\n+ moment delivered\n+ moment ordered\n+ promise in-two-days\n4 created, 1 updated, 0 archived.\n',
		);
		expect((await touchstone(['export'])).out).not.toContain('in-two-days');
		expect(await touchstone(['apply', 'touchstone.yaml'])).toMatchObject({ code: 0, out: dry.out });
		expect((await touchstone(['export'])).out).toBe(kettles);
		expect(await touchstone(['apply', '-'], { input: kettles })).toMatchObject({ out: 'Nothing changes.\n' });
		await touchstone(['export', 'exported.yaml']);
		expect(readFileSync(join(folder, 'exported.yaml'), 'utf8')).toBe(kettles);
	});

	test('a promise changed from a day on keeps what was judged before', async () => {
		const slower = kettles.replace('48h', '72h');
		const applied = await touchstone(['apply', '-', '--effective-from', '2026-03-01'], { input: slower });
		expect(applied.out).toContain('    rule.due.within: "48h" → "72h"\n');
		expect(await touchstone(['apply', '-', '--effective-from', 'soon'], { input: slower })).toMatchObject({
			code: 2,
			notes: expect.stringContaining('2026-03-01'),
		});
		await touchstone(['apply', '-'], { input: kettles });
	});

	test('mistakes are named with their line and nothing is sent', async () => {
		const wrong = await touchstone(['apply', '-'], {
			input: kettles.replace('start: ordered', 'start: odrered'),
		});
		expect(wrong).toMatchObject({
			code: 2,
			notes:
				'- does not hold together; nothing was changed.\n  -:29:7 promises[0].rule.start: there is no moment "odrered"\n',
		});
		expect(await touchstone(['apply', 'nowhere.yaml'])).toMatchObject({ code: 2 });
	});

	test('findings are listed and make the exit code 1', async () => {
		expect(await touchstone(['lint', '-'], { input: kettles })).toEqual({
			code: 0,
			out: 'No findings.\n',
			notes: '',
		});
		const careless = await touchstone(['lint', '-'], { input: kettles.replace('    keptBy: chief\n', '') });
		expect(careless).toMatchObject({ code: 1, out: expect.stringContaining('promise-without-keeper') });
		expect(await touchstone(['lint'])).toMatchObject({ code: 0 });
	});
});

describe('what was sent', () => {
	const send = async (interactions: object[]) => {
		const key = readFileSync(join(dataFolder, 'run', 'admin-key'), 'utf8').trim();
		const answer = await fetch(new URL('/v1/interactions', app.address), {
			method: 'POST',
			headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
			body: JSON.stringify(interactions),
		});
		return answer.status;
	};
	const order = {
		id: 'o-1',
		event: 'Checkout Done',
		time: '2026-02-01T10:00:00Z',
		customer: 'ada',
		subject: 'order-1',
	};

	test('is named anew when claims change, and the job can be followed', async () => {
		expect(await send([order])).toBe(200);
		expect(await touchstone(['lint'])).toMatchObject({
			code: 1,
			out: expect.stringContaining('“Checkout Done”'),
		});
		const claimed = kettles.replace('- event: Order Completed', '- event: Checkout Done');
		const applied = await touchstone(['apply', '-'], { input: claimed });
		const job = /jobs show ([0-9a-f-]+)/.exec(applied.notes)?.[1] ?? '';
		ahead = 60_000;
		const shown = await touchstone(['jobs', 'show', job, '--wait']);
		expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('state      finished') });
		expect((await touchstone(['jobs', 'list', '--kind', 'rename-moments'])).out).toContain(job);
		expect(await touchstone(['jobs', 'cancel', job])).toMatchObject({ code: 1 });
		expect((await touchstone(['lint'])).out).not.toContain('Checkout Done');
	}, 60_000);

	test('and refused is listed by reason and item, and replayed', async () => {
		expect(await send([{ ...order, id: 'o-2', time: 'yesterday' }])).toBe(400);
		const groups = await touchstone(['refusals', 'list']);
		const code = groups.out.split('\n')[1]?.split(/\s{2,}/)[1] ?? '';
		const items = await touchstone(['refusals', 'list', '--code', code]);
		expect(items.out).toContain('yesterday');
		const again = await touchstone(['refusals', 'replay', '--code', code]);
		expect(again).toMatchObject({ code: 1, out: expect.stringContaining('1 refused again') });
		expect(await touchstone(['refusals', 'replay'])).toMatchObject({ code: 2 });
	});

	test('is reported in every format', async () => {
		for (const [format, sign] of [
			['table', /in-two-days/],
			['json', /^\{\n {2}"report": 1/],
			['csv', /,/],
			['html', /<html/],
		] as const) {
			const report = await touchstone(['report', '--format', format]);
			expect(report.code, report.notes).toBe(0);
			expect(report.out).toMatch(sign);
		}
		expect(await touchstone(['report', '--promise', 'nothing'])).toMatchObject({ code: 1 });
		expect(await touchstone(['report', '--channel', 'pigeon'])).toMatchObject({ code: 2 });
	});
});

describe("customers' rights", () => {
	test('a customer is suppressed and recorded again', async () => {
		expect(await touchstone(['suppress', 'bo', '--reason', 'asked for it'])).toMatchObject({ code: 0 });
		expect((await touchstone(['suppressed'])).out).toMatch(/bo .* asked for it/);
		expect(await touchstone(['unsuppress', 'bo'])).toMatchObject({ code: 0 });
		expect((await touchstone(['suppressed'])).out).toBe('Nobody is suppressed.\n');
	});

	test('nobody is erased by accident', async () => {
		expect(await touchstone(['erase', 'bo'])).toMatchObject({
			code: 2,
			notes: expect.stringContaining('--yes'),
		});
		expect(await touchstone(['erase', '--yes'])).toMatchObject({ code: 2 });
		const erased = await touchstone(['erase', 'bo', '--yes']);
		expect(erased.code, erased.notes).toBe(0);
		expect(await touchstone(['jobs', 'show', erased.out.trim(), '--wait'])).toMatchObject({ code: 0 });
	}, 60_000);
});

describe('the doctor', () => {
	test('finds a running installation sound', async () => {
		ahead = 0;
		const examined = await touchstone(['doctor']);
		expect(examined.out).toContain('ok     server');
		expect(examined.out).toMatch(/ok {5}PostgreSQL/);
		expect(examined.out).toMatch(/ok {5}ClickHouse/);
		expect(examined.out).not.toContain('WRONG');
		expect(examined.code).toBe(0);
	});

	test('says what is wrong and what to do, with exit code 1', async () => {
		const unreachable = await touchstone(['doctor', '--server', 'http://127.0.0.1:9', '--key', 'x']);
		expect(unreachable).toMatchObject({
			code: 1,
			out: expect.stringMatching(/WRONG {2}server .*\n +→ Start it/),
		});
		const unknown = await touchstone(['doctor', '--key', 'ts_admin_nonsense']);
		expect(unknown).toMatchObject({ code: 1, out: expect.stringContaining('admin key') });
	});
});

describe('a command line', () => {
	test('that makes no sense exits with 2 and says why', async () => {
		for (const words of [
			['no-such'],
			['apply'],
			['keys', 'create', 'x'],
			['keys', 'create', 'x', '--scope', 'all'],
		]) {
			const ran = await touchstone(words);
			expect(ran.code, words.join(' ')).toBe(2);
			expect(ran.notes).toMatch(/^error: /);
		}
		expect(await touchstone(['export', '--server', 'ftp://x'])).toMatchObject({ code: 2 });
	});

	test('runs with whatever Node starts it', async () => {
		const bin = join(import.meta.dirname, '..', 'bin', 'touchstone.mjs');
		const ran = await new Promise<{ code: unknown; out: string }>(resolve => {
			execFile('node', [bin, 'export'], { cwd: folder }, (error, out) =>
				resolve({ code: error?.code ?? 0, out }),
			);
		});
		expect(ran.code).toBe(0);
		expect(ran.out).toContain('Kettle & Co');
	});
});
