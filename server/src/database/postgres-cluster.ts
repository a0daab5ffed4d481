import { execFile } from 'node:child_process';
import { chown, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import type { PostgresFolders } from './postgres-folders.ts';
import { ownUserName, type ServerUser } from './postgres-user.ts';

/** Everything the embedded PostgreSQL of one data folder is started with. */
export type PostgresSite = {
	readonly binaries: PostgresBinaries;
	readonly folders: PostgresFolders;
	readonly user: ServerUser | undefined;
};

/** Makes the cluster on the first start, and says who may sign in. */
export async function makeCluster(site: PostgresSite): Promise<void> {
	const { data } = site.folders;
	const ownName = ownUserName();
	if ((await stat(data).catch(() => undefined)) === undefined) await initialise(site);
	// Only the product's own user of the operating system may sign in, whatever name the server's user has.
	await writeFile(join(data, 'pg_hba.conf'), `local all ${databaseUser} peer map=touchstone\n`);
	await writeFile(join(data, 'pg_ident.conf'), `touchstone "${ownName}" ${databaseUser}\n`);
}

export function clusterConnection(folders: PostgresFolders): PostgresConnection {
	return { host: folders.socket, port, user: databaseUser, database: 'postgres' };
}

/** Modest memory for a server that shares a laptop; nothing that makes a commit less durable. */
export function clusterSettings(site: PostgresSite): Readonly<Record<string, string>> {
	return {
		listen_addresses: '',
		unix_socket_directories: `"${site.folders.socket}"`,
		port: String(port),
		max_connections: '60',
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
	};
}

/** How our child processes run: as the server's user, away from folders that user may not see. */
export function clusterProcess(user: ServerUser | undefined): {
	uid?: number;
	gid?: number;
	cwd: string;
	env: Record<string, string>;
} {
	const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid };
	// Variables like PGDATA or PGOPTIONS in the product's environment are meant for other servers.
	return { ...identity, cwd: '/', env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' } };
}

const databaseUser = 'touchstone';
const port = 5432;

/** Made aside and moved into place whole, so that a first start that is broken off is simply repeated. */
async function initialise({ binaries, folders, user }: PostgresSite): Promise<void> {
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
		clusterProcess(user),
	);
	await rename(join(unfinished, 'data'), folders.data);
	await rm(unfinished, { recursive: true, force: true });
	await syncFolder(folders.home);
}

/** The move itself must outlive a power failure before anything written inside counts as kept. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
