import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type ColumnsAddress, type ColumnsDoor, openColumnsDoor, refusingProfile } from './columns-door.ts';
import { migrateColumns, type WithLock } from './columns-migrations.ts';
import type { Topology } from './columns-topology.ts';
import { type Engine, startEngine } from './engine/engine-supervisor.ts';

export type ColumnsStoreOptions = {
	readonly log: Logger;
	readonly withLock: WithLock;
} & (
	| EmbeddedColumnsOptions
	| {
			/** `http://user:password@host:8123/database?cluster=name` of a ClickHouse server or cluster. */
			readonly clickhouseUrl: string;
	  }
);

export type EmbeddedColumnsOptions = {
	/** The embedded engine keeps its files in a folder below this one. */
	readonly dataFolder: string;
	readonly topology?: 'single' | 'two-shard-test';
	readonly memoryBytes?: number;
	readonly folderWaitSeconds?: number;
};

export interface ColumnsStore {
	readonly door: ColumnsDoor;
	/** The version of the engine that answers. @throws StoreUnavailable when none does */
	version(): Promise<string>;
	/** The embedded engine's process while it runs. */
	readonly processId: number | undefined;
	/** Lets statements in hand finish, then closes the connections and ends the embedded engine. */
	close(): Promise<void>;
}

/** Opens the columnar store, starting the embedded engine unless a server is named, with its tables at the newest version. */
export async function openColumnsStore(options: ColumnsStoreOptions): Promise<ColumnsStore> {
	return 'clickhouseUrl' in options ? openForeign(options) : openEmbedded(options);
}

export const defaultDatabase = 'touchstone';

/**
 * One statement must leave the rest of the engine's memory to arriving rows: large groupings and sorts go to the disk, and
 * what a statement inserts is written in blocks of tens of megabytes instead of hundreds.
 */
const embeddedLimits = {
	max_memory_usage: '600000000',
	max_bytes_before_external_group_by: '300000000',
	max_bytes_before_external_sort: '300000000',
	max_bytes_before_external_join: '200000000',
	min_insert_block_size_rows: '262144',
	min_insert_block_size_bytes: '67108864',
} as const;

/** The embedded engine with its tables at the newest version, and where it answers. */
export async function startMigratedEngine(
	options: EmbeddedColumnsOptions & { readonly log: Logger; readonly withLock: WithLock },
): Promise<{ readonly engine: Engine; readonly address: () => ColumnsAddress }> {
	const { dataFolder, log, withLock, topology = 'single', memoryBytes, folderWaitSeconds } = options;
	const engine = await startEngine({
		folder: join(dataFolder, 'columns'),
		log,
		profile: { ...embeddedLimits, ...refusingProfile(topology, defaultDatabase) },
		shards: topology === 'single' ? 'one' : 'two',
		...(memoryBytes === undefined ? {} : { memoryBytes }),
		...(folderWaitSeconds === undefined ? {} : { folderWaitSeconds }),
	});
	const address = () => {
		const { url, token } = engine.address();
		return { url, username: 'touchstone', password: token };
	};
	try {
		await migrate(address, topology, defaultDatabase, withLock);
	} catch (error) {
		await engine.close();
		throw error;
	}
	return { engine, address };
}

async function openEmbedded(
	options: EmbeddedColumnsOptions & { readonly log: Logger; readonly withLock: WithLock },
): Promise<ColumnsStore> {
	const { engine, address } = await startMigratedEngine(options);
	const topology = options.topology ?? 'single';
	const door = openColumnsDoor({ address, database: defaultDatabase, topology, idleMilliseconds: 30_000 });
	return {
		door,
		version: () => engineVersion(door),
		get processId() {
			return engine.processId;
		},
		close: async () => {
			await door.close();
			await engine.close();
		},
	};
}

async function openForeign(
	options: Extract<ColumnsStoreOptions, { clickhouseUrl: string }>,
): Promise<ColumnsStore> {
	const { address, database, topology } = readClickhouseUrl(options.clickhouseUrl);
	const door = openColumnsDoor({ address: () => address, database, topology });
	try {
		await migrate(() => address, topology, database, options.withLock);
		if (!(await door.refusesStrangers()))
			options.log.warn({ statement: guard(address.username, topology, database) }, unguarded);
	} catch (error) {
		await door.close();
		throw error;
	}
	return { door, version: () => engineVersion(door), processId: undefined, close: () => door.close() };
}

/** Through a door of its own: a connection that starts in the product's database cannot be used to make it. */
async function migrate(
	address: () => ColumnsAddress,
	topology: Topology,
	database: string,
	withLock: WithLock,
): Promise<void> {
	const door = openColumnsDoor({ address, database: 'default', topology: 'single' });
	try {
		await migrateColumns({ columns: door.house, topology, database, withLock });
	} finally {
		await door.close();
	}
}

const unguarded =
	'the ClickHouse server answers questions that name no scope; run the statement to have it refuse them';

function guard(user: string, topology: Topology, database: string): string {
	const filters = refusingProfile(topology, database).additional_table_filters ?? '';
	const literal = filters.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
	return `ALTER USER ${user} SETTINGS additional_table_filters = '${literal}'`;
}

function readClickhouseUrl(text: string): {
	address: { url: string; username: string; password: string };
	database: string;
	topology: Topology;
} {
	const url = new URL(text);
	const database = url.pathname.slice(1) || defaultDatabase;
	const cluster = url.searchParams.get('cluster');
	for (const name of [database, cluster ?? 'none']) {
		if (!/^\w+$/.test(name))
			throw new RangeError(`CLICKHOUSE_URL names ${JSON.stringify(name)}, which is no plain name`);
	}
	return {
		address: {
			url: url.origin,
			username: decodeURIComponent(url.username) || 'default',
			password: decodeURIComponent(url.password),
		},
		database,
		topology: cluster === null ? 'single' : { cluster },
	};
}

async function engineVersion(door: ColumnsDoor): Promise<string> {
	const rows = await door.house.rows({
		sql: 'SELECT version() AS version',
		row: z.object({ version: z.string() }),
		timeoutSeconds: 5,
	});
	return rows[0]?.version ?? 'unknown';
}
