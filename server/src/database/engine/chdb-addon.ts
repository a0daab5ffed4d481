import { createRequire } from 'node:module';
import { z } from 'zod';

/** A connection inside the engine: one statement at a time, closed by whoever opened it. */
export type AddonConnection = { readonly opaque: unique symbol };

/** A running statement whose answer is fetched piece by piece. */
export type AddonStream = { readonly opaque: unique symbol };

export type AddonAnswer = { readonly bytes: Buffer; readonly rowsRead: number; readonly bytesRead: number };

export type AddonInsert = {
	readonly rowsWritten: number;
	readonly bytesWritten: number;
	/** Lines that are not empty, when they were counted. */
	readonly rowsSent?: number;
};

export type AddonPiece = { readonly done: true } | { readonly done: false; readonly bytes: Uint8Array };

/**
 * The engine's native functions. The package's own `Session` is not used: closing one waits until every statement of the
 * process is done, so while a single long statement ran, each short one kept its connection (0.6 MB); five thousand of them
 * were 3 GB. Closing a connection whose own statement has ended needs no such wait.
 */
export type ChdbAddon = {
	CreateConnection(folder: string, args: readonly string[]): AddonConnection;
	/** Nothing may be running on the connection. */
	CloseConnection(connection: AddonConnection): void;
	QueryAsyncConnection(connection: AddonConnection, sql: string, format: string): Promise<AddonAnswer>;
	/** `head` is the statement up to its format; `rows` must not change until the promise settles. */
	InsertRawAsyncConnection(
		connection: AddonConnection,
		head: string,
		rows: Uint8Array,
		countLines: boolean,
	): Promise<AddonInsert>;
	StreamQuery(connection: AddonConnection, sql: string, format: string): AddonStream;
	StreamFetch(stream: AddonStream): Promise<AddonPiece>;
	/** Nothing may be being fetched. */
	StreamCancel(stream: AddonStream): void;
};

const functionNames = [
	'CreateConnection',
	'CloseConnection',
	'QueryAsyncConnection',
	'InsertRawAsyncConnection',
	'StreamQuery',
	'StreamFetch',
	'StreamCancel',
] as const;

const addonSchema = z.custom<ChdbAddon>(
	value =>
		typeof value === 'object' &&
		value !== null &&
		functionNames.every(name => typeof Reflect.get(value, name) === 'function'),
	'this version of chdb has other native functions than the one the engine was written for',
);

const loaderSchema = z.object({ loadNative: z.function({ input: [], output: addonSchema }) });

/** Loads the engine into this process, once. It takes a quarter of a gigabyte, so only the engine's own process does. */
export function loadChdbAddon(): ChdbAddon {
	const fromChdb = createRequire(createRequire(import.meta.url).resolve('chdb'));
	return loaderSchema.parse(fromChdb('./dist/loader.js')).loadNative();
}
