import pg from 'pg';
import type { Logger } from 'pino';
import type { ColumnsDoor } from './columns-door.ts';
import { type ColumnsStore, openColumnsStore } from './columns-store.ts';
import { type DataFolderLock, lockDataFolder } from './data-folder-lock.ts';
import { openPeopleStore, type PeopleStore } from './people-store.ts';
import { clientConfig, connectionFromUrl, type PostgresConnection } from './postgres-connection.ts';
import { type OpenPostgresDoor, openPostgresDoor, type PostgresDoor } from './postgres-door.ts';
import { migratePostgres } from './postgres-migrations.ts';
import { startPostgresServer } from './postgres-server.ts';
import type { StoreName } from './store-unavailable.ts';

export type StoresConfig = {
	/** Where embedded stores keep their data: `postgres/`, `columns/`, and `run/` for locks and sockets. */
	readonly dataFolder: string;
	/** A PostgreSQL server to use instead of the embedded one. */
	readonly databaseUrl?: string;
	/** A ClickHouse server to use instead of the embedded engine. */
	readonly clickhouseUrl?: string;
	readonly log: Logger;
};

export type StoreHealth = {
	readonly store: StoreName;
	/** `embedded`: a process of ours. `server`: named by a URL. */
	readonly place: 'embedded' | 'server';
	readonly answers: boolean;
	/** The version when it answers, else what is wrong. */
	readonly detail: string;
};

export type Stores = {
	readonly postgres: PostgresDoor;
	readonly columns: ColumnsDoor;
	readonly people: PeopleStore;
	health(): Promise<StoreHealth[]>;
	/** Lets what is under way finish, then ends the embedded stores and frees the data folder. */
	close(): Promise<void>;
};

/**
 * Opens both stores, migrated to the newest version. What no URL names is started as a child process on the data folder,
 * which is then this process's alone.
 */
export async function openStores(config: StoresConfig): Promise<Stores> {
	const embedded = config.databaseUrl === undefined || config.clickhouseUrl === undefined;
	const lock = embedded ? lockDataFolder(config.dataFolder) : undefined;
	const postgres = openPostgres(config);
	// The engine starts meanwhile; only its migrations wait for PostgreSQL, whose lock keeps processes apart.
	const columns = openColumnsStore({
		...(config.clickhouseUrl === undefined
			? { dataFolder: config.dataFolder }
			: { clickhouseUrl: config.clickhouseUrl }),
		log: config.log,
		withLock: async (name, work) => (await postgres).door.withLock(name, work),
	});
	try {
		return storesOf(config, await postgres, await columns, lock);
	} catch (error) {
		for (const opened of await Promise.allSettled([columns, postgres])) {
			if (opened.status === 'fulfilled') await opened.value.close();
		}
		lock?.release();
		throw error;
	}
}

function storesOf(
	config: StoresConfig,
	postgres: OpenPostgres,
	columns: ColumnsStore,
	lock: DataFolderLock | undefined,
): Stores {
	return {
		postgres: postgres.door,
		columns: columns.door,
		people: postgres.people,
		health: () =>
			Promise.all([
				healthOf('postgres', config.databaseUrl, () => postgres.door.version()),
				healthOf('columns', config.clickhouseUrl, () => columns.version()),
			]),
		async close() {
			await columns.close();
			await postgres.close();
			lock?.release();
		},
	};
}

type OpenPostgres = {
	readonly door: OpenPostgresDoor;
	readonly people: PeopleStore;
	close(): Promise<void>;
};

async function openPostgres({ dataFolder, databaseUrl, log }: StoresConfig): Promise<OpenPostgres> {
	if (databaseUrl !== undefined) {
		const connection = connectionFromUrl(databaseUrl);
		await mustAnswer(connection);
		return await openMigrated(connection, log, async () => undefined);
	}
	const server = await startPostgresServer({ dataFolder, log });
	try {
		return await openMigrated(server.connection, log, () => server.stop());
	} catch (error) {
		await server.stop();
		throw error;
	}
}

/** Says in a sentence what is wrong with the server somebody named, before anything is done there. */
async function mustAnswer(connection: PostgresConnection): Promise<void> {
	const client = new pg.Client(clientConfig(connection, {}));
	client.on('error', () => undefined);
	try {
		await client.connect();
	} catch (error) {
		const reason =
			error instanceof Error ? error.message || ('code' in error && String(error.code)) : String(error);
		throw new Error(`The server DATABASE_URL names cannot be used: ${reason}.`, { cause: error });
	}
	await client.end();
}

async function openMigrated(
	connection: PostgresConnection,
	log: Logger,
	afterClose: () => Promise<void>,
): Promise<OpenPostgres> {
	await migratePostgres({ connection, log });
	const door = openPostgresDoor({ connection, log });
	const people = openPeopleStore({ connection, log });
	return {
		door,
		people,
		async close() {
			await people.close();
			await door.close();
			await afterClose();
		},
	};
}

async function healthOf(
	store: StoreName,
	url: string | undefined,
	version: () => Promise<string>,
): Promise<StoreHealth> {
	const place = url === undefined ? 'embedded' : 'server';
	try {
		return { store, place, answers: true, detail: await version() };
	} catch (error) {
		return { store, place, answers: false, detail: error instanceof Error ? error.message : String(error) };
	}
}
