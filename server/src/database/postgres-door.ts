import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { clientConfig, type PostgresConnection } from './postgres-connection.ts';
import type { Database } from './postgres-schema.ts';
import { asUnavailable } from './postgres-unavailable.ts';
import type { Scope } from './scope.ts';

/** The one way to the transactional store. What a transaction may see is decided here and enforced by the database. */
export interface PostgresDoor {
	/**
	 * One transaction inside one workspace. Row-level security shows and accepts only that workspace's rows, and of tables with
	 * a unit only the scope's units, whatever the queries say. A failure rolls everything back.
	 */
	inWorkspace<T>(scope: Scope, work: (trx: Transaction<Database>) => Promise<T>): Promise<T>;

	/** One transaction over all workspaces, for the product's own work. The reason is logged. */
	acrossWorkspaces<T>(reason: string, work: (trx: Transaction<Database>) => Promise<T>): Promise<T>;

	/**
	 * Runs one prepared statement over all workspaces. What it changed is committed when this resolves, in one way to the server
	 * and back instead of the four of a transaction: for what every request waits for.
	 */
	runAcross(statement: PreparedStatement): Promise<void>;

	/**
	 * Does the work only if no process holds the lock of that name; answers 'busy' otherwise. The lock lives on a connection of
	 * its own: should that break, `lost` fires and another process may begin, so long work should stop then.
	 */
	withLock<T>(name: string, work: (lost: AbortSignal) => Promise<T>): Promise<T | 'busy'>;

	/** As `withLock`, but waits for its turn. */
	inTurn<T>(name: string, work: (lost: AbortSignal) => Promise<T>): Promise<T>;

	/**
	 * For the job queue and LISTEN only. Its connections start as a role that may touch the queue and no other table, so a query
	 * that goes past the door is refused.
	 */
	readonly pool: pg.Pool;
}

/** A statement that the server plans once on each connection, known to it by its name. */
export type PreparedStatement = {
	readonly name: string;
	readonly text: string;
	readonly values: readonly (string | number | Buffer)[];
};

export type OpenPostgresDoor = PostgresDoor & {
	/** The server's version. @throws StoreUnavailable when it does not answer */
	version(): Promise<string>;
	/** Waits for running transactions and closes every connection. */
	close(): Promise<void>;
};

/** A connection costs the server 20 MB as the system counts, and opening one again 3 ms. */
const idleMilliseconds = 5_000;

/** Opens the door to a migrated database. */
export function openPostgresDoor(options: { connection: PostgresConnection; log: Logger }): OpenPostgresDoor {
	const { connection, log } = options;
	const pool = new pg.Pool({
		...clientConfig(connection, {
			role: 'touchstone_queue',
			// A question a person waits for ends long before this; longer work belongs into steps.
			statement_timeout: '120s',
			idle_in_transaction_session_timeout: '120s',
		}),
		max: 10,
		idleTimeoutMillis: idleMilliseconds,
	});
	const across = new pg.Pool({
		...clientConfig(connection, { role: 'touchstone_across', statement_timeout: '30s' }),
		max: 4,
		idleTimeoutMillis: idleMilliseconds,
	});
	for (const each of [pool, across]) {
		// Without a listener on each client, a connection that breaks between two queries of a transaction would end the process.
		each.on('connect', client => client.on('error', () => undefined));
		each.on('error', error => log.debug({ error: error.message }, 'an idle connection to postgres broke'));
	}
	const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });

	const transaction = <T>(
		begin: ReturnType<typeof sql>,
		work: (trx: Transaction<Database>) => Promise<T>,
	): Promise<T> =>
		orUnavailable(() =>
			kysely.transaction().execute(async trx => {
				await begin.execute(trx);
				return await work(trx);
			}),
		);

	return {
		pool,
		inWorkspace(scope, work) {
			const units = scope.units === 'all' ? 'all' : textArray(scope.units);
			return transaction(
				sql`select set_config('role', 'touchstone_scoped', true), set_config('touchstone.workspace', ${scope.workspace}, true),
					set_config('touchstone.units', ${units}, true)`,
				work,
			);
		},
		acrossWorkspaces(reason, work) {
			log.debug({ reason }, 'across workspaces');
			return transaction(sql`select set_config('role', 'touchstone_across', true)`, work);
		},
		async runAcross({ name, text, values }) {
			await orUnavailable(() => across.query({ name, text, values: [...values] }));
		},
		async withLock(name, work) {
			const lock = await orUnavailable(() => takeLock(connection, name, 'or-busy'));
			return lock === 'busy' ? 'busy' : await whileHeld(lock, work);
		},
		async inTurn(name, work) {
			const lock = await orUnavailable(() => takeLock(connection, name, 'in-turn'));
			if (lock === 'busy') throw new Error(`The lock ${name} was not waited for.`);
			return await whileHeld(lock, work);
		},
		async version() {
			const question = `select current_setting('server_version') as version`;
			const answer = await orUnavailable(() => pool.query<{ version: string }>(question));
			return answer.rows[0]?.version ?? 'unknown';
		},
		async close() {
			await Promise.all([kysely.destroy(), across.end()]);
		},
	};
}

type HeldLock = { readonly client: pg.Client; readonly lost: AbortSignal };

async function takeLock(
	connection: PostgresConnection,
	name: string,
	patience: 'or-busy' | 'in-turn',
): Promise<HeldLock | 'busy'> {
	const lost = new AbortController();
	const client = new pg.Client(clientConfig(connection, { role: 'touchstone_queue' }));
	client.on('error', error => lost.abort(error));
	await client.connect();
	try {
		const question = patience === 'in-turn' ? 'pg_advisory_lock' : 'pg_try_advisory_lock';
		const answer = await client.query<{ answer: unknown }>(
			`select ${question}(hashtextextended($1, 0)) as answer`,
			[name],
		);
		if (answer.rows[0]?.answer !== false) return { client, lost: lost.signal };
	} catch (error) {
		await release(client);
		throw error;
	}
	await release(client);
	return 'busy';
}

async function whileHeld<T>(lock: HeldLock, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
	try {
		return await work(lock.lost);
	} finally {
		await release(lock.client);
	}
}

/** Ending the session frees its locks; a connection that is already gone has freed them. */
async function release(client: pg.Client): Promise<void> {
	await client.end().catch(() => undefined);
}

async function orUnavailable<T>(ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (error) {
		throw asUnavailable(error);
	}
}

function textArray(values: readonly string[]): string {
	return `{${values.map(value => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
