import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { ImportStopped } from './import-stopped.ts';
import type { SourceFile } from './matched-files.ts';

/** Small enough that what becomes of a chunk is gone before the garbage collector would move it to stay. */
const chunkBytes = 64 * 1024;

/** Whether the file can be entered in the middle: neither packed nor in an encoding we turn into UTF-8 first. */
export function canSeek(file: SourceFile): boolean {
	return !file.zipped && isUtf8(file.described.encoding);
}

/** A text file as UTF-8 from a byte on, unpacked and decoded where it must be. */
export async function* utf8Chunks(file: SourceFile, fromByte: number): AsyncGenerator<Buffer> {
	const raw = createReadStream(file.path, { start: fromByte, highWaterMark: chunkBytes });
	const bytes = file.zipped ? raw.pipe(createGunzip({ chunkSize: chunkBytes })) : raw;
	raw.on('error', error => bytes.destroy(error));
	const decoder = isUtf8(file.described.encoding) ? undefined : decoderOf(file.described.encoding ?? 'utf-8');
	try {
		for await (const chunk of bytes) {
			const buffer: Buffer = chunk;
			yield decoder ? Buffer.from(decoder.decode(buffer, { stream: true })) : buffer;
		}
		const rest = decoder?.decode();
		if (rest) yield Buffer.from(rest);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new ImportStopped(`${file.path} cannot be read: ${reason}.`, 1, { cause: error });
	} finally {
		raw.destroy();
	}
}

function isUtf8(encoding: string | undefined): boolean {
	return encoding === undefined || /^utf-?8$/i.test(encoding);
}

function decoderOf(encoding: string): TextDecoder {
	try {
		return new TextDecoder(encoding);
	} catch {
		throw new ImportStopped(`"${encoding}" is not an encoding; write utf-8, windows-1252 or utf-16le, say.`);
	}
}
