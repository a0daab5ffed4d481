import { drainPending, type RawInsertFormat, Session } from 'chdb';
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

export type EngineRows = {
	readonly table: string;
	readonly columns: readonly string[] | undefined;
	readonly format: RawInsertFormat;
	readonly bytes: Buffer;
};

export type EngineAnswer = {
	readonly bytes: Uint8Array;
	readonly rowsRead: number;
	readonly bytesRead: number;
	readonly rowsWritten: number;
	readonly bytesWritten: number;
};

/**
 * The embedded engine on one folder. One process can hold one engine, and this is the only file that loads it.
 *
 * Every statement gets a session of its own, closed when it is done: in a session that lives on, settings stick to the
 * next statement, and after a failure the next answer begins with the failed one's partial output.
 */
export class ChdbEngine {
	readonly #folder: string;
	readonly #connectionArgs: readonly string[];
	/** Keeps the engine alive between statements; it never runs one. */
	readonly #anchor: Session;

	constructor(folder: string, configFile: string) {
		this.#folder = folder;
		this.#connectionArgs = [`--config-file=${configFile}`];
		this.#anchor = this.#open();
	}

	/** Runs a statement to its end and answers its whole output. */
	async run(statement: EngineStatement): Promise<EngineAnswer> {
		return this.#inSession(statement, async session => {
			const result = await session.queryAsync(statement.sql, { format: statement.defaultFormat });
			return {
				bytes: result.bytes(),
				rowsRead: result.rowsRead,
				bytesRead: result.bytesRead,
				rowsWritten: 0,
				bytesWritten: 0,
			};
		});
	}

	/** Stores rows whose bytes go to the engine's own parser as they are. All of them are stored or none. */
	async insert(statement: EngineStatement, rows: EngineRows): Promise<EngineAnswer> {
		return this.#inSession(statement, async session => {
			const summary = await session.insert({
				table: rows.table,
				values: rows.bytes,
				format: rows.format,
				...(rows.columns === undefined ? {} : { columns: rows.columns }),
			});
			if (summary.rowsWritten === 0 && rows.bytes.length > 0 && summary.rowsSent !== 0) {
				throw new EngineError(
					1001,
					'STD_EXCEPTION',
					`No row was stored in ${rows.table} although rows were sent`,
				);
			}
			return {
				bytes: new Uint8Array(0),
				rowsRead: summary.rowsSent ?? 0,
				bytesRead: summary.bytesSent ?? 0,
				rowsWritten: summary.rowsWritten,
				bytesWritten: summary.bytesWritten,
			};
		});
	}

	/** Asks the engine to stop the statement that carries `mark`. Answers at once; the statement fails a moment later. */
	async kill(mark: string): Promise<void> {
		const session = this.#open();
		try {
			// The waiting form (SYNC) never returns here.
			await session.queryAsync(`KILL QUERY WHERE Settings['log_comment'] = ${literal(mark)} ASYNC`);
		} finally {
			session.close();
		}
	}

	/** Waits for everything that runs and releases the folder. Leaving while a statement runs crashes the engine. */
	async close(): Promise<void> {
		await drainPending();
		this.#anchor.close();
		await drainPending();
	}

	#open(): Session {
		return new Session(this.#folder, { connectionArgs: this.#connectionArgs });
	}

	async #inSession<T>(statement: EngineStatement, work: (session: Session) => Promise<T>): Promise<T> {
		const session = this.#open();
		try {
			await session.queryAsync(preamble(statement));
			return await work(session);
		} catch (thrown) {
			throw engineErrorFrom(thrown);
		} finally {
			session.close();
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
