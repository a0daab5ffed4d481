import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { clientConfig, connectionFromUrl, type PostgresConnection } from '../postgres-connection.ts';
import { startPostgresServer } from '../postgres-server.ts';

/** A PostgreSQL server that can hand out empty databases. */
export type PostgresTarget = {
	freshDatabase(): Promise<PostgresConnection>;
	close(): Promise<void>;
};

export type NamedTarget = { readonly name: string; start(): Promise<PostgresTarget> };

/** The servers the suite runs on: the embedded one, and the one `DATABASE_URL` names, where the environment has it. */
export function postgresTargets(): NamedTarget[] {
	const embedded = [
		{ name: 'on the embedded PostgreSQL', start: () => startEmbeddedTarget('superuser') },
		{ name: 'on the embedded PostgreSQL as a plain user', start: () => startEmbeddedTarget('plain user') },
	];
	const url = process.env.DATABASE_URL;
	if (url === undefined) {
		console.info('Not run on a PostgreSQL server of your own, because DATABASE_URL is not set.');
		return embedded;
	}
	return [
		...embedded,
		{ name: 'on the server of DATABASE_URL', start: async () => targetOf(connectionFromUrl(url)) },
	];
}

async function startEmbeddedTarget(login: 'superuser' | 'plain user'): Promise<PostgresTarget> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
	const server = await startPostgresServer({ dataFolder, log: pino({ level: 'silent' }) });
	if (login === 'plain user') await ask(server.connection, 'create role plain createdb createrole');
	// A managed server gives its customers such a user: not above every right, but able to make databases and roles.
	const options = login === 'superuser' ? {} : { options: '-c session_authorization=plain' };
	const target = targetOf({ ...server.connection, ...options });
	return {
		...target,
		async close() {
			await target.close();
			await server.stop();
			await rm(dataFolder, { recursive: true, force: true });
		},
	};
}

function targetOf(connection: PostgresConnection): PostgresTarget {
	const made: string[] = [];
	return {
		async freshDatabase() {
			const database = `touchstone_test_${randomUUID().replaceAll('-', '')}`;
			await ask(connection, `create database ${database} template template0`);
			made.push(database);
			return onDatabase(connection, database);
		},
		async close() {
			for (const database of made) await ask(connection, `drop database ${database} with (force)`);
		},
	};
}

async function ask(connection: PostgresConnection, statement: string): Promise<void> {
	const client = new pg.Client(clientConfig(connection, {}));
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

function onDatabase(connection: PostgresConnection, database: string): PostgresConnection {
	if (connection.connectionString === undefined) return { ...connection, database };
	const url = new URL(connection.connectionString);
	url.pathname = `/${database}`;
	return { ...connection, connectionString: url.href };
}
