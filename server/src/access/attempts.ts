import { Refusal } from '../http/problems.ts';

/** So many wrong passwords or codes for one person within this time, from wherever they come. */
const mostWrong = 10;
const withinMs = 15 * 60_000;
const mostRemembered = 10_000;

/**
 * Counts wrong passwords and codes by whom they were for, in this process. The library's own limit counts by where requests come
 * from; this one holds against many places that try one person.
 */
export class Attempts {
	readonly #wrong = new Map<string, { count: number; readonly until: number }>();
	readonly #now: () => Date;

	constructor(now: () => Date) {
		this.#now = now;
	}

	/** Does what needs the password or code; `wrong` of its answer decides whether it counts. @throws Refusal after too many */
	async guard<T>(whom: string, work: () => Promise<T>, wrong: (answer: T) => boolean): Promise<T> {
		const now = this.#now().getTime();
		const known = this.#wrong.get(whom);
		const counted = known && known.until > now ? known : { count: 0, until: now + withinMs };
		if (counted.count >= mostWrong) {
			const seconds = Math.ceil((counted.until - now) / 1000);
			throw new Refusal('too-many-attempts', undefined, { headers: { 'retry-after': String(seconds) } });
		}
		// Counted before it is known, so that many at once do not all count as the first.
		counted.count++;
		this.#wrong.delete(whom);
		this.#wrong.set(whom, counted);
		const [oldest] = this.#wrong.keys();
		if (this.#wrong.size > mostRemembered && oldest !== undefined) this.#wrong.delete(oldest);
		const answer = await work();
		if (!wrong(answer)) counted.count--;
		return answer;
	}
}
