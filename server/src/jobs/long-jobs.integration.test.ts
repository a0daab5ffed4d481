import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type WorkspaceId, workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { wholeWorkspace } from '../database/scope.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../database/testing/embedded-postgres.ts';
import { type LongJobs, type LongJobsOptions, startLongJobs } from './long-jobs.jobs.ts';
import { cancelLongJob, enqueueLongJob, type LongJob, listLongJobs, longJob } from './long-jobs.queries.ts';
import { countUp } from './testing/count-up.ts';
import type { LongJobHandler } from './work-through-long-jobs.jobs.ts';

const acme = workspaceIdSchema.parse('acme');
const other = workspaceIdSchema.parse('other');
const now = () => new Date('2026-05-01T12:00:00Z');
const log = pino({ level: 'silent' });
let postgres: EmbeddedPostgres;
let running: LongJobs[] = [];

beforeAll(async () => {
	postgres = await startEmbeddedPostgres();
});
afterAll(() => postgres?.close());
afterEach(async () => {
	for (const jobs of running) await jobs.stop();
	running = [];
	await postgres.door.acrossWorkspaces('test', trx => trx.deleteFrom('long_jobs').execute());
});

test('a job runs once it is asked for, and its progress can be seen meanwhile', async () => {
	const halfway = Promise.withResolvers<void>();
	const goOn = Promise.withResolvers<void>();
	await start([
		countUp(async reached => {
			if (reached !== 5) return;
			halfway.resolve();
			await goOn.promise;
		}),
	]);
	const { id, state } = await ask('count-up', { upTo: 10 });
	expect(state).toBe('waiting');
	await halfway.promise;
	expect(await job(id)).toMatchObject({
		state: 'running',
		done: 5,
		total: 10,
		startedAt: now(),
		finishedAt: null,
	});
	goOn.resolve();
	expect(await ended(id)).toMatchObject({
		state: 'finished',
		done: 10,
		total: 10,
		detail: { upTo: 10, reached: 10 },
		finishedAt: now(),
		error: null,
	});
});

test('a job whose transaction is rolled back never runs', async () => {
	const counted: number[] = [];
	await start([countUp(reached => void counted.push(reached))]);
	await expect(
		postgres.door.inWorkspace(wholeWorkspace(acme), async trx => {
			await enqueueLongJob(trx, { workspace: acme, kind: 'count-up', detail: { upTo: 3 } });
			throw new Error('no');
		}),
	).rejects.toThrow('no');
	await ended((await ask('count-up', { upTo: 1 })).id);
	expect(counted).toEqual([1]);
});

test('jobs of one kind run one after the other in a workspace, however many processes there are', async () => {
	let atOnce = 0;
	let most = 0;
	const order: unknown[] = [];
	const handler: LongJobHandler = {
		kind: 'alone',
		async run({ detail }, progress) {
			most = Math.max(most, ++atOnce);
			for (let done = 0; done < 5; done++) await progress({ done });
			order.push(detail);
			atOnce--;
		},
	};
	for (let process = 0; process < 3; process++) await start([handler]);
	const asked: LongJob[] = [];
	for (let number = 0; number < 6; number++) asked.push(await ask('alone', { number }));
	for (const { id } of asked) expect((await ended(id)).state).toBe('finished');
	expect(most).toBe(1);
	expect(order).toEqual([0, 1, 2, 3, 4, 5].map(number => ({ number })));
});

test('jobs of other kinds and of other workspaces run at the same time', async () => {
	const together = new EventEmitter();
	let inside = 0;
	const meet = async () => {
		if (++inside === 3) together.emit('all');
		else await once(together, 'all');
	};
	await start([
		{ kind: 'left', run: meet },
		{ kind: 'right', run: meet },
	]);
	const asked = [await ask('left', {}), await ask('right', {}), await ask('left', {}, other)];
	for (const { id, workspace } of asked) expect((await ended(id, workspace)).state).toBe('finished');
});

test('a job that fails says why, and the next one runs', async () => {
	await start([
		{
			kind: 'doubtful',
			async run({ detail }) {
				if ('bad' in detail) throw new Error('The file ended in the middle of a row.');
			},
		},
	]);
	const bad = await ask('doubtful', { bad: true });
	const good = await ask('doubtful', {});
	expect(await ended(bad.id)).toMatchObject({
		state: 'failed',
		error: 'The file ended in the middle of a row.',
	});
	expect(await ended(good.id)).toMatchObject({ state: 'finished', error: null });
});

test('a waiting job that is cancelled never runs', async () => {
	const { id } = await ask('count-up', { upTo: 3 });
	expect(await cancel(id)).toMatchObject({ state: 'cancelled', finishedAt: now() });
	const counted: number[] = [];
	await start([countUp(reached => void counted.push(reached))]);
	await ended((await ask('count-up', { upTo: 1 })).id);
	expect(counted).toEqual([1]);
	expect(await job(id)).toMatchObject({ state: 'cancelled', done: 0 });
});

test('a running job that is cancelled stops at its next step, keeping what it had reached', async () => {
	const begun = Promise.withResolvers<void>();
	const cancelled = Promise.withResolvers<void>();
	await start([
		countUp(async reached => {
			if (reached !== 2) return;
			begun.resolve();
			await cancelled.promise;
		}),
	]);
	const { id } = await ask('count-up', { upTo: 1_000_000 });
	await begun.promise;
	expect(await cancel(id)).toMatchObject({ state: 'running', cancelRequested: true });
	cancelled.resolve();
	expect(await ended(id)).toMatchObject({ state: 'cancelled', done: 3 });
});

test('a running job that takes no steps is told to stop as well', async () => {
	const begun = Promise.withResolvers<void>();
	const handler: LongJobHandler = {
		kind: 'deaf',
		async run(_job, _progress, signal) {
			begun.resolve();
			if (!signal.aborted) await once(signal, 'abort');
			signal.throwIfAborted();
		},
	};
	await start([handler], { lookForCancelEveryMs: 10 });
	const { id } = await ask('deaf', {});
	await begun.promise;
	await cancel(id);
	expect((await ended(id)).state).toBe('cancelled');
});

test('a job that has ended cannot be cancelled, and one of another workspace cannot be found', async () => {
	await start([countUp(() => undefined)]);
	const { id } = await ask('count-up', { upTo: 1 });
	await ended(id);
	expect(await cancel(id)).toMatchObject({ state: 'finished', cancelRequested: false });
	expect(await cancel(id, other)).toBeUndefined();
	expect(await job(id, other)).toBeUndefined();
});

test('a job in hand when the process stops goes on from there after the next start', async () => {
	const reachedFive = Promise.withResolvers<void>();
	const [first] = await start([countUp(reached => (reached === 5 ? reachedFive.resolve() : undefined))]);
	const { id } = await ask('count-up', { upTo: 100_000 });
	await reachedFive.promise;
	await first?.stop();
	const left = await job(id);
	expect(left?.state).toBe('running');

	let from = 0;
	await postgres.door.inWorkspace(wholeWorkspace(acme), trx =>
		trx
			.updateTable('long_jobs')
			.set({ detail: JSON.stringify({ ...left?.detail, upTo: (left?.done ?? 0) + 3 }) })
			.execute(),
	);
	await start([
		countUp((_reached, began) => {
			from = began;
		}),
	]);
	expect(await ended(id)).toMatchObject({ state: 'finished', done: (left?.done ?? 0) + 3 });
	expect(from).toBe(left?.done);
});

test('a job whose process was killed goes on from what it had written down', async () => {
	const { id } = await ask('count-up', { upTo: 300 });
	const product = spawn(
		process.execPath,
		[fileURLToPath(new URL('./testing/counting-product.ts', import.meta.url)), postgres.dataFolder],
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	let printed = 0;
	for await (const line of createInterface({ input: product.stdout })) {
		printed = Number(line);
		if (printed === 40) product.kill('SIGKILL');
	}
	expect(printed).toBeLessThan(300);

	let from = 0;
	await start([
		countUp((_reached, began) => {
			from = began;
		}),
	]);
	expect(await ended(id)).toMatchObject({ state: 'finished', done: 300 });
	expect(from).toBeGreaterThanOrEqual(printed);
});

test('a job that finds a store away is taken up again when it is back', async () => {
	let tries = 0;
	const handler: LongJobHandler = {
		kind: 'patient',
		async run() {
			if (++tries < 3) throw new StoreUnavailable('columns', { retryAfterSeconds: 1 });
		},
	};
	await start([handler], { lookEveryMs: 20 });
	const { id } = await ask('patient', {});
	expect(await ended(id)).toMatchObject({ state: 'finished', error: null });
	expect(tries).toBe(3);
});

test('jobs go on after PostgreSQL was killed under them', async () => {
	const begun = Promise.withResolvers<void>();
	await start([countUp(reached => (reached === 20 ? begun.resolve() : undefined))], { lookEveryMs: 50 });
	const { id } = await ask('count-up', { upTo: 400 });
	await begun.promise;
	const pid = postgres.server.pid();
	if (pid === undefined) throw new Error('No PostgreSQL runs.');
	process.kill(pid, 'SIGKILL');
	expect(await ended(id)).toMatchObject({ state: 'finished', done: 400 });
	expect((await ended((await ask('count-up', { upTo: 1 })).id)).state).toBe('finished');
});

test('the newest jobs are listed first, by kind where that is asked for', async () => {
	const first = await ask('a', {});
	const second = await ask('b', {});
	await ask('a', {}, other);
	const list = (kind?: string) =>
		postgres.door.inWorkspace(wholeWorkspace(acme), async trx =>
			(await listLongJobs(trx, acme, { limit: 10, ...(kind === undefined ? {} : { kind }) })).map(
				row => row.id,
			),
		);
	expect(await list()).toEqual([second.id, first.id]);
	expect(await list('a')).toEqual([first.id]);
});

test('two handlers for one kind are refused', async () => {
	const handler = countUp(() => undefined);
	await expect(start([handler, handler])).rejects.toThrow('Two handlers');
});

async function start(
	handlers: readonly LongJobHandler[],
	options: Partial<LongJobsOptions> = {},
): Promise<LongJobs[]> {
	running.push(await startLongJobs({ postgres: postgres.door, handlers, now, log, ...options }));
	return running;
}

function ask(kind: string, detail: object, workspace: WorkspaceId = acme): Promise<LongJob> {
	return postgres.door.inWorkspace(wholeWorkspace(workspace), trx =>
		enqueueLongJob(trx, { workspace, kind, detail }),
	);
}

function cancel(id: string, workspace: WorkspaceId = acme): Promise<LongJob | undefined> {
	return postgres.door.inWorkspace(wholeWorkspace(workspace), trx =>
		cancelLongJob(trx, workspace, id, now()),
	);
}

function job(id: string, workspace: WorkspaceId = acme): Promise<LongJob | undefined> {
	return postgres.door.inWorkspace(wholeWorkspace(workspace), trx => longJob(trx, workspace, id));
}

/** Asks until the job has ended; while the store is away it asks again. */
async function ended(id: string, workspace: WorkspaceId = acme): Promise<LongJob> {
	for (;;) {
		const current = await job(id, workspace).catch(error => {
			if (error instanceof StoreUnavailable) return undefined;
			throw error;
		});
		if (current && !['waiting', 'running'].includes(current.state)) return current;
	}
}
