import type { AddonConnection, ChdbAddon } from './chdb-addon.ts';
import { EngineError, engineErrorFrom } from './engine-error.ts';

/** One statement for the engine, with everything it needs said anew: nothing is left over from the statement before. */
export type EngineStatement = {
	readonly sql: string;
	readonly database: string | undefined;
	readonly settings: readonly (readonly [name: string, value: string])[];
	readonly parameters: readonly (readonly [name: string, value: string])[];
	/** Marks the statement inside the engine so that `kill` finds it. */
	readonly mark: string;
	/** The format of the answer when the text names none. */
	readonly defaultFormat: string;
};

export type EngineAnswer = { readonly bytes: Uint8Array; readonly counts: EngineCounts };

export type EngineCounts = {
	readonly rowsRead: number;
	readonly bytesRead: number;
	readonly rowsWritten: number;
	readonly bytesWritten: number;
};

/**
 * The embedded engine on one folder. One process can hold one engine.
 *
 * Every statement gets a connection of its own, closed when it is done: on one that lives on, settings stick to the next
 * statement, and after a failure the next answer begins with the failed one's partial output.
 */
export class ChdbEngine {
	readonly #addon: ChdbAddon;
	readonly #folder: string;
	readonly #connectionArgs: readonly string[];
	/** Keeps the engine alive between statements; it never runs one. */
	readonly #anchor: AddonConnection;
	readonly #running = new Set<Promise<unknown>>();

	constructor(addon: ChdbAddon, folder: string, configFile: string) {
		this.#addon = addon;
		this.#folder = folder;
		this.#connectionArgs = [`--config-file=${configFile}`];
		this.#anchor = this.#open();
	}

	/** Runs a statement to its end and answers its whole output. */
	async run(statement: EngineStatement): Promise<EngineAnswer> {
		return this.#onConnection(statement, async connection => {
			const answer = await this.#addon.QueryAsyncConnection(
				connection,
				statement.sql,
				statement.defaultFormat,
			);
			const { bytes, rowsRead, bytesRead } = answer;
			return { bytes, counts: { rowsRead, bytesRead, rowsWritten: 0, bytesWritten: 0 } };
		});
	}

	/**
	 * Runs a statement and hands its output to `take` piece by piece as it comes. The next piece is asked for when `take` has
	 * resolved; when it rejects, the statement ends.
	 */
	async stream(statement: EngineStatement, take: (piece: Uint8Array) => Promise<void>): Promise<void> {
		await this.#onConnection(statement, async connection => {
			const stream = this.#addon.StreamQuery(connection, statement.sql, statement.defaultFormat);
			try {
				for (;;) {
					const piece = await this.#addon.StreamFetch(stream);
					if (piece.done) return;
					await take(piece.bytes);
				}
			} finally {
				this.#addon.StreamCancel(stream);
			}
		});
	}

	/**
	 * Stores rows whose bytes go to the engine's own parser as they are; the statement's text ends with their format. All of
	 * them are stored or none.
	 */
	async insert(statement: EngineStatement, rows: Uint8Array, oneRowPerLine: boolean): Promise<EngineAnswer> {
		return this.#onConnection(statement, async connection => {
			const { rowsWritten, bytesWritten, rowsSent } = await this.#addon.InsertRawAsyncConnection(
				connection,
				statement.sql,
				rows,
				oneRowPerLine,
			);
			if (rowsSent !== undefined && rowsWritten < rowsSent) {
				throw new EngineError(
					1001,
					'STD_EXCEPTION',
					`Of ${rowsSent} rows sent only ${rowsWritten} were stored`,
				);
			}
			return {
				bytes: new Uint8Array(0),
				counts: { rowsRead: rowsSent ?? rowsWritten, bytesRead: rows.length, rowsWritten, bytesWritten },
			};
		});
	}

	/** Asks the engine to stop the statement that carries `mark`. Answers at once; the statement fails a moment later. */
	async kill(mark: string): Promise<void> {
		await this.#tracked(async () => {
			const connection = this.#open();
			try {
				// The waiting form (SYNC) never returns here.
				const sql = `KILL QUERY WHERE Settings['log_comment'] = ${literal(mark)} ASYNC`;
				await this.#addon.QueryAsyncConnection(connection, sql, 'Null');
			} finally {
				this.#addon.CloseConnection(connection);
			}
		});
	}

	/** Waits for everything that runs and releases the folder. Leaving while a statement runs crashes the engine. */
	async close(): Promise<void> {
		while (this.#running.size > 0) await Promise.allSettled(this.#running);
		this.#addon.CloseConnection(this.#anchor);
	}

	#open(): AddonConnection {
		return this.#addon.CreateConnection(this.#folder, this.#connectionArgs);
	}

	async #onConnection<T>(
		statement: EngineStatement,
		work: (connection: AddonConnection) => Promise<T>,
	): Promise<T> {
		return this.#tracked(async () => {
			const connection = this.#open();
			try {
				await this.#addon.QueryAsyncConnection(connection, preamble(statement), 'Null');
				return await work(connection);
			} catch (thrown) {
				throw engineErrorFrom(thrown);
			} finally {
				this.#addon.CloseConnection(connection);
			}
		});
	}

	async #tracked<T>(work: () => Promise<T>): Promise<T> {
		const running = work();
		this.#running.add(running);
		try {
			return await running;
		} finally {
			this.#running.delete(running);
		}
	}
}

/** `readonly` comes last, because nothing can be set behind it. */
function preamble(statement: EngineStatement): string {
	const readonly = statement.settings.filter(([name]) => name === 'readonly');
	const others = statement.settings.filter(([name]) => name !== 'readonly' && name !== 'log_comment');
	const assignments = [
		...statement.parameters.map(([name, value]) => `param_${name} = ${literal(value)}`),
		...[...others, ['log_comment', statement.mark] as const, ...readonly].map(
			([name, value]) => `${name} = ${literal(value)}`,
		),
	];
	const use = statement.database === undefined ? '' : `USE ${quotedName(statement.database)}; `;
	return `${use}SET ${assignments.join(', ')}`;
}

function literal(text: string): string {
	return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function quotedName(text: string): string {
	return `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
