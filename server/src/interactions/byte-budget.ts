/**
 * How much may be held in memory at once. Whoever wants more than is left is told so at once and can say it to the client,
 * instead of the process running out of memory.
 */
export class ByteBudget {
	readonly #limit: number;
	#held = 0;
	#waiting: (() => void)[] = [];

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** Takes the bytes if they are left. Something larger than the whole budget is let through when nothing else is held. */
	take(bytes: number): boolean {
		if (this.#held > 0 && this.#held + bytes > this.#limit) return false;
		this.#held += bytes;
		return true;
	}

	/** Takes the bytes as soon as they are left, for work that can wait. */
	async takeWhenLeft(bytes: number): Promise<void> {
		while (!this.take(bytes)) await new Promise<void>(resolve => this.#waiting.push(resolve));
	}

	give(bytes: number): void {
		this.#held -= bytes;
		const waiting = this.#waiting;
		if (waiting.length === 0) return;
		this.#waiting = [];
		for (const resolve of waiting) resolve();
	}

	get held(): number {
		return this.#held;
	}
}
