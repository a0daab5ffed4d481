/** One item as it stood in a body: its place from 1, and its bytes; none when it was longer than an item may be. */
export type RawItem = { readonly place: number; readonly bytes: Buffer | 'too-long' };

/** Cuts a body into items as its bytes come in, holding no more than one item. */
export interface ItemSplitter {
	push(chunk: Buffer): RawItem[];
	/** The last item, or what is wrong with the body as a whole. */
	end(): { readonly items: RawItem[]; readonly broken?: string };
}

/** One item on each line. Empty lines are passed over and counted. */
export function lineSplitter(longest: number): ItemSplitter {
	const open = new OpenItem(longest);
	let place = 1;
	const cut = (items: RawItem[]) => {
		const bytes = open.take();
		if (bytes === 'too-long' || !isBlank(bytes)) items.push({ place, bytes });
		place += 1;
	};
	return {
		push(chunk) {
			const items: RawItem[] = [];
			let from = 0;
			for (;;) {
				const newline = chunk.indexOf(0x0a, from);
				if (newline === -1) break;
				open.add(chunk.subarray(from, newline));
				cut(items);
				from = newline + 1;
			}
			open.add(chunk.subarray(from));
			return items;
		},
		end() {
			const items: RawItem[] = [];
			if (open.size > 0) cut(items);
			return { items };
		},
	};
}

/** The elements of one JSON list, or one JSON object as the only item. What an element holds is checked by whoever parses it. */
export function listSplitter(longest: number): ItemSplitter {
	const open = new OpenItem(longest);
	let state: 'before' | 'item' | 'between' | 'after' | 'broken' = 'before';
	let list = false;
	let depth = 0;
	let inText = false;
	let escaped = false;
	let place = 0;
	let anyComma = false;

	const push = (chunk: Buffer): RawItem[] => {
		const items: RawItem[] = [];
		let from = 0;
		const close = (end: number) => {
			open.add(chunk.subarray(from, end));
			place += 1;
			items.push({ place, bytes: open.take() });
		};
		for (let at = 0; at < chunk.length && state !== 'broken'; at += 1) {
			const byte = chunk[at];
			if (state === 'item') {
				if (inText) {
					if (escaped) escaped = false;
					else if (byte === 0x5c) escaped = true;
					else if (byte === 0x22) inText = false;
				} else if (byte === 0x22) inText = true;
				else if (byte === 0x7b || byte === 0x5b) depth += 1;
				else if (depth > 0 && (byte === 0x7d || byte === 0x5d)) {
					depth -= 1;
					if (depth === 0 && !list) {
						close(at + 1);
						state = 'after';
					}
				} else if (depth === 0 && list && (byte === 0x2c || byte === 0x5d)) {
					close(at);
					state = byte === 0x2c ? 'between' : 'after';
					anyComma = byte === 0x2c;
				}
			} else if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
				// white space between items
			} else if (state === 'before' && byte === 0x5b) {
				list = true;
				state = 'between';
			} else if (state === 'before' && byte === 0x7b) {
				state = 'item';
				from = at;
				depth = 1;
			} else if (state === 'between' && byte === 0x5d && !anyComma) {
				state = 'after';
			} else if (state === 'between' && byte !== 0x2c && byte !== 0x5d) {
				state = 'item';
				from = at;
				depth = byte === 0x7b || byte === 0x5b ? 1 : 0;
				inText = byte === 0x22;
			} else state = 'broken';
		}
		if (state === 'item') open.add(chunk.subarray(from));
		return items;
	};

	return {
		push,
		end: () =>
			state === 'after'
				? { items: [] }
				: { items: [], broken: 'The body is not one JSON object or one JSON list of objects.' },
	};
}

/** The bytes of the item being read, which may lie in several chunks. */
class OpenItem {
	readonly #longest: number;
	#parts: Buffer[] = [];
	size = 0;

	constructor(longest: number) {
		this.#longest = longest;
	}

	add(part: Buffer): void {
		this.size += part.length;
		if (this.size > this.#longest) this.#parts = [];
		else if (part.length > 0) this.#parts.push(part);
	}

	take(): Buffer | 'too-long' {
		const bytes =
			this.size > this.#longest
				? 'too-long'
				: this.#parts.length === 1 && this.#parts[0]
					? this.#parts[0]
					: Buffer.concat(this.#parts, this.size);
		this.#parts = [];
		this.size = 0;
		return bytes;
	}
}

function isBlank(bytes: Buffer): boolean {
	for (const byte of bytes) if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return false;
	return true;
}
