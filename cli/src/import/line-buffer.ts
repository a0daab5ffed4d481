/**
 * Lines on their way to the server, as the bytes that are sent. Kept outside the heap: tens of thousands of short-lived
 * strings would be copied by the garbage collector again and again.
 */
export type LineBuffer = {
	readonly add: (line: string) => void;
	readonly count: () => number;
	readonly bytes: () => number;
	/** The bytes so far; the buffer is empty afterwards. */
	readonly take: () => Buffer;
};

/** Memory for bodies that goes round: a body that was sent makes room for a later one. */
export type BodyMemory = {
	readonly borrow: (atLeast: number) => Buffer;
	readonly giveBack: (body: Buffer) => void;
};

const firstBytes = 256 * 1024;
const spareBodies = 8;

export function bodyMemory(): BodyMemory {
	const spare: Buffer[] = [];
	return {
		borrow: atLeast => {
			const found = spare.findIndex(({ length }) => length >= atLeast);
			return spare.splice(found, found < 0 ? 0 : 1)[0] ?? Buffer.allocUnsafeSlow(atLeast);
		},
		giveBack: body => {
			if (spare.length < spareBodies) spare.push(Buffer.from(body.buffer));
		},
	};
}

export function lineBuffer(memory: BodyMemory): LineBuffer {
	let room: Buffer | undefined;
	let used = 0;
	let count = 0;
	const withRoomFor = (bytes: number): Buffer => {
		if (room && used + bytes <= room.length) return room;
		const larger = memory.borrow(Math.max(firstBytes, (room?.length ?? 0) * 2, used + bytes));
		if (room) {
			room.copy(larger, 0, 0, used);
			memory.giveBack(room);
		}
		room = larger;
		return larger;
	};
	return {
		add: line => {
			// A character takes at most three bytes in UTF-8 (those of a pair four together).
			const into = withRoomFor(line.length * 3 + 1);
			used += into.write(line, used);
			used += into.write('\n', used);
			count += 1;
		},
		count: () => count,
		bytes: () => used,
		take: () => {
			const taken = room?.subarray(0, used) ?? Buffer.alloc(0);
			room = undefined;
			used = 0;
			count = 0;
			return taken;
		},
	};
}

/** The text of one line, counted from 1; empty where there is none. */
export function lineAt(bytes: Buffer, line: number): string {
	let start = 0;
	for (let passed = 1; passed < line; passed += 1) {
		const end = bytes.indexOf(10, start);
		if (end < 0) return '';
		start = end + 1;
	}
	const end = bytes.indexOf(10, start);
	return bytes.toString('utf8', start, end < 0 ? bytes.length : end);
}
