/** Rows as the log takes them, one on each line and each line ended by a line feed, without `[` and their batch. */
export type LogLines = { readonly bytes: Buffer; readonly rows: number };

/**
 * Texts of lines as bytes. Done for each request as soon as it is read: waiting texts outlive the quick part of the garbage
 * collection, and encoding them when their group is stored took a third more of all the work on an event.
 */
export function encodedLines(lines: readonly string[]): LogLines {
	let at = 0;
	for (const line of lines) {
		const longest = line.length * 3 + 1;
		if (at + longest > scratch.length) {
			const larger = Buffer.allocUnsafeSlow(2 * (at + longest));
			scratch.copy(larger, 0, 0, at);
			scratch = larger;
		}
		at += scratch.write(line, at);
		scratch[at] = lineFeed;
		at += 1;
	}
	const encoded = { bytes: Buffer.from(scratch.subarray(0, at)), rows: lines.length };
	if (scratch.length > usualBytes) scratch = Buffer.allocUnsafeSlow(usualBytes);
	return encoded;
}

/** Written to first, because how long the bytes of a text are is known only afterwards. */
const usualBytes = 2 * 1024 * 1024;
let scratch = Buffer.allocUnsafeSlow(usualBytes);

/** All lines, one part after the other. */
export function joinedLines(parts: readonly LogLines[]): LogLines {
	const [first] = parts;
	if (parts.length === 1 && first) return first;
	return {
		bytes: Buffer.concat(parts.map(({ bytes }) => bytes)),
		rows: parts.reduce((sum, { rows }) => sum + rows, 0),
	};
}

/** The lines as lines of a batch. */
export function linesOfBatch({ bytes, rows }: LogLines, batch: string): Buffer {
	const start = Buffer.from(`[${batch},`);
	const target = Buffer.allocUnsafeSlow(bytes.length + rows * start.length);
	let at = 0;
	for (let from = 0; from < bytes.length; ) {
		const end = bytes.indexOf(lineFeed, from) + 1;
		at += start.copy(target, at);
		at += bytes.copy(target, at, from, end);
		from = end;
	}
	return target;
}

/** The first half of some lines and the rest; of two lines at least. */
export function halvedLines({ bytes, rows }: LogLines): readonly [LogLines, LogLines] {
	const firstRows = Math.ceil(rows / 2);
	let end = 0;
	for (let row = 0; row < firstRows; row += 1) end = bytes.indexOf(lineFeed, end) + 1;
	return [
		{ bytes: bytes.subarray(0, end), rows: firstRows },
		{ bytes: bytes.subarray(end), rows: rows - firstRows },
	];
}

const lineFeed = 0x0a;
