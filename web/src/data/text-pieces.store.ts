import { ImportStopped } from './import-stopped.ts';

/** How a text file is to be read. */
export type TextStyle = { readonly encoding: string; readonly zipped: boolean };

export type TextPiece = {
	readonly text: string;
	/** The place in the file behind the text; 0 where the file cannot be entered in its middle. */
	readonly bytes: number;
	/** How much of the file has been read, for a progress bar. */
	readonly read: number;
};

/** Small enough that reading and mapping a piece takes no longer than a click may wait. */
const pieceBytes = 256 * 1024;

/** Whether the file can be entered in the middle: neither packed nor in an encoding that must be read from its beginning. */
export function canEnter({ encoding, zipped }: TextStyle): boolean {
	return !zipped && /^utf-?8$/i.test(encoding);
}

/** The text of a file from a byte on, in pieces, holding one of them in memory at a time. */
export function textPieces(file: Blob, style: TextStyle, fromByte: number): AsyncGenerator<TextPiece> {
	return canEnter(style) ? utf8Pieces(file, fromByte) : decodedPieces(file, style);
}

/** Pieces are cut behind a line break, so that the place behind each of them is known to the byte. */
async function* utf8Pieces(file: Blob, fromByte: number): AsyncGenerator<TextPiece> {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let open = new Uint8Array();
	for (let at = fromByte; at < file.size; ) {
		const chunk = new Uint8Array(await bytesOf(file.slice(at, at + pieceBytes)));
		at += chunk.length;
		const bytes = joined(open, chunk);
		const end = at >= file.size ? bytes.length : endOfLine(bytes);
		open = bytes.slice(end);
		if (end === 0) continue;
		yield { text: decoded(decoder, bytes.subarray(0, end)), bytes: at - open.length, read: at };
	}
}

async function* decodedPieces(file: Blob, { encoding, zipped }: TextStyle): AsyncGenerator<TextPiece> {
	const decoder = decoderOf(encoding);
	let read = 0;
	const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
		transform: (chunk, controller) => {
			read += chunk.length;
			controller.enqueue(chunk);
		},
	});
	const raw = file.stream().pipeThrough(counted);
	const reader = (zipped ? raw.pipeThrough(new DecompressionStream('gzip')) : raw).getReader();
	try {
		for (;;) {
			const chunk = await reader.read().catch(() => {
				throw unreadable();
			});
			if (chunk.done) break;
			yield { text: decoded(decoder, chunk.value, true), bytes: 0, read };
		}
		yield { text: decoded(decoder, new Uint8Array()), bytes: 0, read };
	} finally {
		await reader.cancel().catch(() => undefined);
	}
}

async function bytesOf(part: Blob): Promise<ArrayBuffer> {
	try {
		return await part.arrayBuffer();
	} catch {
		throw unreadable();
	}
}

function decoderOf(encoding: string): TextDecoder {
	try {
		return new TextDecoder(encoding, { fatal: true });
	} catch {
		throw new ImportStopped({ key: 'data.import.encodingUnknown', values: { encoding } });
	}
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, stream = false): string {
	try {
		return decoder.decode(bytes, { stream });
	} catch {
		throw new ImportStopped({ key: 'data.import.encodingWrong', values: { encoding: decoder.encoding } });
	}
}

/** Behind the last line break; where there is none but lines end in CR, behind the last of those that no LF can follow. */
function endOfLine(bytes: Uint8Array): number {
	const feed = bytes.lastIndexOf(10);
	return feed >= 0 ? feed + 1 : bytes.lastIndexOf(13, bytes.length - 2) + 1;
}

function joined(one: Uint8Array<ArrayBuffer>, other: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	if (one.length === 0) return other;
	const both = new Uint8Array(one.length + other.length);
	both.set(one);
	both.set(other, one.length);
	return both;
}

function unreadable(): ImportStopped {
	return new ImportStopped({ key: 'data.import.unreadable', values: {} });
}
