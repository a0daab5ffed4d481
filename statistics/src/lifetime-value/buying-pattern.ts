/**
 * Customers who look the same to a buying model: how often they came back, when they last did, and how long they have
 * been known. All times count from the first purchase, in one unit of the caller's choice (weeks, say).
 */
export type BuyingPattern = {
	/** Purchases after the first (x), 0 or more. */
	readonly repeats: number;
	/** Time of the last repeat purchase (tx); 0 when there is none. */
	readonly recency: number;
	/** Time observed (T); at least the recency. */
	readonly age: number;
	/** Customers with this pattern. */
	readonly customers: number;
};

/**
 * Counts customers with equal repeats, recency and age: a fit needs each pattern only once.
 *
 * @example
 * groupBuyers([{ repeats: 0, recency: 0, age: 9 }, { repeats: 0, recency: 0, age: 9 }]) // => [{ repeats: 0, recency: 0, age: 9, customers: 2 }]
 */
export function groupBuyers(buyers: readonly Omit<BuyingPattern, 'customers'>[]): BuyingPattern[] {
	const counted = new Map<string, Omit<BuyingPattern, 'customers'> & { customers: number }>();
	for (const { repeats, recency, age } of buyers) {
		const key = `${repeats} ${recency} ${age}`;
		const known = counted.get(key);
		if (known) known.customers += 1;
		else counted.set(key, { repeats, recency, age, customers: 1 });
	}
	return [...counted.values()];
}

/**
 * Refuses patterns that cannot be, and counts the customers of the others.
 *
 * @returns customers and repeat purchases in all, and the mean age
 * @throws RangeError naming the field and its value
 * @example
 * requirePatterns([{ repeats: 2, recency: 3, age: 9, customers: 5 }]) // => { customers: 5, repeats: 10, meanAge: 9 }
 */
export function requirePatterns(patterns: readonly BuyingPattern[]): {
	customers: number;
	repeats: number;
	meanAge: number;
} {
	let total = 0;
	let purchases = 0;
	let ages = 0;
	for (const { repeats, recency, age, customers } of patterns) {
		if (!Number.isInteger(repeats) || repeats < 0) {
			throw new RangeError(`repeats must be a whole number of at least 0, got ${repeats}`);
		}
		if (!(age > 0 && Number.isFinite(age))) throw new RangeError(`age must be above 0, got ${age}`);
		if (!(recency >= 0 && recency <= age))
			throw new RangeError(`recency must be between 0 and the age ${age}, got ${recency}`);
		if (repeats === 0 && recency !== 0)
			throw new RangeError(`recency must be 0 without repeats, got ${recency}`);
		if (!(customers >= 0 && Number.isFinite(customers)))
			throw new RangeError(`customers must be 0 or more, got ${customers}`);
		total += customers;
		purchases += repeats * customers;
		ages += age * customers;
	}
	return { customers: total, repeats: purchases, meanAge: total === 0 ? 0 : ages / total };
}
