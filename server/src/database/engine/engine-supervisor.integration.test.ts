import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ColumnsAddress, ColumnsDoor } from '../columns-door.ts';
import { type ColumnsStore, openColumnsStore, startMigratedEngine } from '../columns-store.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { alone } from '../testing/embedded-columns.ts';
import { EngineFolderError, startEngine } from './engine-supervisor.ts';

const log = pino({ level: 'silent' });

if (process.platform !== 'linux') {
	console.info('The memory of another process can be read on Linux only, so its test is skipped');
}

let dataFolder: string;

beforeEach(async () => {
	dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-engine-'));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

const open = () => openColumnsStore({ dataFolder, log, withLock: alone });
const columns = ['workspace', 'person', 'id', 'time', 'received_at'];
const line = (id: number) => `["w","p","${id}","2024-01-01 00:00:00","2024-01-01 00:00:00"]\n`;

async function storedIds(door: ColumnsDoor): Promise<Set<number>> {
	const rows = await door.house.rows({
		sql: 'SELECT id FROM interactions FINAL',
		row: z.object({ id: z.coerce.number() }),
		maxRows: 1_000_000,
	});
	return new Set(rows.map(({ id }) => id));
}

/** Asks until the store answers again; every other outcome than "unavailable" is a failure. */
async function onceAvailable<T>(ask: () => Promise<T>): Promise<T> {
	const deadline = Date.now() + 30_000;
	for (;;) {
		try {
			return await ask();
		} catch (error) {
			if (!(error instanceof StoreUnavailable) || Date.now() > deadline) throw error;
			await new Promise(resolve => setTimeout(resolve, 20));
		}
	}
}

function processIdOf(store: ColumnsStore): number {
	const { processId } = store;
	if (processId === undefined) throw new Error('The engine does not run');
	return processId;
}

function isAlive(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return true;
	} catch {
		return false;
	}
}

async function untilGone(processId: number): Promise<void> {
	const deadline = Date.now() + 15_000;
	while (isAlive(processId)) {
		if (Date.now() > deadline) throw new Error(`Process ${processId} is still there`);
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}

describe('the embedded columnar engine', () => {
	it('loses nothing it acknowledged when it is killed, and comes back by itself', async () => {
		const store = await open();
		const acknowledged = new Set<number>();
		let next = 0;
		for (let death = 0; death < 3; death++) {
			const writers = Array.from({ length: 4 }, async () => {
				for (;;) {
					const ids = Array.from({ length: 50 }, () => next++);
					try {
						await store.door.house.insertLines('interactions', columns, ids.map(line).join(''));
						for (const id of ids) acknowledged.add(id);
					} catch (error) {
						expect(error).toBeInstanceOf(StoreUnavailable);
						return;
					}
				}
			});
			const before = acknowledged.size;
			while (acknowledged.size < before + 1_000) await new Promise(resolve => setTimeout(resolve, 5));
			process.kill(processIdOf(store), 'SIGKILL');
			await Promise.all(writers);
			const stored = await onceAvailable(() => storedIds(store.door));
			expect([...acknowledged].filter(id => !stored.has(id))).toEqual([]);
		}
		await store.close();
	});

	it('says that it is unavailable while it is away, and for how long', async () => {
		const store = await open();
		process.kill(processIdOf(store), 'SIGKILL');
		const asked = store.door.house.run('SELECT 1');
		await expect(asked).rejects.toMatchObject({
			name: 'StoreUnavailable',
			store: 'columns',
			retryAfterSeconds: 2,
		});
		await onceAvailable(() => store.door.house.run('SELECT 1'));
		await store.close();
	});

	it('is started again when it lives but no longer answers', async () => {
		const watch = { everyMilliseconds: 200, silentMilliseconds: 5_000 };
		const engine = await startEngine({ folder: join(dataFolder, 'columns'), log, profile: {}, watch });
		const { processId } = engine;
		if (processId === undefined) throw new Error('The engine does not run');
		process.kill(processId, 'SIGSTOP');
		await untilGone(processId);
		expect(await onceAvailable(async () => engine.address().url)).toMatch(/^http/);
		expect(engine.processId).not.toBe(processId);
		await engine.close();
	});

	it('finishes what it is doing before it ends', async () => {
		const store = await open();
		const processId = processIdOf(store);
		const engineEnds = untilGone(processId);
		const inserts = Array.from({ length: 20 }, (_, index) =>
			store.door.house.insertLines('interactions', columns, line(index)).then(() => index),
		);
		// Looked at from the start: some are refused while the engine ends.
		const settled = Promise.allSettled(inserts);
		await Promise.any(inserts);
		process.kill(processId, 'SIGTERM');
		await engineEnds;
		const outcomes = await settled;
		const acknowledged = outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : []));
		expect(acknowledged.length).toBeGreaterThan(0);
		const stored = await onceAvailable(() => storedIds(store.door));
		expect(acknowledged.filter(id => !stored.has(id))).toEqual([]);
		await store.close();
	});

	it('keeps its rows when it is closed and opened again', async () => {
		const first = await open();
		await first.door.house.insertLines('interactions', columns, line(1));
		const processId = processIdOf(first);
		await first.close();
		expect(isAlive(processId)).toBe(false);
		await expect(first.door.house.run('SELECT 1')).rejects.toBeInstanceOf(StoreUnavailable);
		const second = await open();
		expect(await storedIds(second.door)).toEqual(new Set([1]));
		await second.close();
	});

	it('shares its folder with no other', async () => {
		const store = await open();
		const another = startEngine({
			folder: join(dataFolder, 'columns'),
			log,
			profile: {},
			folderWaitSeconds: 0,
		});
		await expect(another).rejects.toThrow(EngineFolderError);
		await expect(another).rejects.toThrow(/is in use by another Touchstone \(process \d+\)\. Stop that one/);
		expect(await storedIds(store.door)).toEqual(new Set());
		await store.close();
	});

	it('waits a while for one that is about to leave the folder', async () => {
		const leaving = await open();
		const coming = open();
		await leaving.close();
		const store = await coming;
		expect(await store.version()).toMatch(/^\d+\.\d+/);
		await store.close();
	});

	it('says so when it cannot use its folder', async () => {
		await writeFile(join(dataFolder, 'a-file'), '');
		const nowhere = startEngine({ folder: join(dataFolder, 'a-file', 'columns'), log, profile: {} });
		await expect(nowhere).rejects.toThrow(/The columnar engine cannot open .*a-file.*: ENOTDIR/);
	});

	it('ends when the process that started it is killed', async () => {
		const owner = fork(join(import.meta.dirname, '../testing/engine-owner.ts'), [dataFolder], {
			execArgv: [],
		});
		const [message] = await once(owner, 'message');
		const { engine } = z.object({ engine: z.number() }).parse(message);
		expect(isAlive(engine)).toBe(true);
		owner.kill('SIGKILL');
		await untilGone(engine);
	});

	it('refuses a question that came past the door', async () => {
		const { engine, address } = await startMigratedEngine({ dataFolder, log, withLock: alone });
		for (const sql of ['SELECT count() FROM touchstone.interactions', 'SELECT 1 FROM touchstone.arrivals']) {
			const refused = await askDirectly(address(), sql);
			expect(await refused.text()).toMatch(/read_without_a_scope_and_past_the_columns_door/);
			expect(refused.status).toBe(404);
		}
		expect(await (await askDirectly(address(), 'SELECT 1')).text()).toBe('1\n');
		await engine.close();
	});

	it.skipIf(process.platform !== 'linux')(
		'holds nothing of short statements while a long one runs',
		async () => {
			const { engine, address } = await startMigratedEngine({ dataFolder, log, withLock: alone });
			const short = () => Promise.all(Array.from({ length: 3 }, () => askDirectly(address(), 'SELECT 1')));
			for (let round = 0; round < 50; round++) await short();
			const controller = new AbortController();
			const long = fetch(address().url, {
				method: 'POST',
				body: 'SELECT sleepEachRow(1) FROM numbers(600) SETTINGS max_block_size = 1 FORMAT JSON',
				headers: { 'X-ClickHouse-Key': address().password },
				signal: controller.signal,
			});
			const before = await residentMegabytes(engine.processId);
			for (let round = 0; round < 200; round++) await short();
			// Kept open, six hundred connections would hold 300 MB.
			expect((await residentMegabytes(engine.processId)) - before).toBeLessThan(100);
			controller.abort();
			await expect(long).rejects.toThrow('aborted');
			await engine.close();
		},
	);

	it('turns statements away rather than pile them up, and goes on', async () => {
		const { engine, address } = await startMigratedEngine({ dataFolder, log, withLock: alone });
		const slow = Array.from({ length: 4 }, () => askDirectly(address(), 'SELECT sleep(3)'));
		const asked = Array.from({ length: 300 }, () => askDirectly(address(), 'SELECT 1'));
		const answers = await Promise.all([...slow, ...asked]);
		const refused = answers.filter(({ status }) => status === 503);
		expect(refused.length).toBeGreaterThan(0);
		for (const { headers } of refused) expect(headers.get('retry-after')).toBe('1');
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(304 - refused.length);
		expect((await askDirectly(address(), 'SELECT 1')).status).toBe(200);
		await engine.close();
	});
});

async function residentMegabytes(processId: number | undefined): Promise<number> {
	const status = await readFile(`/proc/${processId}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function askDirectly({ url, password }: ColumnsAddress, sql: string): Promise<Response> {
	return fetch(url, { method: 'POST', body: sql, headers: { 'X-ClickHouse-Key': password } });
}
