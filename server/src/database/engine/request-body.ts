import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { EngineError } from './engine-error.ts';

/** How many bytes of request bodies may be held at once, and how large one may be. */
export type BodyLimits = { readonly oneBytes: number; readonly allBytes: number };

const decoders = {
	gzip: promisify(gunzip),
	'x-gzip': promisify(gunzip),
	deflate: promisify(inflate),
	br: promisify(brotliDecompress),
	zstd: promisify(zstdDecompress),
} as const;

/** Holds request bodies in memory within a budget shared by all requests; what does not fit is turned away, not queued. */
export class BodyBudget {
	readonly #limits: BodyLimits;
	#held = 0;

	constructor(limits: BodyLimits) {
		this.#limits = limits;
	}

	/**
	 * Reads the whole body, unpacks it, and gives it to `work`; its bytes count against the budget until `work` is done.
	 *
	 * @throws EngineError `HTTP_LENGTH_REQUIRED`-style refusals are never used: too large is 307, no room is 202.
	 */
	async withBody<T>(request: IncomingMessage, work: (body: Buffer) => Promise<T>): Promise<T> {
		let counted = 0;
		const count = (bytes: number) => {
			if (counted + bytes > this.#limits.oneBytes) throw tooLarge(this.#limits.oneBytes);
			if (this.#held + bytes > this.#limits.allBytes && counted + bytes > smallBodyBytes) throw noRoom();
			counted += bytes;
			this.#held += bytes;
		};
		try {
			const packed = await readBody(request, count);
			return await work(await unpacked(request, packed, this.#limits.oneBytes, count));
		} finally {
			this.#held -= counted;
		}
	}
}

/** Questions are small and must get through while large inserts fill the budget. */
const smallBodyBytes = 65_536;

/** With a declared length the chunks are laid side by side as they come; otherwise they are joined at the end. */
async function readBody(request: IncomingMessage, count: (bytes: number) => void): Promise<Buffer> {
	const declared = Number(request.headers['content-length'] ?? Number.NaN);
	if (Number.isSafeInteger(declared)) {
		count(declared);
		const whole = Buffer.allocUnsafeSlow(declared);
		let filled = 0;
		for await (const chunk of request) {
			if (!Buffer.isBuffer(chunk)) continue;
			filled += chunk.copy(whole, filled);
		}
		return filled === declared ? whole : whole.subarray(0, filled);
	}
	const chunks: Buffer[] = [];
	for await (const chunk of request) {
		if (!Buffer.isBuffer(chunk)) continue;
		count(chunk.length);
		chunks.push(chunk);
	}
	return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

async function unpacked(
	request: IncomingMessage,
	packed: Buffer,
	maxOutputLength: number,
	count: (bytes: number) => void,
): Promise<Buffer> {
	const encoding = request.headers['content-encoding'] ?? 'identity';
	if (encoding === 'identity' || packed.length === 0) return packed;
	if (!isKnown(encoding)) {
		throw new EngineError(
			48,
			'NOT_IMPLEMENTED',
			`Content-Encoding ${JSON.stringify(encoding)} is not spoken`,
		);
	}
	try {
		const plain = await decoders[encoding](packed, { maxOutputLength });
		count(plain.length);
		return plain;
	} catch (cause) {
		if (cause instanceof EngineError) throw cause;
		if (cause instanceof RangeError) throw tooLarge(maxOutputLength);
		throw new EngineError(354, 'ZLIB_INFLATE_FAILED', `The body is no ${encoding} data`, { cause });
	}
}

function isKnown(encoding: string): encoding is keyof typeof decoders {
	return Object.hasOwn(decoders, encoding);
}

function tooLarge(limit: number): EngineError {
	return new EngineError(307, 'TOO_MANY_BYTES', `A request body may hold ${limit} bytes; send it in parts`);
}

function noRoom(): EngineError {
	return new EngineError(
		202,
		'TOO_MANY_SIMULTANEOUS_QUERIES',
		'Too many request bodies are held; try again later',
	);
}
