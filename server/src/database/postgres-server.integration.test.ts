import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installedPackage, preparePostgresBinaries } from './postgres-binaries.ts';
import { clientConfig } from './postgres-connection.ts';
import { recordedServer } from './postgres-process.ts';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';
import { serverUser } from './postgres-user.ts';
import { seedPostgres } from './testing/embedded-postgres.ts';

const log = pino({ level: 'silent' });
const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const whyNot = isRoot ? '' : ' (not run, because the tests do not run as root on Linux)';
let folder: string;
let servers: PostgresServer[];

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
	servers = [];
});
afterEach(async () => {
	for (const server of servers) await server.stop();
	await rm(folder, { recursive: true, force: true });
});

test('the first start makes a cluster that is durable and reached by a socket alone', async () => {
	const server = await start(folder);
	const settings = await rowsOf(
		server,
		`select name, setting from pg_settings where name in
			('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses', 'server_encoding')
		order by name`,
	);
	expect(Object.fromEntries(settings)).toEqual({
		data_checksums: 'on',
		fsync: 'on',
		full_page_writes: 'on',
		listen_addresses: '',
		server_encoding: 'UTF8',
		synchronous_commit: 'on',
	});
});

test('what was stored is there after a stop and another start', async () => {
	await seedPostgres(folder);
	const first = await start(folder);
	await rowsOf(first, `create table kept as select 'this' as what`);
	await first.stop();
	expect(await recordedServer(join(folder, 'postgres', 'data'))).toBeUndefined();
	expect(await rowsOf(await start(folder), 'select what from kept')).toEqual([['this']]);
});

test('a first start that was broken off is repeated', async () => {
	await mkdir(join(folder, 'postgres', 'unfinished', 'data', 'base'), { recursive: true });
	const server = await start(folder);
	expect(await rowsOf(server, 'select 1')).toEqual([[1]]);
});

test('a lock file whose process id belongs to another program by now does not stop the start', async () => {
	await seedPostgres(folder);
	const first = await start(folder);
	await first.stop();
	const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { ...(await asServer()) });
	try {
		const lock = join(folder, 'postgres', 'data', 'postmaster.pid');
		await writeFile(
			lock,
			`${other.pid}\n${dirname(lock)}\n1700000000\n5432\n\n\n  5432001         1\nready   \n`,
		);
		expect(await rowsOf(await start(folder), 'select 1')).toEqual([[1]]);
	} finally {
		other.kill('SIGKILL');
		await once(other, 'exit');
	}
});

test('a start that cannot succeed says what PostgreSQL said, without waiting', async () => {
	await seedPostgres(folder);
	const first = await start(folder);
	await first.stop();
	await writeFile(
		join(folder, 'postgres', 'data', 'postgresql.conf'),
		"shared_preload_libraries = 'absent'\n",
	);
	await expect(start(folder)).rejects.toThrow(/did not start\. It said:\n(.|\n)*absent/);
});

test('a data folder with a path too long for a socket works', async () => {
	const deep = join(folder, 'a'.repeat(60), 'ü'.repeat(40), "with 'quotes', and spaces");
	const server = await start(deep);
	expect(await rowsOf(server, 'select 1')).toEqual([[1]]);
	const { host } = server.connection;
	await server.stop();
	if (host !== undefined) await rm(host, { recursive: true });
});

test.runIf(isRoot)(
	`a data folder the server's user cannot walk to keeps its PostgreSQL elsewhere${whyNot}`,
	async () => {
		const secret = await mkdtemp(join(homedir(), 'touchstone-test-'));
		const dataFolder = join(secret, 'data');
		const first = await start(dataFolder);
		await rowsOf(first, `create table kept as select 'this' as what`);
		await first.stop();
		const elsewhere = await readlink(join(dataFolder, 'postgres'));
		try {
			expect((await lstat(secret)).mode & 0o777).toBe(0o700);
			const second = await start(dataFolder);
			expect(await rowsOf(second, 'select what from kept')).toEqual([['this']]);
			await second.stop();
			await rm(elsewhere, { recursive: true });
			await expect(start(dataFolder)).rejects.toThrow(/leads to \/var\/lib\/touchstone\/\w+, which is gone/);
		} finally {
			await rm(elsewhere, { recursive: true, force: true });
			await rm(secret, { recursive: true, force: true });
		}
	},
);

test.runIf(isRoot)(
	`data made by an ordinary user are served as that user when root starts the product${whyNot}`,
	async () => {
		await seedPostgres(folder);
		const first = await start(folder);
		await first.stop();
		const nobody = 65_534;
		await promisify(execFile)('chown', ['-R', `${nobody}:${nobody}`, folder]);
		const second = await start(folder);
		expect(await rowsOf(second, 'select 1')).toEqual([[1]]);
		expect((await lstat(`/proc/${second.pid()}`)).uid).toBe(nobody);
	},
);

test('a data folder inside a private temporary folder keeps its PostgreSQL in place', async () => {
	const dataFolder = join(folder, 'data');
	await mkdir(dataFolder);
	await seedPostgres(dataFolder);
	await start(dataFolder);
	expect((await lstat(join(dataFolder, 'postgres'))).isDirectory()).toBe(true);
});

test('programs installed without their links are linked', async () => {
	const copied = await copyOfPackage();
	const binaries = await preparePostgresBinaries({
		copies: join(folder, 'c'),
		user: await serverUser(join(folder, 'postgres', 'data')),
		packageFolder: copied,
	});
	expect(binaries.postgres).toBe(join(copied, 'native', 'bin', 'postgres'));
});

test.runIf(isRoot)(`programs the server's user cannot read are copied to where it can${whyNot}`, async () => {
	const copied = await copyOfPackage();
	await chmod(copied, 0o700);
	const user = await serverUser(join(folder, 'postgres', 'data'));
	const copies = join(folder, 'copies');
	const binaries = await preparePostgresBinaries({ copies, user, packageFolder: copied });
	const { version } = JSON.parse(await readFile(join(copied, 'package.json'), 'utf8'));
	expect(binaries.initdb).toBe(join(copies, `programs-${version}`, 'bin', 'initdb'));
	expect(await preparePostgresBinaries({ copies, user, packageFolder: copied })).toEqual(binaries);
});

async function start(dataFolder: string): Promise<PostgresServer> {
	const server = await startPostgresServer({ dataFolder, log });
	servers.push(server);
	return server;
}

async function rowsOf(server: PostgresServer, question: string): Promise<unknown[][]> {
	const client = new pg.Client(clientConfig(server.connection, {}));
	await client.connect();
	try {
		return (await client.query<unknown[]>({ text: question, rowMode: 'array' })).rows;
	} finally {
		await client.end();
	}
}

async function asServer(): Promise<{ uid?: number; gid?: number }> {
	const user = await serverUser(join(folder, 'postgres', 'data'));
	return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

/** The package as it lies there when no install script has run. */
async function copyOfPackage(): Promise<string> {
	await chmod(folder, 0o755);
	const copied = join(folder, 'package');
	await cp(installedPackage(), copied, {
		recursive: true,
		verbatimSymlinks: true,
		filter: async path => !(await lstat(path)).isSymbolicLink(),
	});
	return copied;
}
