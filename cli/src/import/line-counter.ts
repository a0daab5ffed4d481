/**
 * Counts the lines on which the records of a CSV file begin and end, from the bytes of the file and where each record ends in
 * them. (The parser counts too, but takes a line break of two characters inside a quoted text for two.)
 */
export type LineCounter = {
	/** Takes the next chunk of the file; records that end in it are passed before the next one. */
	readonly enter: (chunk: Buffer) => void;
	/** Passes over the record that ends before a byte of the file; answers the line it began on. */
	readonly passTo: (byte: number) => number;
	/** Where the last record that was passed ends, and how many line breaks come before that. */
	readonly position: () => { readonly bytes: number; readonly line: number };
};

/** @param from where the first chunk begins. @param skipped lines at the beginning that belong to no record */
export function lineCounter(
	from: { readonly bytes: number; readonly line: number },
	skipped = 0,
): LineCounter {
	let chunk: Buffer = Buffer.alloc(0);
	let chunkStart = from.bytes;
	let counted = from.bytes;
	let breaks = from.line;
	let beginsOn: number | undefined;
	let end = from;

	const countTo = (byte: number) => {
		const last = Math.min(byte - chunkStart, chunk.length);
		for (let place = counted - chunkStart; place < last; place += 1) {
			const sign = chunk[place];
			if (sign === lineFeed) breaks += 1;
			else if (beginsOn === undefined && sign !== carriageReturn && breaks >= skipped) beginsOn = breaks + 1;
		}
		counted = chunkStart + last;
	};
	return {
		enter: next => {
			countTo(chunkStart + chunk.length);
			chunkStart += chunk.length;
			chunk = next;
		},
		passTo: byte => {
			countTo(byte);
			const line = beginsOn ?? breaks + 1;
			beginsOn = undefined;
			end = { bytes: byte, line: breaks };
			return line;
		},
		position: () => end,
	};
}

const lineFeed = 10;
const carriageReturn = 13;
