/** Rows that were inserted together, with when the first and the last of them arrived and how many customers they are about. */
export type SeenBatch = {
	readonly workspace: string;
	readonly batch: bigint;
	readonly first: number;
	readonly last: number;
	readonly customers: number;
};

/** A part of all customers: the one `at` of so many equal ones. */
export type SweepPart = { readonly at: number; readonly of: number };

/** From so many touched customers on they are judged part by part. */
const worthDividing = 1_000;
/**
 * Every part costs statements of its own, each a tenth of a second of CPU before it reads a row: more parts make the way around
 * longer than they make the wait for one's turn shorter.
 */
const partsOfASweep = 2;

/**
 * What has arrived and for which customers it has been judged.
 *
 * Where much arrives, going through the customers takes seconds, and what arrives meanwhile would wait for its end and then as
 * long again. So the judge goes round and round through the parts of the customers, and each part takes along whatever has
 * arrived until it begins; a batch is done when every part has come by since it was seen.
 */
export class Sweep {
	readonly #done = new Map<bigint, number>();
	readonly #open = new Map<bigint, { readonly seen: SeenBatch; readonly parts: Set<number> }>();
	#part: SweepPart = { at: 0, of: 1 };

	/** How many batches it remembers: looking for new ones has to reach beyond them. */
	get known(): number {
		return this.#done.size + this.#open.size;
	}

	/** Takes note of batches; those it knows, and of which nothing more arrived, change nothing. */
	take(batches: readonly SeenBatch[], atMost: number): void {
		const fresh = batches
			.filter(
				({ batch, last }) => this.#done.get(batch) !== last && this.#open.get(batch)?.seen.last !== last,
			)
			.slice(0, atMost);
		if (this.#open.size === 0) {
			const customers = fresh.reduce((sum, seen) => sum + seen.customers, 0);
			this.#part = { at: 0, of: customers < worthDividing ? 1 : partsOfASweep };
		}
		for (const seen of fresh) {
			this.#done.delete(seen.batch);
			this.#open.set(seen.batch, { seen, parts: new Set() });
		}
	}

	/** The part of the customers whose turn it is. */
	get part(): SweepPart {
		return this.#part;
	}

	/** The batches that are to be judged for that part. */
	get due(): readonly SeenBatch[] {
		return [...this.#open.values()].filter(({ parts }) => !parts.has(this.#part.at)).map(({ seen }) => seen);
	}

	/** These batches have been judged for that part: the next has its turn. */
	judged(batches: readonly SeenBatch[]): void {
		const { at, of } = this.#part;
		for (const { batch, last } of batches) {
			const open = this.#open.get(batch);
			if (open?.seen.last !== last) continue;
			open.parts.add(at);
			if (open.parts.size < of) continue;
			this.#open.delete(batch);
			this.#done.set(batch, last);
		}
		this.#part = { at: (at + 1) % of, of };
	}

	/** Up to when everything that was seen has been judged, in milliseconds since 1970; null when nothing has. */
	get watermark(): number | null {
		const open = [...this.#open.values()].map(({ seen }) => seen.last - 1);
		if (open.length > 0) return Math.min(...open);
		return this.#done.size === 0 ? null : Math.max(...this.#done.values());
	}

	/** Forgets what arrived so early that it is not looked for any more. */
	forget(before: number): void {
		for (const [batch, last] of this.#done) if (last < before) this.#done.delete(batch);
	}
}
