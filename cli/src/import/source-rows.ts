import type { Row } from '@touchstone/domain/interactions/import-columns';

/** Where reading a file stands after a batch of rows; whoever knows it can go on from there. */
export type Position = {
	readonly rows: number;
	/** The line, or in Parquet the row, after which it goes on. */
	readonly line: number;
	/** Bytes of the file that are read, where the file can be entered at a byte. */
	readonly bytes: number;
};
export const beginning: Position = { rows: 0, line: 0, bytes: 0 };

/** A row and where it stands; a problem where the row cannot be read at all. */
export type SourceRow =
	| { readonly line: number; readonly row: Row }
	| { readonly line: number; readonly problem: string };

export type RowBatch = { readonly rows: readonly SourceRow[]; readonly position: Position };

/** A file that has been opened: what columns it has, and its rows from any position on. */
export type RowSource = {
	/** Undefined where rows need not be alike, as in NDJSON. */
	readonly columns: readonly string[] | undefined;
	readonly holdsObjects: boolean;
	/** Reads on from a position. Only the columns asked for are filled in, where the format allows to leave others. */
	readonly read: (columns: readonly string[], from: Position) => AsyncIterable<RowBatch>;
};

/** No record of a file may be larger than this: an unclosed quote must not read a whole file into memory. */
export const longestRecord = 16 * 1024 * 1024;
