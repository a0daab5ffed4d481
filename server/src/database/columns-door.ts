import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { z } from 'zod';
import { ColumnsError } from './columns-error.ts';
import {
	refusingFilters,
	scopeFilters,
	type TableFilters,
	tableFiltersSetting,
	unscopedFilters,
} from './columns-scope.ts';
import { scopedTables } from './columns-tables.ts';
import { askedDatabase, type Topology } from './columns-topology.ts';
import type { Scope } from './scope.ts';
import { StoreUnavailable } from './store-unavailable.ts';

/** A value bound to a `{name:Type}` placeholder. Decimals travel as text, 64-bit integers as text or bigint. */
export type QueryParam = string | number | bigint | boolean | Date | null | readonly QueryParam[];

export type ColumnsQuery<T> = {
	readonly sql: string;
	readonly params?: Readonly<Record<string, QueryParam>>;
	/** What one row must look like, by column name; 64-bit integers and decimals arrive as text. */
	readonly row: z.ZodType<T>;
	/** More rows than this is an error, not a longer list. */
	readonly maxRows?: number;
	readonly timeoutSeconds?: number;
	readonly signal?: AbortSignal;
};

export type RunOptions = { readonly signal?: AbortSignal; readonly timeoutSeconds?: number };

export interface ScopedColumns {
	/**
	 * Asks one question and answers its rows.
	 *
	 * @throws StoreUnavailable when the engine does not answer at the moment
	 * @throws ColumnsError when it refuses the question
	 */
	rows<T>(query: ColumnsQuery<T>): Promise<T[]>;
}

export interface HouseColumns extends ScopedColumns {
	/** Runs a statement that answers nothing. It has taken effect when this resolves. */
	run(sql: string, params?: Readonly<Record<string, QueryParam>>, options?: RunOptions): Promise<void>;
	/** Stores rows that are already written as JSONCompactEachRow lines, in any number of pieces. They are on the disk when this resolves. */
	insertLines(
		table: string,
		columns: readonly string[],
		ndjson: string | readonly Buffer[],
		options?: { readonly timeoutSeconds?: number },
	): Promise<void>;
}

export interface ColumnsDoor {
	/** Questions for people: only rows of the scope can be read, and nothing can be changed. */
	forScope(scope: Scope): ScopedColumns;
	/** Reads and writes of the product itself, across workspaces. */
	readonly house: HouseColumns;
	/** Whether the engine itself refuses a question that brings no scope, and so did not come through this door. */
	refusesStrangers(): Promise<boolean>;
	close(): Promise<void>;
}

export type ColumnsAddress = { readonly url: string; readonly username: string; readonly password: string };

export type ColumnsDoorOptions = {
	/** Where the engine answers at the moment. @throws StoreUnavailable while it does not */
	readonly address: () => ColumnsAddress;
	readonly database: string;
	readonly topology: Topology;
	/** How long an unused connection may wait; a server may close it earlier than the client thinks. */
	readonly idleMilliseconds?: number;
};

/** Opens the one way to the columnar engine, embedded or elsewhere, through the stock HTTP client. */
export function openColumnsDoor(options: ColumnsDoorOptions): ColumnsDoor {
	const { topology, database } = options;
	const connection = new Connection(options);
	return {
		forScope: scope =>
			new Columns(connection, { ...filterSettings(scopeFilters(scope, topology, database)), readonly: '1' }),
		house: new Columns(connection, filterSettings(unscopedFilters(topology, database))),
		refusesStrangers: () => isRefused(new Columns(connection, {})),
		close: () => connection.close(),
	};
}

async function isRefused(stranger: ScopedColumns): Promise<boolean> {
	try {
		await stranger.rows({ sql: `SELECT 1 FROM ${scopedTables[0]} LIMIT 0`, row: z.unknown() });
		return false;
	} catch (error) {
		if (error instanceof ColumnsError) return true;
		throw error;
	}
}

const defaultTimeoutSeconds = 60;
const defaultMaxRows = 100_000;

/** What every statement runs under, embedded or not, so that both engines give the same answer. */
const profile = {
	async_insert: 0,
	output_format_json_quote_64bit_integers: 1,
	output_format_json_quote_decimals: 1,
	date_time_input_format: 'best_effort',
	do_not_merge_across_partitions_select_final: 1,
	distributed_foreground_insert: 1,
	mutations_sync: '2',
	wait_end_of_query: 1,
	// Looking for what follows from comparisons is two thirds of what a judgement of five promises costs before it reads a row
	// (0.20 s of CPU with, 0.07 without; of 32 promises 0.59 and 0.13), and leads to no index here.
	optimize_and_compare_chain: 0,
} as const;

type Settings = Readonly<Record<string, string>>;

class Columns implements HouseColumns {
	readonly #connection: Connection;
	readonly #settings: Settings;

	constructor(connection: Connection, settings: Settings) {
		this.#connection = connection;
		this.#settings = settings;
	}

	async rows<T>(query: ColumnsQuery<T>): Promise<T[]> {
		const seconds = query.timeoutSeconds ?? defaultTimeoutSeconds;
		return this.#connection.use(query.signal, seconds, async (client, signal) => {
			const result = await client.query({
				query: query.sql,
				format: 'JSONCompact',
				query_params: { ...query.params },
				abort_signal: signal,
				clickhouse_settings: {
					...profile,
					max_execution_time: seconds,
					max_result_rows: String(query.maxRows ?? defaultMaxRows),
					result_overflow_mode: 'throw',
					...this.#settings,
				},
			});
			const answer = answerSchema.parse(JSON.parse(await result.text()));
			const names = answer.meta.map(column => column.name);
			return answer.data.map(values =>
				query.row.parse(Object.fromEntries(names.map((name, index) => [name, values[index]]))),
			);
		});
	}

	async run(
		sql: string,
		params: Readonly<Record<string, QueryParam>> = {},
		options: RunOptions = {},
	): Promise<void> {
		const seconds = options.timeoutSeconds ?? defaultTimeoutSeconds;
		await this.#connection.use(options.signal, seconds, async (client, signal) => {
			await client.command({
				query: sql,
				query_params: { ...params },
				abort_signal: signal,
				clickhouse_settings: { ...profile, max_execution_time: seconds, ...this.#settings },
			});
		});
	}

	async insertLines(
		table: string,
		columns: readonly string[],
		ndjson: string | readonly Buffer[],
		options: { readonly timeoutSeconds?: number } = {},
	): Promise<void> {
		const pieces = typeof ndjson === 'string' ? [Buffer.from(ndjson)] : ndjson;
		const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
		if (length === 0) return;
		const seconds = options.timeoutSeconds ?? defaultTimeoutSeconds;
		await this.#connection.use(undefined, seconds, async (client, signal) => {
			const { stream, summary } = await client.exec({
				query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT JSONCompactEachRow`,
				values: Readable.from(pieces, { objectMode: false }),
				abort_signal: signal,
				http_headers: { 'Content-Length': String(length) },
				clickhouse_settings: {
					...profile,
					max_execution_time: seconds,
					// Whoever reads asks for the newest version anyway; collapsing each small insert cost half of its time.
					optimize_on_insert: 0,
					...this.#settings,
				},
			});
			stream.resume();
			if (summary?.written_rows === '0') {
				throw new ColumnsError(
					1001,
					'STD_EXCEPTION',
					`No row was stored in ${table} although rows were sent`,
				);
			}
		});
	}
}

const answerSchema = z.object({
	meta: z.array(z.object({ name: z.string() })),
	data: z.array(z.array(z.unknown())),
});

/** What an engine should start every statement from, so that one which came past the door is refused. */
export function refusingProfile(topology: Topology, database: string): Settings {
	return filterSettings(refusingFilters(topology, database));
}

function filterSettings(filters: TableFilters): Settings {
	const setting = tableFiltersSetting(filters);
	if (encodeURIComponent(setting).length > longestFilters) {
		throw new RangeError(
			'a scope lists more units than a question can carry; give it all units of the workspace, or fewer',
		);
	}
	return { additional_table_filters: setting };
}

/** Settings travel in the address of the request, of which ClickHouse reads one megabyte. */
const longestFilters = 900_000;

class Connection {
	readonly #options: ColumnsDoorOptions;
	#client: { readonly url: string; readonly client: ClickHouseClient } | undefined;

	constructor(options: ColumnsDoorOptions) {
		this.#options = options;
	}

	async use<T>(
		signal: AbortSignal | undefined,
		seconds: number,
		work: (client: ClickHouseClient, signal: AbortSignal) => Promise<T>,
	): Promise<T> {
		signal?.throwIfAborted();
		// The engine stops a statement itself at its limit; this one is for an engine that no longer answers.
		const deadline = AbortSignal.timeout((seconds + 10) * 1000);
		const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
		try {
			return await work(this.#current(), either);
		} catch (thrown) {
			if (signal?.aborted === true) throw signal.reason;
			throw typed(thrown);
		}
	}

	async close(): Promise<void> {
		await this.#client?.client.close();
		this.#client = undefined;
	}

	/** An engine that was started again answers at another address. */
	#current(): ClickHouseClient {
		const address = this.#options.address();
		if (this.#client?.url === address.url) return this.#client.client;
		void this.#client?.client.close();
		const client = createClient({
			url: address.url,
			username: address.username,
			password: address.password,
			database: askedDatabase(this.#options.topology, this.#options.database),
			application: 'touchstone',
			max_open_connections: 32,
			request_timeout: 2 ** 31 - 1,
			compression: { request: false, response: false },
			keep_alive: { enabled: true, idle_socket_ttl: this.#options.idleMilliseconds ?? 2_500 },
			log: { level: ClickHouseLogLevel.OFF },
		});
		this.#client = { url: address.url, client };
		return client;
	}
}

/** Codes that speak of the engine's state and not of the statement: overload, network, read-only tables, a full disk. */
const unavailable: ReadonlyMap<number, number> = new Map([
	[202, 1],
	[203, 1],
	[209, 2],
	[210, 2],
	[225, 5],
	[236, 2],
	[242, 5],
	[243, 30],
	[252, 2],
	[279, 2],
	[999, 5],
]);

function typed(thrown: unknown): Error {
	if (thrown instanceof z.ZodError || thrown instanceof ColumnsError || thrown instanceof StoreUnavailable) {
		return thrown;
	}
	if (!(thrown instanceof ClickHouseError)) {
		return new StoreUnavailable('columns', { retryAfterSeconds: 2, cause: thrown });
	}
	const code = Number(thrown.code);
	const retryAfterSeconds = unavailable.get(code);
	if (retryAfterSeconds !== undefined)
		return new StoreUnavailable('columns', { retryAfterSeconds, cause: thrown });
	return new ColumnsError(code, thrown.type ?? 'UNKNOWN', thrown.message.trim(), { cause: thrown });
}
