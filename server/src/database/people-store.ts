import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { clientConfig, type PostgresConnection } from './postgres-connection.ts';
import type { PeopleDatabase } from './postgres-schema.ts';
import { asUnavailable } from './postgres-unavailable.ts';

/** Who people are and where they are signed in: the schema `people`, and nothing else. */
export interface PeopleStore {
	/** Its connections start as a role that may touch only that schema, whoever asks what. */
	readonly kysely: Kysely<PeopleDatabase>;
	/** Asks, and turns a store that does not answer into StoreUnavailable. */
	ask<T>(question: (kysely: Kysely<PeopleDatabase>) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

/** Opens the store of people in a migrated database. */
export function openPeopleStore(options: { connection: PostgresConnection; log: Logger }): PeopleStore {
	const { connection, log } = options;
	const pool = new pg.Pool({
		...clientConfig(connection, {
			role: 'touchstone_people',
			search_path: 'people',
			statement_timeout: '30s',
			idle_in_transaction_session_timeout: '30s',
		}),
		max: 8,
		idleTimeoutMillis: 30_000,
	});
	pool.on('connect', client => client.on('error', () => undefined));
	pool.on('error', error => log.debug({ error: error.message }, 'an idle connection to postgres broke'));
	const kysely = new Kysely<PeopleDatabase>({ dialect: new PostgresDialect({ pool }) });
	return {
		kysely,
		async ask(question) {
			try {
				return await question(kysely);
			} catch (error) {
				throw asUnavailable(error);
			}
		},
		close: () => kysely.destroy(),
	};
}
