import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { StoreUnavailable } from '../store-unavailable.ts';
import { type EngineOrder, type EngineReport, readEngineReport } from './engine-messages.ts';
import { type WatchLimits, watchEngine } from './engine-watch.ts';

export type EngineOptions = {
	/** Where the engine keeps its files; made when absent. */
	readonly folder: string;
	readonly log: Logger;
	/** What a statement finds set when it says nothing else. */
	readonly profile: Readonly<Record<string, string>>;
	readonly memoryBytes?: number;
	readonly shards?: 'one' | 'two';
	/** How long to wait for another engine to leave the folder, such as one that outlived its parent. */
	readonly folderWaitSeconds?: number;
	readonly watch?: WatchLimits;
};

/** Where the engine answers at the moment. The address changes with every start. */
export type EngineAddress = { readonly url: string; readonly token: string };

export interface Engine {
	/** @throws StoreUnavailable while the engine is starting again. */
	address(): EngineAddress;
	/** The running process, for those who watch or stop it; none while it is starting again. */
	readonly processId: number | undefined;
	/** Lets the statements in hand finish and ends the process for good. */
	close(): Promise<void>;
}

/** The folder cannot be used: another engine holds it, or it is broken. The message says what to do. */
export class EngineFolderError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'EngineFolderError';
	}
}

const defaultMemoryBytes = 900_000_000;

const defaultWatch: WatchLimits = { everyMilliseconds: 5_000, silentMilliseconds: 60_000 };

/**
 * Starts the embedded engine as a process of its own and keeps it running: when it dies it is started again, after waits
 * that grow while it keeps dying.
 *
 * @throws EngineFolderError when the folder is held by another engine or the engine cannot open it.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
	const supervisor = new EngineSupervisor(options);
	await supervisor.start();
	return supervisor;
}

type Running = { readonly child: ChildProcess; readonly address: EngineAddress; readonly since: number };

class EngineSupervisor implements Engine {
	readonly #options: EngineOptions;
	#running: Running | undefined;
	#restarting: Promise<void> | undefined;
	readonly #closing = new AbortController();
	#failures = 0;

	constructor(options: EngineOptions) {
		this.#options = options;
	}

	async start(): Promise<void> {
		const deadline = Date.now() + (this.#options.folderWaitSeconds ?? 15) * 1000;
		for (;;) {
			try {
				return this.#adopt(await startProcess(this.#options, this.#closing.signal));
			} catch (error) {
				if (!(error instanceof FolderHeld) || Date.now() >= deadline) throw error;
				await wait(250, undefined, { signal: this.#closing.signal });
			}
		}
	}

	address(): EngineAddress {
		if (this.#running === undefined) throw new StoreUnavailable('columns', { retryAfterSeconds: 2 });
		return this.#running.address;
	}

	get processId(): number | undefined {
		return this.#running?.child.pid;
	}

	async close(): Promise<void> {
		this.#closing.abort();
		await this.#restarting;
		const child = this.#running?.child;
		this.#running = undefined;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, 'exit');
		child.kill('SIGTERM');
		await ended;
	}

	#adopt(running: Running): void {
		this.#running = running;
		watchEngine(running.child, running.address.url, this.#options.watch ?? defaultWatch, () => {
			this.#options.log.error('the columnar engine no longer answers and is ended');
		});
		running.child.once('exit', (code, signal) => {
			this.#running = undefined;
			if (this.#closing.signal.aborted) return;
			this.#options.log.error({ code, signal }, 'the columnar engine died and is started again');
			this.#failures = Date.now() - running.since > steadyMilliseconds ? 0 : this.#failures + 1;
			this.#restarting = this.#restart();
		});
	}

	async #restart(): Promise<void> {
		while (!this.#closing.signal.aborted) {
			try {
				if (this.#failures > 0)
					await wait(backoff(this.#failures), undefined, { signal: this.#closing.signal });
				this.#adopt(await startProcess(this.#options, this.#closing.signal));
				this.#options.log.info('the columnar engine runs again');
				return;
			} catch (error) {
				if (this.#closing.signal.aborted) return;
				this.#failures++;
				this.#options.log.error({ err: error }, 'the columnar engine could not be started; trying again');
			}
		}
	}
}

/** An engine that ran this long counts as steady; its next death starts the waits anew. */
const steadyMilliseconds = 60_000;

function backoff(failures: number): number {
	return Math.min(200 * 2 ** (failures - 1), 10_000);
}

const processFile = fileURLToPath(new URL('./engine-process.ts', import.meta.url));

async function startProcess(options: EngineOptions, closing: AbortSignal): Promise<Running> {
	closing.throwIfAborted();
	const child = fork(processFile, [], {
		// A group of its own: Ctrl-C in a terminal must not reach the engine before the parent has drained.
		detached: true,
		execArgv: [],
		env: { PATH: process.env.PATH, TZ: 'UTC', UV_THREADPOOL_SIZE: '16' },
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	forwardOutput(child, options.log);
	const token = randomBytes(32).toString('base64url');
	const order: EngineOrder = {
		folder: options.folder,
		token,
		memoryBytes: options.memoryBytes ?? defaultMemoryBytes,
		shards: options.shards ?? 'one',
		profile: { ...options.profile },
	};
	const reported = firstReport(child);
	child.send(order);
	const report = await reported;
	if (report.kind === 'ready') {
		return { child, address: { url: `http://127.0.0.1:${report.port}`, token }, since: Date.now() };
	}
	if (report.kind === 'held') throw new FolderHeld(report.message);
	throw new EngineFolderError(`The columnar engine cannot open ${options.folder}: ${report.message}`);
}

class FolderHeld extends EngineFolderError {}

async function firstReport(child: ChildProcess): Promise<EngineReport> {
	const { promise, resolve, reject } = Promise.withResolvers<EngineReport>();
	child.once('message', message => {
		try {
			resolve(readEngineReport(message));
		} catch (error) {
			reject(error);
		}
	});
	child.once('error', reject);
	child.once('exit', (code, signal) => {
		reject(new Error(`The columnar engine ended before it was ready (code ${code}, signal ${signal})`));
	});
	return promise;
}

function forwardOutput(child: ChildProcess, log: Logger): void {
	for (const stream of [child.stdout, child.stderr]) {
		if (stream === null) continue;
		createInterface({ input: stream }).on('line', line => log.warn({ line }, 'the columnar engine wrote'));
	}
}
