import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ColumnsDoor, openColumnsDoor } from './columns-door.ts';
import { type ColumnsMigration, columnsMigrations, migrateColumns } from './columns-migrations.ts';
import { createTable, type Topology } from './columns-topology.ts';
import { type Engine, startEngine } from './engine/engine-supervisor.ts';
import { alone } from './testing/embedded-columns.ts';

let folder: string;
let engine: Engine;
let door: ColumnsDoor;
let made = 0;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'touchstone-migrations-'));
	engine = await startEngine({ folder, log: pino({ level: 'error' }), profile: {}, shards: 'two' });
	const address = () => ({ url: engine.address().url, username: 'test', password: engine.address().token });
	door = openColumnsDoor({ address, database: 'default', topology: 'single' });
}, 60_000);
afterAll(async () => {
	await door.close();
	await engine.close();
	await rm(folder, { recursive: true, force: true });
});

/** A database of its own for each case, so that they share one engine. */
function freshDatabase(): string {
	made++;
	return `migrated_${made}`;
}

function migrate(
	database: string,
	topology: Topology,
	migrations: readonly ColumnsMigration[] = columnsMigrations,
) {
	return migrateColumns({ columns: door.house, topology, database, withLock: alone, migrations });
}

/** Everything that makes the tables what they are, with the database's own name taken out. */
async function schemaOf(database: string): Promise<unknown[]> {
	const rows = await door.house.rows({
		sql: `SELECT database, name, create_table_query FROM system.tables
			WHERE database IN ({database:String}, {sharded:String}) ORDER BY database, name`,
		params: { database, sharded: `${database}_shards` },
		row: z.object({ database: z.string(), name: z.string(), create_table_query: z.string() }),
	});
	return rows.map(row => JSON.parse(JSON.stringify(row).replaceAll(database, 'db')));
}

/** Two migrations more, so that there is a way to go even while the product has few. */
const longer: readonly ColumnsMigration[] = [
	...columnsMigrations,
	{
		name: 'a-column',
		statements: (topology, database) =>
			topology === 'single'
				? [`ALTER TABLE ${database}.verdicts ADD COLUMN IF NOT EXISTS remark String`]
				: [
						`ALTER TABLE ${database}.verdicts ADD COLUMN IF NOT EXISTS remark String`,
						`ALTER TABLE ${database}_shards.verdicts ADD COLUMN IF NOT EXISTS remark String`,
					],
	},
	{
		name: 'a-table',
		statements: (topology, database) =>
			createTable(topology, database, {
				name: 'remarks',
				columns: 'customer UInt64, remark String',
				engine: { family: 'MergeTree', arguments: '' },
				orderBy: 'customer',
				shardBy: 'customer',
			}),
	},
];

describe.each(['single', 'two-shard-test'] as const)('the columnar migrations (%s)', topology => {
	it('lead from every earlier version to the same tables', async () => {
		const straight = freshDatabase();
		expect(await migrate(straight, topology, longer)).toBe(longer.length);
		const schema = await schemaOf(straight);
		expect(schema.length).toBeGreaterThan(5);
		for (let version = 0; version < longer.length; version++) {
			const database = freshDatabase();
			expect(await migrate(database, topology, longer.slice(0, version))).toBe(version);
			expect(await migrate(database, topology, longer)).toBe(longer.length);
			expect(await schemaOf(database)).toEqual(schema);
		}
	});

	it('can be cut off after any statement and go on from there', async () => {
		const straight = freshDatabase();
		await migrate(straight, topology);
		const schema = await schemaOf(straight);
		const all = columnsMigrations.flatMap(({ statements }) => statements(topology, 'db').length);
		for (let cut = 0; cut < all.reduce((sum, n) => sum + n, 0); cut += 2) {
			const database = freshDatabase();
			const statements = columnsMigrations.flatMap(migration => migration.statements(topology, database));
			for (const sql of statements.slice(0, cut)) await door.house.run(sql);
			await migrate(database, topology);
			expect(await schemaOf(database)).toEqual(schema);
		}
	});

	it('keep the rows that are there', async () => {
		const database = freshDatabase();
		await migrate(database, topology);
		await door.house.run(
			`INSERT INTO ${database}.verdicts (workspace, promise, customer, occasion, verdict) SELECT 'w', 'p', 1, 'o', 'kept'`,
		);
		await migrate(database, topology, longer);
		const rows = await door.house.rows({
			sql: `SELECT verdict, remark FROM ${database}.verdicts`,
			row: z.object({ verdict: z.string(), remark: z.string() }),
		});
		expect(rows).toEqual([{ verdict: 'kept', remark: '' }]);
	});
});

describe('the columnar migrations', () => {
	it('are applied once when many start together', async () => {
		const database = freshDatabase();
		let held = false;
		const oneAtATime = async <T>(_name: string, work: () => Promise<T>): Promise<T | 'busy'> => {
			if (held) return 'busy';
			held = true;
			try {
				return await work();
			} finally {
				held = false;
			}
		};
		const together = Array.from({ length: 5 }, () =>
			migrateColumns({ columns: door.house, topology: 'single', database, withLock: oneAtATime }),
		);
		expect(new Set(await Promise.all(together))).toEqual(new Set([columnsMigrations.length]));
		const rows = await door.house.rows({
			sql: `SELECT count() AS n FROM ${database}.schema_migrations`,
			row: z.object({ n: z.coerce.number() }),
		});
		expect(rows).toEqual([{ n: columnsMigrations.length }]);
	});

	it('refuse tables of a newer product', async () => {
		const database = freshDatabase();
		await migrate(database, 'single', longer);
		await expect(migrate(database, 'single')).rejects.toThrow(
			new RegExp(`at version ${longer.length} \\(a-table\\).*Start a newer one`),
		);
	});

	it('refuse tables whose past is another one', async () => {
		const database = freshDatabase();
		await migrate(database, 'single', longer);
		const rewritten = longer.map(migration =>
			migration.name === 'a-table' ? { name: 'a-table', statements: () => ['SELECT 1'] } : migration,
		);
		await expect(migrate(database, 'single', rewritten)).rejects.toThrow(/other statements/);
	});

	it('are valid for a cluster too', async () => {
		const statements = columnsMigrations.flatMap(({ statements }) =>
			statements({ cluster: 'main' }, 'touchstone'),
		);
		for (const sql of statements) {
			const [row] = await door.house.rows({
				sql: 'SELECT formatQuery({sql:String}) AS formatted',
				params: { sql },
				row: z.object({ formatted: z.string() }),
			});
			expect(row?.formatted).toContain('ON CLUSTER main');
		}
		const tables = statements.filter(sql => /^CREATE TABLE .*_local ON CLUSTER/.test(sql));
		expect(tables).toHaveLength(3);
		for (const sql of tables)
			expect(sql).toMatch(
				/ENGINE = ReplicatedReplacingMergeTree\('[^']*\{shard\}[^']*', '\{replica\}', version, is_deleted\)/,
			);
		expect(statements.filter(sql => sql.includes('ENGINE = Distributed(main, touchstone, '))).toHaveLength(3);
	});

	it('make the columns the product writes, with a customer hashed the same everywhere', async () => {
		const database = freshDatabase();
		await migrate(database, 'two-shard-test');
		await fc.assert(
			fc.asyncProperty(fc.string(), async person => {
				const [row] = await door.house.rows({
					sql: "SELECT sipHash64('w', {person:String}) AS expected",
					params: { person },
					row: z.object({ expected: z.string() }),
				});
				await door.house.insertLines(
					`${database}.interactions`,
					['workspace', 'person', 'id', 'time', 'received_at'],
					JSON.stringify(['w', person, person, '2024-01-01 00:00:00', '2024-01-01 00:00:00']),
				);
				const [stored] = await door.house.rows({
					sql: `SELECT toString(customer) AS expected FROM ${database}.interactions FINAL WHERE id = {person:String}`,
					params: { person },
					row: z.object({ expected: z.string() }),
				});
				expect(stored).toEqual(row);
			}),
			{ numRuns: 20 },
		);
	});
});
