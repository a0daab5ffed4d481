import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { ColumnsDoor } from '../database/columns-door.ts';
import { ColumnsError } from '../database/columns-error.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import { GroupCommit, type LogTable, type RowsInbox } from './group-commit.ts';

/** What the engine says when it cannot read a value of a row; everything else it says is about itself. */
const rowFaults: ReadonlySet<number> = new Set([6, 26, 27, 33, 38, 41, 53, 69, 72, 117, 131, 349, 407]);

/** Whether the engine found fault with the rows of an insert. */
export function blamesRows(error: unknown): error is ColumnsError {
	return error instanceof ColumnsError && rowFaults.has(error.code);
}

/** Stores lines in the log: durable when it resolves. */
export function logInsert(
	columns: ColumnsDoor,
	log: Logger,
): (table: LogTable, lines: readonly Buffer[]) => Promise<void> {
	return async (table, lines) => {
		try {
			await columns.house.insertLines(table.name, table.columns, lines, { timeoutSeconds: 30 });
		} catch (error) {
			if (!(error instanceof ColumnsError) || blamesRows(error)) throw error;
			// Out of memory, too many parts, a query limit: nothing is wrong with the rows, and later they fit.
			log.warn({ err: error, table: table.name }, 'the engine did not store rows; it is tried again');
			throw new StoreUnavailable('columns', { retryAfterSeconds: 2, cause: error });
		}
	};
}

/** Stores the rows of many requests together, in the log or in the inbox: durable when answered. */
export function openLogWriter(
	insert: (table: LogTable, lines: readonly Buffer[]) => Promise<void>,
	inbox: RowsInbox,
	options: { readonly budgetBytes?: number } = {},
): GroupCommit {
	return new GroupCommit({
		...options,
		insert,
		inbox,
		blamesRows,
		isOutage: error => error instanceof StoreUnavailable && error.store === 'columns',
		newBatch,
	});
}

/** A batch as the log takes it. */
export function newBatch(): string {
	return randomBatch().toString();
}

/** A random unsigned 64-bit number, never 0. */
export function randomBatch(): bigint {
	return randomBytes(8).readBigUInt64BE() || 1n;
}
