/**
 * Deals out the thread's time to bodies that have been read. When many arrive at the same moment, handling them all before looking
 * at the network again would let rows wait that were committed long ago; so every few milliseconds the network gets its turn, and
 * whoever came first goes on first.
 */
export class Turns {
	readonly #sliceMs: number;
	readonly #waiting: (() => void)[] = [];
	#sliceBegan: number | undefined;
	#dealing = false;

	constructor(sliceMs = 4) {
		this.#sliceMs = sliceMs;
	}

	/** Resolves when it is the caller's turn: at once, unless this round of the event loop has been used up or others wait. */
	next(): Promise<void> {
		if (!this.#dealing) {
			if (this.#sliceBegan === undefined) {
				this.#sliceBegan = performance.now();
				setImmediate(() => {
					this.#sliceBegan = undefined;
				});
			}
			if (performance.now() - this.#sliceBegan < this.#sliceMs) return Promise.resolve();
		}
		return new Promise(resolve => {
			this.#waiting.push(resolve);
			if (!this.#dealing) void this.#deal();
		});
	}

	async #deal(): Promise<void> {
		this.#dealing = true;
		while (this.#waiting.length > 0) {
			await theNextRound();
			const begun = performance.now();
			do {
				this.#waiting.shift()?.();
				await whenItHasDoneWhatItCan();
			} while (this.#waiting.length > 0 && performance.now() - begun < this.#sliceMs);
		}
		this.#dealing = false;
	}
}

/** By then the event loop has looked at the network. */
function theNextRound(): Promise<void> {
	return new Promise(resolve => setImmediate(resolve));
}

/** Node empties its queue of microtasks before it comes to the next tick. */
function whenItHasDoneWhatItCan(): Promise<void> {
	return new Promise(resolve => process.nextTick(resolve));
}
