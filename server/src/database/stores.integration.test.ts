import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordedServer, runningServer } from './postgres-process.ts';
import { wholeWorkspace } from './scope.ts';
import { openStores, type Stores, type StoresConfig } from './stores.ts';
import { seedPostgres } from './testing/embedded-postgres.ts';

const acme = workspaceIdSchema.parse('acme');
let dataFolder: string;
let products: ChildProcess[];
let opened: Stores[];

beforeEach(async () => {
	dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
	await seedPostgres(dataFolder);
	products = [];
	opened = [];
});
afterEach(async () => {
	for (const product of products) await kill(product);
	for (const stores of opened) await stores.close();
	await endPostgres();
	await rm(dataFolder, { recursive: true, force: true });
});

test('both stores open together, answer, and leave nothing running', async () => {
	const stores = await open();
	expect(await stores.health()).toEqual([
		{ store: 'postgres', place: 'embedded', answers: true, detail: expect.stringMatching(/^18\./) },
		{ store: 'columns', place: 'embedded', answers: true, detail: expect.stringMatching(/^\d+\./) },
	]);
	await close(stores);
	expect(await recordedServer(data())).toBeUndefined();
});

test('a second product on the same data folder is refused with a sentence that says what to do', async () => {
	const product = await startProduct();
	await expect(open()).rejects.toThrow(
		`The data folder ${dataFolder} is in use by another Touchstone (process ${product.process.pid}). ` +
			'Stop that one, or start this one with another data folder.',
	);
	product.process.stdin?.end();
	await once(product.process, 'exit');
	await open();
});

test('a killed product loses nothing it acknowledged, and the next one takes its PostgreSQL over', async () => {
	const product = await startProduct();
	const acknowledged = await acknowledgedWhile(product, 200, () => kill(product.process));
	const server = await recordedServer(data());
	expect(server).toBeDefined();

	const stores = await open();
	expect(await recordedServer(data())).toBe(server);
	expect(await kept(stores)).toEqual(expect.arrayContaining(acknowledged));
});

test('a killed product and a killed PostgreSQL lose nothing that was acknowledged', async () => {
	const product = await startProduct();
	const acknowledged = await acknowledgedWhile(product, 200, async () => {
		await killPostgres();
		await kill(product.process);
	});

	expect(await kept(await open())).toEqual(expect.arrayContaining(acknowledged));
});

test('a PostgreSQL that is taken over is watched like one that was started', async () => {
	const product = await startProduct();
	await acknowledgedWhile(product, 1, () => kill(product.process));
	const stores = await open();
	await untilReplaced(await killPostgres(), stores);
});

test('a PostgreSQL that dies while the product runs is started again with everything committed', async () => {
	const stores = await open();
	await keep(stores, 'before');
	await untilReplaced(await killPostgres(), stores);
	await keep(stores, 'after');
	expect(await kept(stores)).toEqual(['after', 'before']);
});

test('a product that could not open leaves the data folder free', async () => {
	await expect(open({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow(
		/^The server DATABASE_URL names cannot be used: .*ECONNREFUSED/,
	);
	await open();
});

test('an address that is none is refused before anything starts', async () => {
	await expect(open({ databaseUrl: 'localhost' })).rejects.toThrow(
		/^DATABASE_URL is not a URL; it must look like/,
	);
	await expect(open({ databaseUrl: 'mysql://host/x' })).rejects.toThrow(
		/^DATABASE_URL must start with postgres/,
	);
});

async function open(config: Partial<StoresConfig> = {}): Promise<Stores> {
	const stores = await openStores({ dataFolder, log: pino({ level: 'silent' }), ...config });
	opened.push(stores);
	return stores;
}

async function close(stores: Stores): Promise<void> {
	opened = opened.filter(other => other !== stores);
	await stores.close();
}

type Product = { readonly process: ChildProcess; readonly lines: Interface };

async function startProduct(): Promise<Product> {
	const script = fileURLToPath(new URL('./testing/writing-product.ts', import.meta.url));
	const child = spawn(process.execPath, [script, dataFolder], { stdio: ['pipe', 'pipe', 'inherit'] });
	products.push(child);
	const lines = createInterface({ input: child.stdout });
	const [line] = await once(lines, 'line');
	expect(line).toBe('open');
	return { process: child, lines };
}

/** The persons a product has acknowledged by the time it is gone; `end` is called after the given number. */
async function acknowledgedWhile(
	product: Product,
	enough: number,
	end: () => Promise<void>,
): Promise<string[]> {
	const acknowledged: string[] = [];
	const gone = once(product.lines, 'close');
	const reached = Promise.withResolvers<void>();
	product.lines.on('line', line => {
		acknowledged.push(line);
		if (acknowledged.length === enough) reached.resolve();
	});
	await reached.promise;
	await end();
	await gone;
	return acknowledged;
}

async function kill(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	child.kill('SIGKILL');
	await once(child, 'exit');
}

async function killPostgres(): Promise<number> {
	const pid = await recordedServer(data());
	if (pid === undefined) throw new Error('No PostgreSQL runs.');
	process.kill(pid, 'SIGKILL');
	return pid;
}

/** Asks until another server than the killed one answers; the sessions of the killed one may go on for a moment. */
async function untilReplaced(killed: number, stores: Stores): Promise<void> {
	for (;;) {
		const running = await runningServer(data());
		const [postgres] = await stores.health();
		if (running !== undefined && running !== killed && postgres?.answers) return;
	}
}

function data(): string {
	return join(dataFolder, 'postgres', 'data');
}

/** What a killed product leaves running is not ours to leave behind. */
async function endPostgres(): Promise<void> {
	const pid = await recordedServer(data());
	if (pid !== undefined) await close(await open());
}

async function keep(stores: Stores, person: string): Promise<void> {
	await stores.postgres.inWorkspace(wholeWorkspace(acme), trx =>
		trx.insertInto('suppressions').values({ workspace: acme, person, reason: 'asked' }).execute(),
	);
}

async function kept(stores: Stores): Promise<string[]> {
	const rows = await stores.postgres.inWorkspace(wholeWorkspace(acme), trx =>
		trx.selectFrom('suppressions').select('person').orderBy('person').execute(),
	);
	return rows.map(row => row.person);
}
