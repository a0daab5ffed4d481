import { type FileHandle, open } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
	type AsyncBuffer,
	type Compressors,
	type FileMetaData,
	parquetMetadataAsync,
	parquetScan,
	parquetSchema,
} from 'hyparquet';
import { ImportStopped } from './import-stopped.ts';
import type { SourceFile } from './matched-files.ts';
import type { Position, RowBatch, RowSource, SourceRow } from './source-rows.ts';

/** So many rows are decoded at once: row groups of a million rows would not fit into the memory we allow ourselves. */
const rowsAtOnce = 20_000;
const rowsPerBatch = 2000;

const compressors: Compressors = {
	GZIP: input => gunzipSync(input),
	ZSTD: input => zstdDecompressSync(input),
	BROTLI: input => brotliDecompressSync(input),
};

/** Opens a Parquet file. Times that carry no zone become texts without one, so that the mapping says whose clock they were. */
export async function openParquet(file: SourceFile): Promise<RowSource> {
	const metadata = await inFile(file, async buffer => parquetMetadataAsync(buffer, { parsers }));
	const columns = parquetSchema(metadata).children.map(child => child.element.name);
	return {
		columns,
		holdsObjects: true,
		read: (wanted, from) => readParquet(file, metadata, columns, wanted, from),
	};
}

async function* readParquet(
	file: SourceFile,
	metadata: FileMetaData,
	columns: readonly string[],
	wanted: readonly string[],
	from: Position,
): AsyncGenerator<RowBatch> {
	const names = columns.filter(column =>
		wanted.some(want => want === column || want.startsWith(`${column}.`)),
	);
	const clocks = wallClockColumns(metadata);
	const handle = await open(file.path);
	try {
		const buffer = await asyncBuffer(handle);
		const scan = await parquetScan({ file: buffer, metadata, columns: names, compressors, parsers });
		for (const range of scan.ranges) {
			for (let start = Math.max(range.rowStart, from.rows); start < range.rowEnd; start += rowsAtOnce) {
				const end = Math.min(start + rowsAtOnce, range.rowEnd);
				const rows: { [column: string]: unknown }[] = Array.from({ length: end - start }, () => ({}));
				// One column after the other: each brings its compressed chunk into memory.
				for (const column of names) {
					const values = await scan.readColumn({ column, rowStart: start, rowEnd: end });
					const asWritten = clocks.has(column);
					rows.forEach((row, place) => {
						const value: unknown = values[place];
						row[column] = asWritten && value instanceof Date ? withoutZone(value) : value;
					});
				}
				for (let first = 0; first < rows.length; first += rowsPerBatch) {
					const batch: SourceRow[] = rows
						.slice(first, first + rowsPerBatch)
						.map((row, place) => ({ line: start + first + place + 1, row }));
					const read = start + first + batch.length;
					const bytes = Math.round((read / rowCount(metadata)) * buffer.byteLength);
					yield { rows: batch, position: { rows: read, line: read, bytes } };
				}
			}
		}
	} catch (error) {
		throw error instanceof ImportStopped ? error : unreadable(file, error);
	} finally {
		await handle.close();
	}
}

/** Days stay days: as instants they would name another day in half of the world. */
const parsers = {
	dateFromDays: (days: number) =>
		days === undefined || days === null ? days : new Date(days * 86_400_000).toISOString().slice(0, 10),
};

function wallClockColumns(metadata: FileMetaData): Set<string> {
	return new Set(
		metadata.schema
			.filter(({ logical_type: type }) => type?.type === 'TIMESTAMP' && !type.isAdjustedToUTC)
			.map(element => element.name),
	);
}

function withoutZone(time: Date): string {
	return time.toISOString().slice(0, -1);
}

function rowCount(metadata: FileMetaData): number {
	return Math.max(1, Number(metadata.num_rows));
}

async function inFile<Answer>(
	file: SourceFile,
	work: (buffer: AsyncBuffer) => Promise<Answer>,
): Promise<Answer> {
	const handle = await open(file.path);
	try {
		return await work(await asyncBuffer(handle));
	} catch (error) {
		throw unreadable(file, error);
	} finally {
		await handle.close();
	}
}

async function asyncBuffer(handle: FileHandle): Promise<AsyncBuffer> {
	const { size } = await handle.stat();
	return {
		byteLength: size,
		slice: async (start, end = size) => {
			const bytes = new Uint8Array(end - start);
			const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
			return bytesRead === bytes.length ? bytes.buffer : bytes.buffer.slice(0, bytesRead);
		},
	};
}

function unreadable(file: SourceFile, error: unknown): ImportStopped {
	const reason = error instanceof Error ? error.message : String(error);
	return new ImportStopped(`${file.path} cannot be read as Parquet: ${reason}.`, 1, { cause: error });
}
