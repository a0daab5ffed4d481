import { createHash } from 'node:crypto';
import { z } from 'zod';
import * as theLog from '../../migrations/clickhouse/0001-the-log.ts';
import * as quickProperties from '../../migrations/clickhouse/0002-quick-properties.ts';
import type { HouseColumns } from './columns-door.ts';
import { createDatabase, type Topology } from './columns-topology.ts';

export type ColumnsMigration = {
	readonly name: string;
	readonly statements: (topology: Topology, database: string) => readonly string[];
};

/** All migrations in the order of their versions, which count from 1. What is published is never changed, only followed. */
export const columnsMigrations: readonly ColumnsMigration[] = [theLog, quickProperties];

/** Runs `work` alone among all processes of an installation, or answers `busy` when another holds the name. */
export type WithLock = <T>(name: string, work: () => Promise<T>) => Promise<T | 'busy'>;

export type MigrateOptions = {
	readonly columns: HouseColumns;
	readonly topology: Topology;
	readonly database: string;
	readonly withLock: WithLock;
	readonly migrations?: readonly ColumnsMigration[];
	/** Pauses before the lock is asked for again. */
	readonly wait?: () => Promise<void>;
};

/** The tables were made by a newer product, or by one whose past differs; going on would damage them. */
export class ColumnsMigrationError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'ColumnsMigrationError';
	}
}

/**
 * Brings the columnar tables to the newest version, forwards only, one process at a time. DDL here knows no transaction, so
 * every statement can be repeated: a migration that was cut off is run again from its first statement.
 *
 * @returns the version the tables are at
 * @throws ColumnsMigrationError when the tables are newer than this product or were made differently
 */
export async function migrateColumns(options: MigrateOptions): Promise<number> {
	for (;;) {
		const version = await options.withLock('columns-migrations', () => migrateAlone(options));
		if (version !== 'busy') return version;
		await (options.wait ?? pause)();
	}
}

async function pause(): Promise<void> {
	await new Promise(resolve => setTimeout(resolve, 200));
}

async function migrateAlone(options: MigrateOptions): Promise<number> {
	const { columns, topology, database, migrations = columnsMigrations } = options;
	for (const sql of [...createDatabase(topology, database), ledger(topology, database)])
		await columns.run(sql);
	const applied = await appliedMigrations(options);
	for (const row of applied.toReversed()) check(row, migrations[row.version - 1], options);
	for (const [index, migration] of migrations.entries()) {
		const version = index + 1;
		if (applied.some(row => row.version === version)) continue;
		for (const sql of migration.statements(topology, database)) {
			await columns.run(sql, {}, { timeoutSeconds: 3600 });
		}
		await columns.run(
			`INSERT INTO ${database}.schema_migrations (version, name, fingerprint)
			SELECT {version:UInt32}, {name:String}, {fingerprint:String}`,
			{ version, name: migration.name, fingerprint: fingerprint(migration, options) },
		);
	}
	return migrations.length;
}

const appliedRow = z.object({ version: z.int(), name: z.string(), fingerprint: z.string() });

async function appliedMigrations({
	columns,
	database,
}: MigrateOptions): Promise<z.infer<typeof appliedRow>[]> {
	return columns.rows({
		sql: `SELECT version, any(name) AS name, any(fingerprint) AS fingerprint
			FROM ${database}.schema_migrations GROUP BY version ORDER BY version`,
		row: appliedRow,
	});
}

function check(
	row: z.infer<typeof appliedRow>,
	migration: ColumnsMigration | undefined,
	options: MigrateOptions,
): void {
	if (migration === undefined) {
		throw new ColumnsMigrationError(
			`The columnar tables are at version ${row.version} (${row.name}), which this product does not know. Start a newer one.`,
		);
	}
	if (row.fingerprint === fingerprint(migration, options)) return;
	throw new ColumnsMigrationError(
		`Migration ${row.version} was applied to the columnar tables as ${row.name} with other statements than this product's ${migration.name}. Start the product that made them.`,
	);
}

/** Recognises the statements by what they say, not by how they are laid out. */
function fingerprint(migration: ColumnsMigration, { topology, database }: MigrateOptions): string {
	const text = migration.statements(topology, database).join(';').replaceAll(/\s+/g, ' ');
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function ledger(topology: Topology, database: string): string {
	const columns =
		"(version UInt32, name String, fingerprint String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))";
	if (typeof topology === 'object') {
		// One path for all shards: every server sees the same ledger.
		return `CREATE TABLE IF NOT EXISTS ${database}.schema_migrations ON CLUSTER ${topology.cluster} ${columns}
ENGINE = ReplicatedMergeTree('/clickhouse/tables/${database}/schema_migrations', '{shard}-{replica}') ORDER BY version`;
	}
	return `CREATE TABLE IF NOT EXISTS ${database}.schema_migrations ${columns}
ENGINE = MergeTree ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;
}
