/** One way through, and how many journeys took exactly it. */
export type Variant = {
	readonly steps: readonly string[];
	/** Journeys with exactly these steps in this order. */
	readonly journeys: number;
};

/** The ways through that may be shown, and how many journeys are hidden for privacy. */
export type Variants = {
	/** Most travelled first; ties in the order of first appearance. */
	readonly shown: readonly Variant[];
	/** Ways through that too few journeys took to be shown. */
	readonly suppressedVariants: number;
	/** Journeys on those ways. */
	readonly suppressedJourneys: number;
};

/**
 * Which ways through are there, and how many take each?
 *
 * A way only a few took can point at a person, so ways below `minimumJourneys` are counted and not shown.
 *
 * @param journeys Journeys with their steps in order.
 * @param options `minimumJourneys`: least journeys for a way to be shown, 1 or more; 1 unless given.
 * @throws RangeError when `minimumJourneys` is not a whole number of at least 1.
 *
 * @example
 * const taken = [{ steps: ['a', 'b'] }, { steps: ['a'] }, { steps: ['a', 'b'] }]
 * variants(taken, { minimumJourneys: 2 }) // => { shown: [{ steps: ['a', 'b'], journeys: 2 }], suppressedVariants: 1, suppressedJourneys: 1 }
 */
export function variants(
	journeys: readonly { readonly steps: readonly string[] }[],
	{ minimumJourneys = 1 }: { readonly minimumJourneys?: number } = {},
): Variants {
	if (!Number.isInteger(minimumJourneys) || minimumJourneys < 1) {
		throw new RangeError(`minimumJourneys must be a whole number of at least 1, got ${minimumJourneys}`);
	}
	const counts = new Map<string, { readonly steps: readonly string[]; journeys: number }>();
	for (const { steps } of journeys) {
		// JSON, because any separator could occur in the name of a step.
		const key = JSON.stringify(steps);
		const known = counts.get(key);
		if (known) known.journeys += 1;
		else counts.set(key, { steps, journeys: 1 });
	}
	const all = [...counts.values()].sort((a, b) => b.journeys - a.journeys);
	const shown = all.filter(variant => variant.journeys >= minimumJourneys);
	const hidden = all.slice(shown.length);
	return {
		shown,
		suppressedVariants: hidden.length,
		suppressedJourneys: hidden.reduce((sum, variant) => sum + variant.journeys, 0),
	};
}
