import { execFile, spawn } from 'node:child_process';
import { chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Logger } from 'pino';
import { type PostgresBinaries, preparePostgresBinaries } from './postgres-binaries.ts';
import { clientConfig, type PostgresConnection } from './postgres-connection.ts';
import { makePostgresFolders, type PostgresFolders } from './postgres-folders.ts';
import { isServer, processExists, recordedServer, runningServer } from './postgres-process.ts';
import { ownUserName, type ServerUser, serverUser } from './postgres-user.ts';

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
 *
 * @param settings PostgreSQL settings on top of ours
 */
export async function startPostgresServer(options: {
	dataFolder: string;
	log: Logger;
	settings?: Readonly<Record<string, string>>;
}): Promise<PostgresServer> {
	const { log } = options;
	const user = await serverUser();
	const folders = await makePostgresFolders(options.dataFolder, user);
	const binaries = await preparePostgresBinaries({ copies: folders.home, user });
	await makeCluster(binaries, folders, user);
	const site: Site = { binaries, folders, user, log, settings: options.settings ?? {} };

	let stopping = false;
	let current: Running | undefined = (await takeOver(site)) ?? (await start(site));
	const watching = watch();

	async function watch(): Promise<void> {
		while (current !== undefined) {
			await current.ended;
			current = undefined;
			if (stopping) return;
			log.error('the embedded postgres ended unexpectedly and is started again');
			current = await startAgain(site, () => stopping);
		}
	}

	return {
		connection: connectionOf(folders),
		pid: () => current?.pid,
		async stop() {
			stopping = true;
			if (current !== undefined) await end(current);
			await watching;
			// A start that was under way when `stop` was asked for may just have succeeded.
			if (current !== undefined) await end(current);
		},
	};
}

type Site = {
	readonly binaries: PostgresBinaries;
	readonly folders: PostgresFolders;
	readonly user: ServerUser | undefined;
	readonly log: Logger;
	readonly settings: Readonly<Record<string, string>>;
};

type Running = { readonly pid: number; readonly ended: Promise<void> };

const databaseUser = 'touchstone';
const port = 5432;

function connectionOf(folders: PostgresFolders): PostgresConnection {
	return { host: folders.socket, port, user: databaseUser, database: 'postgres' };
}

/** Modest memory for a server that shares a laptop; nothing that makes a commit less durable. */
function settingsOf(site: Site): Record<string, string> {
	return {
		listen_addresses: '',
		unix_socket_directories: `"${site.folders.socket}"`,
		port: String(port),
		max_connections: '60',
		superuser_reserved_connections: '3',
		shared_buffers: '64MB',
		work_mem: '8MB',
		maintenance_work_mem: '64MB',
		max_worker_processes: '2',
		max_parallel_workers: '0',
		io_method: 'sync',
		jit: 'off',
		huge_pages: 'off',
		wal_level: 'minimal',
		max_wal_senders: '0',
		min_wal_size: '32MB',
		max_wal_size: '256MB',
		fsync: 'on',
		full_page_writes: 'on',
		synchronous_commit: 'on',
		log_timezone: 'UTC',
		log_checkpoints: 'off',
		// Statements and details can hold customers' data, which does not belong in a log.
		log_min_error_statement: 'panic',
		log_error_verbosity: 'terse',
		...site.settings,
	};
}

async function makeCluster(
	binaries: PostgresBinaries,
	folders: PostgresFolders,
	user: ServerUser | undefined,
): Promise<void> {
	if ((await stat(folders.data).catch(() => undefined)) === undefined) {
		// Made aside and moved into place whole, so that a start broken off here is simply repeated.
		const unfinished = join(folders.home, 'unfinished');
		await rm(unfinished, { recursive: true, force: true });
		await mkdir(unfinished, { mode: 0o700 });
		if (user !== undefined) await chown(unfinished, user.uid, user.gid);
		await promisify(execFile)(
			binaries.initdb,
			[
				`--pgdata=${join(unfinished, 'data')}`,
				`--username=${databaseUser}`,
				'--auth=peer',
				'--encoding=UTF8',
				// Built in, so that order and case never change with a system library.
				'--locale-provider=builtin',
				'--builtin-locale=C.UTF-8',
				'--locale=C',
				'--no-instructions',
			],
			{ ...identityOf(user), cwd: '/', env: serverEnvironment },
		);
		await rename(join(unfinished, 'data'), folders.data);
		await rm(unfinished, { recursive: true, force: true });
	}
	// Only the product's own user of the operating system may sign in, whatever name the server's user has.
	await writeFile(join(folders.data, 'pg_hba.conf'), `local all ${databaseUser} peer map=touchstone\n`);
	await writeFile(join(folders.data, 'pg_ident.conf'), `touchstone "${ownUserName()}" ${databaseUser}\n`);
}

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
	const { data } = site.folders;
	const giveUp = Date.now() + 15_000;
	for (;;) {
		await removeStaleLock(data);
		const logStart = await logSize(site.folders);
		const running = await spawnServer(site);
		if ((await readiness(site, running)) === 'ready') return running;
		const said = await logSince(site.folders, logStart);
		if (!/postmaster\.pid|shared memory block/.test(said) || Date.now() > giveUp) {
			throw new Error(`The embedded PostgreSQL did not start. It said:\n${said.trim() || '(nothing)'}`);
		}
		await pause(200);
	}
}

async function startAgain(site: Site, stopping: () => boolean): Promise<Running | undefined> {
	for (let wait = 250; !stopping(); wait = Math.min(wait * 2, 10_000)) {
		try {
			return await start(site);
		} catch (error) {
			site.log.error(
				{ error: error instanceof Error ? error.message : String(error) },
				'postgres does not start',
			);
			await pause(wait);
		}
	}
	return undefined;
}

/** PostgreSQL clears a dead server's lock itself, except when its process id belongs to another program by now. */
async function removeStaleLock(data: string): Promise<void> {
	const pid = await recordedServer(data);
	if (pid !== undefined && processExists(pid) && !(await isServer(pid, data)))
		await rm(join(data, 'postmaster.pid'));
}

async function spawnServer(site: Site): Promise<Running> {
	const { binaries, folders, user } = site;
	const logFile = await open(logPath(folders), 'a', 0o600);
	const settings = Object.entries(settingsOf(site)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const child = spawn(binaries.postgres, ['-D', folders.data, ...settings], {
		...identityOf(user),
		cwd: '/',
		env: serverEnvironment,
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
	const client = new pg.Client(clientConfig(connectionOf(folders), {}));
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
	while (await isServer(pid, data)) await pause(250, undefined, { ref: false });
}

async function end(running: Running): Promise<void> {
	process.kill(running.pid, 'SIGINT');
	const patience = new AbortController();
	const ended = running.ended.then(() => 'ended');
	const late = pause(30_000, 'late', { signal: patience.signal }).catch(() => 'ended');
	// Its write-ahead log makes even an immediate end safe; the next start recovers.
	if ((await Promise.race([ended, late])) === 'late') process.kill(running.pid, 'SIGQUIT');
	patience.abort();
	await running.ended;
}

// Variables like PGDATA or PGOPTIONS in the product's environment are meant for other servers.
const serverEnvironment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' };

function identityOf(user: ServerUser | undefined): { uid?: number; gid?: number } {
	return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

function logPath(folders: PostgresFolders): string {
	return join(folders.home, 'server.log');
}

async function logSize(folders: PostgresFolders): Promise<number> {
	return (await stat(logPath(folders)).catch(() => ({ size: 0 }))).size;
}

async function logSince(folders: PostgresFolders, start: number): Promise<string> {
	return (await readFile(logPath(folders))).subarray(start).toString();
}
