/** A SHA-256 (FIPS 180-4) of bytes that arrive in pieces; the browser's own needs all of them in memory at once. */
export type Sha256 = {
	readonly update: (bytes: Uint8Array) => void;
	/** The digest in 64 hexadecimal digits. Nothing may be added afterwards. */
	readonly hex: () => string;
};

export function sha256(): Sha256 {
	const state = Uint32Array.from(initial);
	const block = new Uint8Array(64);
	const words = new Uint32Array(64);
	let filled = 0;
	let length = 0;
	const update = (bytes: Uint8Array) => {
		length += bytes.length;
		let at = 0;
		while (at < bytes.length) {
			const count = Math.min(64 - filled, bytes.length - at);
			block.set(bytes.subarray(at, at + count), filled);
			filled += count;
			at += count;
			if (filled < 64) return;
			compress(state, block, words);
			filled = 0;
		}
	};
	return {
		update,
		hex: () => {
			const bits = length * 8;
			const padding = new Uint8Array(((119 - (length % 64)) % 64) + 9);
			padding[0] = 0x80;
			const view = new DataView(padding.buffer);
			view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
			view.setUint32(padding.length - 4, bits % 2 ** 32);
			update(padding);
			return [...state].map(word => word.toString(16).padStart(8, '0')).join('');
		},
	};
}

function compress(state: Uint32Array, block: Uint8Array, words: Uint32Array): void {
	const view = new DataView(block.buffer);
	for (let index = 0; index < 16; index += 1) words[index] = view.getUint32(index * 4);
	for (let index = 16; index < 64; index += 1) {
		const early = words[index - 15] ?? 0;
		const late = words[index - 2] ?? 0;
		const first = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
		const second = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
		words[index] = (words[index - 16] ?? 0) + first + (words[index - 7] ?? 0) + second;
	}
	let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
	for (let index = 0; index < 64; index += 1) {
		const mixed =
			h +
			(rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) +
			((e & f) ^ (~e & g)) +
			(rounds[index] ?? 0) +
			(words[index] ?? 0);
		const majority = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
		h = g;
		g = f;
		f = e;
		e = (d + mixed) | 0;
		d = c;
		c = b;
		b = a;
		a = (mixed + majority) | 0;
	}
	for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + word;
}

function rotated(word: number, by: number): number {
	return (word >>> by) | (word << (32 - by));
}

/** The first 64 primes: the constants are the first 32 bits of the fractions of their roots. */
const primes = Array.from({ length: 312 }, (_, index) => index).filter(
	number =>
		number > 1 && !Array.from({ length: number - 2 }, (_, index) => index + 2).some(by => number % by === 0),
);
const fraction = (root: number) => Math.floor((root % 1) * 2 ** 32);
const initial = primes.slice(0, 8).map(prime => fraction(Math.sqrt(prime)));
const rounds = Uint32Array.from(primes, prime => fraction(Math.cbrt(prime)));
