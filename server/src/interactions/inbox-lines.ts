import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** The quickest level that events, which repeat their names over and over, do not get larger by. */
const quickly = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Lines as they are kept: a tenth or less of their size, at a gigabyte a second. */
export function packLines(lines: Buffer): Promise<Buffer> {
	return compress(lines, quickly);
}

/** @throws Error when the bytes are not what `packLines` made, or more than `bytes` */
export function unpackLines(packed: Buffer, bytes: number): Promise<Buffer> {
	return decompress(packed, { maxOutputLength: Math.max(bytes, 1) });
}

/** Lines without their batch, each ended by a line feed, as lines of one batch. */
export function withBatch(
	parts: readonly { readonly lines: Buffer; readonly rows: number }[],
	batch: string,
): Buffer {
	const start = Buffer.from(`[${batch},`);
	const size = parts.reduce((sum, { lines, rows }) => sum + lines.length + rows * start.length, 0);
	const bytes = Buffer.allocUnsafe(size);
	let at = 0;
	for (const { lines } of parts) {
		for (let from = 0; from < lines.length; ) {
			const end = lines.indexOf(lineFeed, from) + 1 || lines.length;
			bytes.set(start, at);
			at += start.length;
			at += lines.copy(bytes, at, from, end);
			from = end;
		}
	}
	return bytes.subarray(0, at);
}

const lineFeed = 0x0a;
