import { Random } from '@touchstone/statistics/numerics/random';
import { type Calendar, type Simulated, simulateCustomer } from './simulated-customer.ts';
import { truths } from './truths.ts';

export const demoCustomers = 20_000;

/** The eighteen months that end with `ends`. */
export function demoCalendar(ends: Date): Calendar {
	return { begins: ends.getTime() - truths.months * 30.4375 * 86_400_000, ends: ends.getTime() };
}

/**
 * The customers of Lumenhaus, one after the other. The same seed and calendar give the same company; each customer has dice
 * of their own, so that the first thousand are the same whether or not more follow.
 */
export function* simulateCompany(options: {
	readonly customers: number;
	readonly seed: number;
	readonly calendar: Calendar;
}): Generator<Simulated> {
	for (let index = 0; index < options.customers; index++) {
		yield simulateCustomer(index, new Random(options.seed * 1_000_003 + index), options.calendar);
	}
}
