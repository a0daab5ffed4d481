import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from 'pino';
import { clientConfig, type PostgresConnection } from './postgres-connection.ts';
import { queueLog } from './postgres-queue-log.ts';

export type PostgresMigration = {
	readonly version: number;
	readonly name: string;
	readonly sql: string;
	/** SHA-256 of the file in hexadecimal: an applied migration never changes. */
	readonly checksum: string;
};

/** The migrations this product knows, oldest first: `server/migrations/postgres/NNNN-name.sql`, numbered without gaps from 1. */
export async function readPostgresMigrations(): Promise<PostgresMigration[]> {
	const folder = new URL('../../migrations/postgres/', import.meta.url);
	const files = (await readdir(folder)).filter(file => file.endsWith('.sql')).sort();
	return await Promise.all(
		files.map(async (file, index) => {
			const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
			if (name === undefined || Number(digits) !== index + 1) {
				throw new Error(
					`${file} is not migration number ${index + 1}; migrations are numbered without gaps.`,
				);
			}
			const text = await readFile(new URL(file, folder), 'utf8');
			return {
				version: index + 1,
				name,
				sql: text,
				checksum: createHash('sha256').update(text).digest('hex'),
			};
		}),
	);
}

/** Brings the tables and the job queue of a database to the newest version. */
export async function migratePostgres(options: {
	connection: PostgresConnection;
	log: Logger;
}): Promise<void> {
	await migrateTables({ ...options, migrations: await readPostgresMigrations() });
	await migrateQueue(options.connection, options.log);
}

/**
 * Applies every migration not yet applied, each in a transaction of its own. Processes that start together take turns.
 * Refuses a database that a newer product has migrated, and one whose applied migrations differ from ours.
 */
export async function migrateTables(options: {
	connection: PostgresConnection;
	migrations: readonly PostgresMigration[];
	log: Logger;
}): Promise<void> {
	const { connection, migrations, log } = options;
	const client = new pg.Client(clientConfig(connection, {}));
	client.on('error', error => log.error({ error: error.message }, 'the connection of the migration broke'));
	await client.connect();
	try {
		await refuseOldServers(client);
		await client.query(`select pg_advisory_lock(hashtextextended('touchstone migrations', 0))`);
		await client.query(createHistory);
		const applied = await client.query<{ version: number; checksum: string }>(
			'select version, checksum from touchstone_migrations order by version',
		);
		const known = new Map(migrations.map(migration => [migration.version, migration]));
		for (const { version, checksum } of applied.rows) {
			const migration = known.get(version);
			if (migration === undefined) throw new Error(newerDatabase(version, migrations.length));
			if (migration.checksum !== checksum) throw new Error(changedMigration(migration));
		}
		for (const migration of migrations.slice(applied.rows.length)) {
			await apply(client, migration);
			log.info({ migration: migration.version, name: migration.name }, 'postgres migrated');
		}
	} finally {
		await client.end().catch(() => undefined);
	}
}

const oldestServer = 15;

async function refuseOldServers(client: pg.Client): Promise<void> {
	const answer = await client.query<{ version: number }>(
		`select current_setting('server_version_num')::int / 10000 as version`,
	);
	const version = answer.rows[0]?.version ?? 0;
	if (version < oldestServer) {
		throw new Error(
			`The database server is PostgreSQL ${version}; Touchstone needs ${oldestServer} or newer.`,
		);
	}
}

const createHistory = `create table if not exists touchstone_migrations (
	version integer primary key,
	name text not null,
	checksum text not null,
	applied_at timestamptz(3) not null default now()
)`;

async function apply(client: pg.Client, migration: PostgresMigration): Promise<void> {
	try {
		await client.query('begin');
		await client.query(migration.sql);
		await client.query('insert into touchstone_migrations (version, name, checksum) values ($1, $2, $3)', [
			migration.version,
			migration.name,
			migration.checksum,
		]);
		await client.query('commit');
	} catch (error) {
		await client.query('rollback').catch(() => undefined);
		if (error instanceof pg.DatabaseError && error.code === insufficientPrivilege) {
			throw new Error(
				`The user of DATABASE_URL may not apply migration ${migration.version} (${error.message}). ` +
					'It must own the database and be allowed to create roles (ALTER ROLE … CREATEROLE).',
				{ cause: error },
			);
		}
		throw new Error(`Migration ${migration.version} (${migration.name}) of postgres failed.`, {
			cause: error,
		});
	}
}

const insufficientPrivilege = '42501';

/** The queue belongs to the role every pooled connection starts as, so that role must own what the queue creates. */
async function migrateQueue(connection: PostgresConnection, log: Logger): Promise<void> {
	const pool = new pg.Pool({ ...clientConfig(connection, { role: 'touchstone_queue' }), max: 1 });
	pool.on('connect', client => client.on('error', () => undefined));
	pool.on('error', error => log.debug({ error: error.message }, 'an idle connection to postgres broke'));
	try {
		await runMigrations({ pgPool: pool, logger: queueLog(log) });
	} finally {
		await pool.end();
	}
}

function newerDatabase(version: number, newest: number): string {
	return `The database is at migration ${version}, but this version of Touchstone knows only ${newest}. Install the version that migrated it, or a newer one.`;
}

function changedMigration(migration: PostgresMigration): string {
	return `Migration ${migration.version} (${migration.name}) was applied with another content than this version of Touchstone has. The database belongs to a different build; use that build, or a fresh database.`;
}
