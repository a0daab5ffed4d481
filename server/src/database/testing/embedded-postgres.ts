import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import type { PostgresConnection } from '../postgres-connection.ts';
import { type OpenPostgresDoor, openPostgresDoor } from '../postgres-door.ts';
import { migratePostgres, readPostgresMigrations } from '../postgres-migrations.ts';
import { type PostgresServer, startPostgresServer } from '../postgres-server.ts';

export type EmbeddedPostgres = {
	readonly door: OpenPostgresDoor;
	readonly connection: PostgresConnection;
	readonly server: PostgresServer;
	readonly dataFolder: string;
	close(): Promise<void>;
};

/** A migrated PostgreSQL of its own in a fresh temporary folder; closing it removes the folder. */
export async function startEmbeddedPostgres(): Promise<EmbeddedPostgres> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
	await seedPostgres(dataFolder);
	const server = await startPostgresServer({ dataFolder, log: quiet });
	const door = openPostgresDoor({ connection: server.connection, log: quiet });
	return {
		door,
		connection: server.connection,
		server,
		dataFolder,
		async close() {
			await door.close();
			await server.stop();
			await rm(dataFolder, { recursive: true, force: true });
		},
	};
}

/**
 * Puts a migrated, stopped cluster into a fresh data folder, so that opening it takes a tenth of a second. The cluster is made
 * once per content of the migrations and kept in the temporary folder.
 */
export async function seedPostgres(dataFolder: string): Promise<void> {
	const made = createHash('sha256');
	for (const { checksum } of await readPostgresMigrations()) made.update(checksum);
	// Pins the versions of PostgreSQL and of the job queue, which brings migrations of its own.
	made.update(await readFile(new URL('../../../package.json', import.meta.url)));
	made.update(String(process.getuid?.()));
	const key = made.digest('hex');
	const template = join(tmpdir(), `touchstone-template-${key.slice(0, 16)}`);
	if ((await stat(template).catch(() => undefined)) === undefined) await makeTemplate(template);
	await chmod(dataFolder, 0o711);
	await mkdir(join(dataFolder, 'postgres'), { mode: 0o711 });
	// Not Node's own copy: the files keep the owner PostgreSQL insists on.
	await promisify(execFile)('cp', ['-a', join(template, 'data'), join(dataFolder, 'postgres', 'data')]);
}

const quiet = pino({ level: 'silent' });

async function makeTemplate(template: string): Promise<void> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
	const server = await startPostgresServer({ dataFolder, log: quiet });
	await migratePostgres({ connection: server.connection, log: quiet });
	await server.stop();
	// Test files start together; whoever is first wins, and the others' copies are as good.
	await rename(join(dataFolder, 'postgres'), template).catch(async error => {
		if ((await stat(template).catch(() => undefined)) === undefined) throw error;
	});
	await rm(dataFolder, { recursive: true, force: true });
}
