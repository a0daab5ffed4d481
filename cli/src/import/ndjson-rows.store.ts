import { canSeek, utf8Chunks } from './byte-stream.store.ts';
import { ImportStopped } from './import-stopped.ts';
import type { SourceFile } from './matched-files.ts';
import {
	longestRecord,
	type Position,
	type RowBatch,
	type RowSource,
	type SourceRow,
} from './source-rows.ts';

/** A file with one JSON object on each line; rows need not have the same fields. */
export function openNdjson(file: SourceFile): RowSource {
	return { columns: undefined, holdsObjects: true, read: (_columns, from) => readNdjson(file, from) };
}

async function* readNdjson(file: SourceFile, from: Position): AsyncGenerator<RowBatch> {
	const seeks = canSeek(file) && from.bytes > 0;
	let toSkip = seeks ? 0 : from.rows;
	let { rows } = from;
	let line = seeks ? from.line : 0;
	let bytes = seeks ? from.bytes : 0;
	for await (const text of wholeLines(file, bytes)) {
		const batch: SourceRow[] = [];
		bytes += text.length;
		const lines = text.toString('utf8').split('\n');
		if (lines.at(-1) === '') lines.pop();
		for (const content of lines) {
			line += 1;
			const json = line === 1 ? content.replace('\uFEFF', '') : content;
			if (json.trim() === '') continue;
			if (toSkip > 0) {
				toSkip -= 1;
				continue;
			}
			rows += 1;
			batch.push(rowOf(json, line));
		}
		if (batch.length > 0) yield { rows: batch, position: { rows, line, bytes: canSeek(file) ? bytes : 0 } };
	}
}

function rowOf(json: string, line: number): SourceRow {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (error) {
		return { line, problem: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
	}
	return isObject(value)
		? { line, row: value }
		: { line, problem: 'is JSON but not an object, like {"id": …}' };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The file in pieces that end where a line ends. */
async function* wholeLines(file: SourceFile, fromByte: number): AsyncGenerator<Buffer> {
	let open: Buffer[] = [];
	let openBytes = 0;
	for await (const chunk of utf8Chunks(file, fromByte)) {
		const end = chunk.lastIndexOf(10);
		if (end < 0) {
			open.push(chunk);
			openBytes += chunk.length;
			if (openBytes > longestRecord)
				throw new ImportStopped(
					`${file.path} has a line longer than ${longestRecord / 1024 / 1024} MB; is it one object on each line?`,
					1,
				);
			continue;
		}
		yield Buffer.concat([...open, chunk.subarray(0, end + 1)]);
		open = [chunk.subarray(end + 1)];
		openBytes = chunk.length - end - 1;
	}
	const rest = Buffer.concat(open);
	if (rest.length > 0) yield rest;
}
