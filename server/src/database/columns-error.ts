/**
 * The columnar engine refused a statement: wrong SQL, a limit reached, a bad row. Not for an engine that does not answer;
 * that is `StoreUnavailable`.
 */
export class ColumnsError extends Error {
	/** The engine's number for the kind of error, such as 60 for an unknown table. */
	readonly code: number;
	/** The engine's name for it, such as `UNKNOWN_TABLE`. */
	readonly codeName: string;

	constructor(code: number, codeName: string, message: string, options?: { cause?: unknown }) {
		super(message, options);
		this.name = 'ColumnsError';
		this.code = code;
		this.codeName = codeName;
	}
}
