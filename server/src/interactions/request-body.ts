import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ProblemCode, Refusal } from '../http/problems.ts';
import { Turns } from './turns.ts';

/**
 * Hands bodies to the routes of this scope as they arrive, whatever their media type: the intake has limits and formats of
 * its own.
 */
export function takeBodiesAsStreams(scope: FastifyInstance): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** The media type a body declares, in small letters and without parameters; `''` when it declares none. */
export function mediaTypeOf(request: FastifyRequest): string {
	return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * The body as bytes come in, unpacked where it was sent packed.
 * @throws Refusal for an encoding we do not unpack
 */
export function bodyStream(request: FastifyRequest): Readable {
	const stream = request.raw;
	const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
	if (encoding === 'identity' || encoding === '') return stream;
	if (encoding === 'gzip') {
		const unpacked = createGunzip();
		stream.on('error', error => unpacked.destroy(error));
		return stream.pipe(unpacked);
	}
	throw new Refusal(
		'media-type-unsupported',
		`The encoding ${encoding.slice(0, 50)} is not taken here; gzip and identity are.`,
	);
}

/**
 * Reads a whole body that may take so many bytes, unpacked, and waits for the turn to handle it.
 * @throws Refusal with `tooLarge` beyond them
 */
export function readWhole(request: FastifyRequest, limit: number, tooLarge: ProblemCode): Promise<Buffer> {
	// Listeners rather than `for await`: with one event a request this is a noticeable part of the work.
	return new Promise((resolve, reject) => {
		const stream = bodyStream(request);
		const chunks: Buffer[] = [];
		let size = 0;
		const refuseSize = () =>
			reject(
				new Refusal(tooLarge, `The limit is ${Math.floor(limit / 1024)} KB.`, {
					headers: { connection: 'close' },
				}),
			);
		stream.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size <= limit) chunks.push(chunk);
			else chunks.length = 0;
			// What is a little too large is read to its end, so that the client is listening when it is told.
			if (size > limit + drained) refuseSize();
		});
		stream.on('end', () => {
			if (size > limit) refuseSize();
			else {
				const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
				resolve(turns.next().then(() => bytes));
			}
		});
		stream.on('error', error => reject(brokenBody(error)));
		// Every stream closes, so the error is made only where it says something.
		stream.on('close', () => {
			if (!stream.readableEnded) reject(brokenBody(undefined));
		});
	});
}

/** The JSON value a body holds. @throws Refusal when it is none */
export function parseJson(bytes: Buffer): unknown {
	if (!isUtf8(bytes)) throw new Refusal('body-not-json', 'The body is not UTF-8.');
	const text = bytes.toString('utf8');
	try {
		return JSON.parse(text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text);
	} catch (error) {
		throw new Refusal('body-not-json', error instanceof SyntaxError ? `${error.message}.` : undefined);
	}
}

/** Chunks of a body; what breaks underway is the client's affair and no defect of ours. */
export async function* checked(stream: Readable): AsyncGenerator<Buffer> {
	try {
		for await (const chunk of stream) yield chunk as Buffer; // a stream without encoding yields buffers
	} catch (error) {
		throw brokenBody(error);
	}
}

function brokenBody(error: unknown): Refusal {
	const packed = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
	return new Refusal(
		packed ? 'body-not-json' : 'request-invalid',
		packed ? 'The body says gzip and is not.' : 'The body broke off.',
		{ headers: { connection: 'close' } },
	);
}

/** Of all requests: there is one thread. */
const turns = new Turns();
const drained = 4 * 1024 * 1024;
const byteOrderMark = 0xfeff;
