import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import type { EngineAnswer, EngineCounts } from './chdb-engine.ts';
import { type EngineError, statusOf } from './engine-error.ts';

/** How an answer is written: in which format, and packed if the client asked for that and can unpack it. */
export type AnswerShape = { readonly format: string; readonly packed: boolean };

const gzipped = promisify(gzip);
const packing = { level: 3 };

/** Sends a whole answer at once. */
export async function sendWhole(
	response: ServerResponse,
	shape: AnswerShape,
	answer: EngineAnswer,
): Promise<void> {
	const bytes = shape.packed ? await gzipped(answer.bytes, packing) : answer.bytes;
	response.writeHead(200, { ...headers(shape, answer.counts), 'Content-Length': bytes.length });
	response.end(bytes);
}

/** Formats in which a part of an answer can be read by itself, so that it may be sent before the whole is known. */
export function comesInPieces(format: string): boolean {
	return /EachRow$|^(CSV|TSV|TabSeparated)/.test(format);
}

/** How long a client may leave an answer unread before its lane goes to somebody else. */
const stallMilliseconds = 60_000;

/**
 * Sends an answer piece by piece, no faster than the client takes it. Nothing is sent before the first piece is there, so
 * most failures still get a status; a later one is told at the end in the way ClickHouse marks it.
 */
export class PieceByPiece {
	readonly #response: ServerResponse;
	readonly #shape: AnswerShape;
	readonly #tag = randomBytes(12).toString('base64url');
	#sink: Writable | undefined;

	constructor(response: ServerResponse, shape: AnswerShape) {
		this.#response = response;
		this.#shape = shape;
	}

	async take(piece: Uint8Array): Promise<void> {
		const sink = this.#begun();
		if (sink.write(piece)) return;
		await once(sink, 'drain', { signal: AbortSignal.timeout(stallMilliseconds) });
	}

	end(): void {
		this.#begun().end();
	}

	/** Answers false when nothing was sent yet, so that the failure can have a status of its own. */
	fail(error: EngineError): boolean {
		if (this.#sink === undefined) return false;
		const text = `${error.wireText}\n`;
		const marker = '__exception__';
		const block = `\r\n${marker}\r\n${this.#tag}\r\n${text}${Buffer.byteLength(text)} ${this.#tag}\r\n${marker}\r\n`;
		this.#sink.end(block);
		return true;
	}

	#begun(): Writable {
		if (this.#sink !== undefined) return this.#sink;
		const counts = { rowsRead: 0, bytesRead: 0, rowsWritten: 0, bytesWritten: 0 };
		this.#response.writeHead(200, {
			...headers(this.#shape, counts),
			'X-ClickHouse-Exception-Tag': this.#tag,
		});
		this.#sink = this.#response;
		if (this.#shape.packed) {
			const packer = createGzip(packing);
			packer.pipe(this.#response);
			this.#response.once('close', () => packer.destroy());
			this.#sink = packer;
		}
		return this.#sink;
	}
}

/** Answers a failure as a ClickHouse server does, if the answer has not begun; else the connection is cut. */
export function sendError(response: ServerResponse, error: EngineError): void {
	if (response.headersSent || response.destroyed) {
		response.destroy();
		return;
	}
	const status = statusOf(error);
	response.writeHead(status, {
		'Content-Type': 'text/plain; charset=UTF-8',
		'X-ClickHouse-Exception-Code': String(error.code),
		...(status === 503 ? { 'Retry-After': '1' } : {}),
		// What is left of an unread body would otherwise be taken for the next request.
		...(response.req.complete ? {} : { Connection: 'close' }),
	});
	response.end(`${error.wireText}\n`);
}

function headers({ format, packed }: AnswerShape, counts: EngineCounts): Record<string, string> {
	return {
		'Content-Type': contentType(format),
		...(packed ? { 'Content-Encoding': 'gzip' } : {}),
		'X-ClickHouse-Format': format,
		'X-ClickHouse-Timezone': 'UTC',
		'X-ClickHouse-Summary': JSON.stringify({
			read_rows: String(counts.rowsRead),
			read_bytes: String(counts.bytesRead),
			written_rows: String(counts.rowsWritten),
			written_bytes: String(counts.bytesWritten),
		}),
	};
}

function contentType(format: string): string {
	if (format.startsWith('JSON')) {
		return `application/${format.includes('EachRow') ? 'x-ndjson' : 'json'}; charset=UTF-8`;
	}
	if (format.startsWith('CSV')) return 'text/csv; charset=UTF-8; header=absent';
	if (format.startsWith('T')) return 'text/tab-separated-values; charset=UTF-8';
	return 'application/octet-stream';
}
