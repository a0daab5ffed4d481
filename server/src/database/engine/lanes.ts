import { EngineError } from './engine-error.ts';

/** How many statements of a kind run at once and how many may wait behind them. */
export type LaneLimits = { readonly running: number; readonly waiting: number };

/**
 * Runs work in a fixed number of lanes, first come first served. When the waiting room is full new work is turned away at
 * once: a short answer now is worth more than a long one that holds memory.
 */
export class Lanes {
	readonly #limits: LaneLimits;
	readonly #waiting: (() => void)[] = [];
	#running = 0;

	constructor(limits: LaneLimits) {
		this.#limits = limits;
	}

	/**
	 * Runs `work` when a lane is free. Rejects with `TOO_MANY_SIMULTANEOUS_QUERIES` when too many wait, and with the
	 * signal's reason when it fires before the work began; afterwards the work itself must heed the signal.
	 */
	async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
		await this.#enter(signal);
		try {
			return await work();
		} finally {
			this.#leave();
		}
	}

	async #enter(signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		if (this.#running < this.#limits.running) {
			this.#running++;
			return;
		}
		if (this.#waiting.length >= this.#limits.waiting) throw overloaded();
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		const turn = () => {
			signal.removeEventListener('abort', giveUp);
			resolve();
		};
		const giveUp = () => {
			this.#waiting.splice(this.#waiting.indexOf(turn), 1);
			reject(signal.reason);
		};
		this.#waiting.push(turn);
		signal.addEventListener('abort', giveUp, { once: true });
		await promise;
	}

	/** The lane goes straight to the one who has waited longest, so nobody can slip in between. */
	#leave(): void {
		const next = this.#waiting.shift();
		if (next === undefined) this.#running--;
		else next();
	}
}

function overloaded(): EngineError {
	return new EngineError(
		202,
		'TOO_MANY_SIMULTANEOUS_QUERIES',
		'Too many statements wait for a lane; try again later',
	);
}
