import { spawn } from 'node:child_process';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { preparePostgresBinaries } from './postgres-binaries.ts';
import {
	clusterConnection,
	clusterProcess,
	clusterSettings,
	makeCluster,
	type PostgresSite,
} from './postgres-cluster.ts';
import { clientConfig, type PostgresConnection } from './postgres-connection.ts';
import { makePostgresFolders, type PostgresFolders } from './postgres-folders.ts';
import { isServer, processExists, processIn, runningServer } from './postgres-process.ts';
import { serverUser } from './postgres-user.ts';

/** The embedded PostgreSQL, watched: it is started again whenever it dies before `stop`. */
export type PostgresServer = {
	readonly connection: PostgresConnection;
	/** The process id of the server, while one runs. */
	pid(): number | undefined;
	/** Ends the server cleanly: running statements are broken off, everything committed is kept. */
	stop(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL of a data folder, making its cluster on the first start. A server that outlived its
 * product is taken over; one that crashed recovers. The caller holds the data folder's lock.
 */
export async function startPostgresServer(options: {
	dataFolder: string;
	log: Logger;
}): Promise<PostgresServer> {
	const { log } = options;
	const user = await serverUser(join(options.dataFolder, 'postgres', 'data'));
	const folders = await makePostgresFolders(options.dataFolder, user);
	const binaries = await preparePostgresBinaries({ copies: folders.home, user });
	const site: Site = { binaries, folders, user, log };
	await makeCluster(site);

	const stopping = new AbortController();
	let current: Running | undefined = (await takeOver(site)) ?? (await start(site));
	const watching = watch();

	async function watch(): Promise<void> {
		while (current !== undefined) {
			await current.ended;
			current = undefined;
			if (stopping.signal.aborted) return;
			log.error('the embedded postgres ended unexpectedly and is started again');
			const again = await startAgain(site, stopping.signal);
			if (again !== undefined && stopping.signal.aborted) await end(again);
			else current = again;
		}
	}

	return {
		connection: clusterConnection(folders),
		pid: () => current?.pid,
		async stop() {
			stopping.abort();
			if (current !== undefined) await end(current);
			await watching;
		},
	};
}

type Site = PostgresSite & { readonly log: Logger };

type Running = { readonly pid: number; readonly ended: Promise<void> };

async function takeOver(site: Site): Promise<Running | undefined> {
	const { data } = site.folders;
	const pid = await runningServer(data);
	if (pid === undefined) return undefined;
	site.log.info({ pid }, 'a postgres of an earlier start still runs on this data folder');
	const running = { pid, ended: endOf(pid, data) };
	if ((await readiness(site, running)) === 'ready') return running;
	return undefined; // it was on its way out
}

/** Starts the server, for up to 15 s while the remains of a crashed one are being cleared away by the operating system. */
async function start(site: Site): Promise<Running> {
	await rotateLog(site.folders);
	const giveUp = Date.now() + 15_000;
	for (;;) {
		await removeStaleLocks(site.folders);
		const logStart = await logSize(site.folders);
		const running = await spawnServer(site);
		if ((await readiness(site, running)) === 'ready') return running;
		const said = await logSince(site.folders, logStart);
		if (!/lock file .* already exists|shared memory block/.test(said) || Date.now() > giveUp) {
			throw new Error(`The embedded PostgreSQL did not start. It said:\n${said.trim() || '(nothing)'}`);
		}
		await pause(200);
	}
}

async function startAgain(site: Site, stopping: AbortSignal): Promise<Running | undefined> {
	for (let wait = 250; !stopping.aborted; wait = Math.min(wait * 2, 10_000)) {
		try {
			return await start(site);
		} catch (error) {
			site.log.error(
				{ error: error instanceof Error ? error.message : String(error) },
				'postgres does not start',
			);
			await pause(wait, undefined, { signal: stopping }).catch(() => undefined);
		}
	}
	return undefined;
}

/** PostgreSQL clears a dead server's locks itself, except when its process id is, or still seems, taken. */
async function removeStaleLocks({ data, socket }: PostgresFolders): Promise<void> {
	for (const lock of [join(data, 'postmaster.pid'), join(socket, '.s.PGSQL.5432.lock')]) {
		const pid = await processIn(lock);
		if (pid !== undefined && processExists(pid) && !(await isServer(pid, data)))
			await rm(lock, { force: true });
	}
}

async function spawnServer(site: Site): Promise<Running> {
	const { binaries, folders, user } = site;
	const logFile = await open(logPath(folders), 'a', 0o600);
	const settings = Object.entries(clusterSettings(site)).flatMap(([name, value]) => [
		'-c',
		`${name}=${value}`,
	]);
	const child = spawn(binaries.postgres, ['-D', folders.data, ...settings], {
		...clusterProcess(user),
		// A process group of its own: Ctrl-C in a terminal reaches the product, which then ends the server in order.
		detached: true,
		stdio: ['ignore', logFile.fd, logFile.fd],
	});
	const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
	const failed = new Promise<never>((_, reject) => child.once('error', reject));
	await logFile.close();
	return child.pid === undefined ? await failed : { pid: child.pid, ended };
}

/** Waits until the server answers, however long it recovers, or until it ends. */
async function readiness(site: Site, running: Running): Promise<'ready' | 'ended'> {
	let ended = false;
	const end = running.ended.then(() => {
		ended = true;
	});
	const began = Date.now();
	let told = began;
	while (!ended) {
		if (await answers(site.folders)) return 'ready';
		if (Date.now() - told > 10_000) {
			told = Date.now();
			site.log.warn({ seconds: Math.round((told - began) / 1000) }, 'postgres is still recovering');
		}
		await Promise.race([end, pause(25)]);
	}
	return 'ended';
}

async function answers(folders: PostgresFolders): Promise<boolean> {
	const client = new pg.Client(clientConfig(clusterConnection(folders), {}));
	client.on('error', () => undefined);
	try {
		await client.connect();
	} catch (error) {
		// A wrong user will not mend by waiting; being absent or starting will. Here `end` would wait for ever.
		if (error instanceof pg.DatabaseError && error.code?.startsWith('28')) throw error;
		return false;
	}
	await client.end();
	return true;
}

/** Resolves when a server that is not our child ends; there is no signal for that, so it looks four times a second. */
async function endOf(pid: number, data: string): Promise<void> {
	while (await isServer(pid, data)) await pause(250);
}

async function end(running: Running): Promise<void> {
	signal(running, 'SIGINT');
	const patience = new AbortController();
	const ended = running.ended.then(() => 'ended');
	const late = pause(30_000, 'late', { signal: patience.signal }).catch(() => 'ended');
	// Its write-ahead log makes even an immediate end safe; the next start recovers.
	if ((await Promise.race([ended, late])) === 'late') signal(running, 'SIGQUIT');
	patience.abort();
	await running.ended;
}

function signal(running: Running, name: NodeJS.Signals): void {
	if (processExists(running.pid)) process.kill(running.pid, name);
}

async function rotateLog(folders: PostgresFolders): Promise<void> {
	if ((await logSize(folders)) > largestLog)
		await rename(logPath(folders), join(folders.home, 'server.old.log'));
}

const largestLog = 5_000_000;

function logPath(folders: PostgresFolders): string {
	return join(folders.home, 'server.log');
}

async function logSize(folders: PostgresFolders): Promise<number> {
	return (await stat(logPath(folders)).catch(() => ({ size: 0 }))).size;
}

async function logSince(folders: PostgresFolders, start: number): Promise<string> {
	return (await readFile(logPath(folders))).subarray(start).toString();
}
