import type { Figure } from './figure.ts';
import { countOf, tooFewOf } from './figure-of.ts';

/** Customers who met a promise, those who met it broken, and what these brought in. */
export type Stake = {
	readonly customers: number;
	readonly affected: number;
	/** How many of their interactions carry revenue, and how much. */
	readonly payments: number;
	readonly revenue: number;
};

/** What a broken promise touches. Revenue is unknown, not 0, where no interaction of those affected carries any. */
export function stakeFigures({ customers, affected, payments, revenue }: Stake): {
	readonly customersAffected: Figure;
	readonly revenueAffected: Figure;
	readonly stake: Figure;
} {
	const known = affected === 0 || payments > 0;
	return {
		customersAffected: countOf('customers-affected', affected, customers),
		revenueAffected: known
			? countOf('revenue-affected', revenue, payments)
			: tooFewOf('revenue-affected', 0, 1),
		// Customers × what each brought in on average: the sum over them.
		stake: known ? countOf('stake', revenue, affected) : tooFewOf('stake', 0, 1),
	};
}
