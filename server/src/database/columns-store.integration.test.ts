import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusingProfile } from './columns-door.ts';
import { openColumnsStore } from './columns-store.ts';
import { type Engine, startEngine } from './engine/engine-supervisor.ts';
import { alone } from './testing/embedded-columns.ts';

// A columnar store named by a URL. The embedded engine stands in for the server: it speaks the same.

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'touchstone-store-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const startServer = (profile: Readonly<Record<string, string>>) =>
	startEngine({ folder, log: pino({ level: 'silent' }), profile });

function urlOf(engine: Engine, path: string): string {
	const url = new URL(path, engine.address().url);
	url.username = 'analytics';
	url.password = engine.address().token;
	return url.href;
}

async function warningsOf(clickhouseUrl: string): Promise<string[]> {
	const warnings: string[] = [];
	const log = pino({ level: 'warn' }, { write: line => void warnings.push(line) });
	const store = await openColumnsStore({ clickhouseUrl, log, withLock: alone });
	expect(await store.version()).toMatch(/^\d+\.\d+/);
	expect(store.processId).toBeUndefined();
	await store.close();
	return warnings;
}

describe('a columnar store named by a URL', () => {
	it('is migrated and used without starting a process, and the product says if it answers strangers', async () => {
		const server = await startServer({});
		const [warning, ...more] = await warningsOf(urlOf(server, '/somewhere'));
		expect(warning).toContain('answers questions that name no scope');
		expect(warning).toContain('ALTER USER analytics SETTINGS additional_table_filters = ');
		expect(more).toEqual([]);
		await server.close();
	});

	it('that refuses strangers is used in silence', async () => {
		const server = await startServer(refusingProfile('single', 'somewhere'));
		expect(await warningsOf(urlOf(server, '/somewhere'))).toEqual([]);
		await server.close();
	});

	it('may name no database or cluster that would be SQL', async () => {
		const open = (clickhouseUrl: string) =>
			openColumnsStore({ clickhouseUrl, log: pino({ level: 'silent' }), withLock: alone });
		await expect(open('http://localhost:1/a;b')).rejects.toThrow(/CLICKHOUSE_URL names "a;b"/);
		await expect(open('http://localhost:1/a?cluster=b c')).rejects.toThrow(/CLICKHOUSE_URL names "b c"/);
	});

	it('that cannot be reached is unavailable', async () => {
		const store = openColumnsStore({
			clickhouseUrl: 'http://127.0.0.1:1/',
			log: pino({ level: 'silent' }),
			withLock: alone,
		});
		await expect(store).rejects.toMatchObject({ name: 'StoreUnavailable', store: 'columns' });
	});
});
