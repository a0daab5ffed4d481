import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientConfig, type PostgresConnection } from './postgres-connection.ts';
import { openPostgresDoor } from './postgres-door.ts';
import {
	migratePostgres,
	migrateTables,
	type PostgresMigration,
	readPostgresMigrations,
} from './postgres-migrations.ts';
import { type PostgresTarget, postgresTargets } from './testing/postgres-targets.ts';

const log = pino({ level: 'silent' });
const known = await readPostgresMigrations();

describe.each(postgresTargets())('the migrations of PostgreSQL $name', ({ start }) => {
	let target: PostgresTarget;
	let fromNothing: string[];

	beforeAll(async () => {
		target = await start();
		const connection = await target.freshDatabase();
		await migrateTables({ connection, migrations: known, log });
		fromNothing = await shapeOf(connection);
	});
	afterAll(() => target?.close());

	test.each(known.map(migration => migration.version - 1))(
		'from version %i lead to the same tables',
		async version => {
			const connection = await target.freshDatabase();
			await migrateTables({ connection, migrations: known.slice(0, version), log });
			await migrateTables({ connection, migrations: known, log });
			expect(await shapeOf(connection)).toEqual(fromNothing);
		},
	);

	test('change nothing when all are applied', async () => {
		const connection = await target.freshDatabase();
		await migrateTables({ connection, migrations: known, log });
		await migrateTables({ connection, migrations: known, log });
		expect(await shapeOf(connection)).toEqual(fromNothing);
		expect(await historyOf(connection)).toEqual(known.map(migration => migration.version));
	});

	test('are applied once when several processes start together', async () => {
		const connection = await target.freshDatabase();
		const starting = [1, 2, 3, 4].map(() => migrateTables({ connection, migrations: known, log }));
		await Promise.all(starting);
		expect(await historyOf(connection)).toEqual(known.map(migration => migration.version));
	});

	test('refuse a database whose applied migrations were different', async () => {
		const connection = await target.freshDatabase();
		await migrateTables({ connection, migrations: [step(1, 'create table a (id int)')], log });
		await expect(
			migrateTables({ connection, migrations: [step(1, 'create table b (id int)')], log }),
		).rejects.toThrow(/Migration 1 .* another content/);
	});

	test('refuse a database that a newer version has migrated', async () => {
		const connection = await target.freshDatabase();
		const steps = [step(1, 'create table a (id int)'), step(2, 'create table b (id int)')];
		await migrateTables({ connection, migrations: steps, log });
		await expect(migrateTables({ connection, migrations: steps.slice(0, 1), log })).rejects.toThrow(
			'The database is at migration 2, but this version of Touchstone knows only 1.',
		);
	});

	test('leave nothing behind when one fails, and keep those before it', async () => {
		const connection = await target.freshDatabase();
		const broken = step(2, 'create table b (id int); select 1 / 0');
		await expect(
			migrateTables({ connection, migrations: [step(1, 'create table a (id int)'), broken], log }),
		).rejects.toThrow('Migration 2 (step-2) of postgres failed.');
		expect(await historyOf(connection)).toEqual([1]);
		await migrateTables({
			connection,
			migrations: [step(1, 'create table a (id int)'), step(2, 'create table b (id int)')],
			log,
		});
		expect(await historyOf(connection)).toEqual([1, 2]);
	});

	test('let the job queue be used through the pool, and nothing else', async () => {
		const connection = await target.freshDatabase();
		await Promise.all([migratePostgres({ connection, log }), migratePostgres({ connection, log })]);
		const door = openPostgresDoor({ connection, log });
		try {
			const added = await door.pool.query(
				`select (graphile_worker.add_job('greet', '{}')).id is not null as added`,
			);
			expect(added.rows).toEqual([{ added: true }]);
			await expect(door.pool.query('select version from touchstone_migrations')).rejects.toThrow(
				/permission denied/,
			);
		} finally {
			await door.close();
		}
	});
});

function step(version: number, sql: string): PostgresMigration {
	return { version, name: `step-${version}`, sql, checksum: `checksum of ${sql}` };
}

async function historyOf(connection: PostgresConnection): Promise<number[]> {
	const rows = await rowsOf(connection, 'select version from touchstone_migrations order by version');
	return rows.map(row => Number(row));
}

/** Everything the migrations make, one line each: columns, constraints, indexes, policies, functions and rights. */
function shapeOf(connection: PostgresConnection): Promise<string[]> {
	return rowsOf(
		connection,
		`select line from (
			select format('column %s.%s.%s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable,
				coalesce(column_default, identity_generation)) as line
			from information_schema.columns where table_schema in ('public', 'people')
			union all select format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
				where connamespace in ('public'::regnamespace, 'people'::regnamespace)
			union all select format('index %s', indexdef) from pg_indexes where schemaname in ('public', 'people')
			union all select format('policy %s %s %s %s %s', tablename, policyname, roles, qual, with_check) from pg_policies
			union all select format('function %s %s', proname, prosrc) from pg_proc where pronamespace = 'public'::regnamespace
			union all select format('right %s %s %s', relname, relrowsecurity and relforcerowsecurity,
				relacl) from pg_class
				where relnamespace in ('public'::regnamespace, 'people'::regnamespace) and relkind = 'r'
		) as shape order by line collate "C"`,
	);
}

async function rowsOf(connection: PostgresConnection, question: string): Promise<string[]> {
	const client = new pg.Client(clientConfig(connection, {}));
	await client.connect();
	try {
		const answer = await client.query<string[]>({ text: question, rowMode: 'array' });
		return answer.rows.map(row => String(row[0]));
	} finally {
		await client.end();
	}
}
