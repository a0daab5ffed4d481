/** An error in the engine's own terms: a numeric code, its name, and a sentence. */
export class EngineError extends Error {
	readonly code: number;
	readonly codeName: string;

	constructor(code: number, codeName: string, message: string, options?: { cause?: unknown }) {
		super(message, options);
		this.name = 'EngineError';
		this.code = code;
		this.codeName = codeName;
	}

	/** The text a ClickHouse server would send, which clients take apart again. */
	get wireText(): string {
		return `Code: ${this.code}. DB::Exception: ${this.message}. (${this.codeName})`;
	}
}

const wirePattern = /^Code: (\d+)\. DB::Exception: ([\s\S]*?)\.? ?\(([A-Z0-9_]+)\)\s*$/;

/** Takes an error the engine threw apart; anything it did not write itself becomes `UNKNOWN_EXCEPTION`. */
export function engineErrorFrom(thrown: unknown): EngineError {
	if (thrown instanceof EngineError) return thrown;
	const text = thrown instanceof Error ? thrown.message : String(thrown);
	const match = wirePattern.exec(text);
	const [, code, message, codeName] = match ?? [];
	if (code === undefined || message === undefined || codeName === undefined) {
		return new EngineError(1002, 'UNKNOWN_EXCEPTION', text, { cause: thrown });
	}
	return new EngineError(Number(code), codeName, message, { cause: thrown });
}

const notFound = new Set([46, 47, 50, 56, 60, 73, 81, 115]);
const badRequest = new Set([6, 8, 26, 27, 36, 38, 41, 42, 43, 53, 62, 69, 70, 72, 108, 117, 130, 456, 457]);

/** The HTTP status a ClickHouse server answers with for `error`. */
export function statusOf(error: EngineError): number {
	if (error.code === 202) return 503;
	if (error.code === 516) return 403;
	if (error.code === 48) return 501;
	if (error.code === 159) return 408;
	if (error.code === 307) return 413;
	if (notFound.has(error.code)) return 404;
	return badRequest.has(error.code) ? 400 : 500;
}
