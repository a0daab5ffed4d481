import { gauss2F1 } from '../numerics/gauss-2f1.ts';
import { logBeta } from '../numerics/special-functions.ts';
import { type BgBbParameters, bgBbLikelihood, type OccasionPattern, requireOccasions } from './bg-bb.ts';

/** The record of one customer. */
export type OccasionHistory = Omit<OccasionPattern, 'customers'>;

/**
 * How likely is this customer to be alive at the next occasion?
 *
 * @example
 * bgBbAlive({ alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }, { taken: 6, last: 6, offered: 6 }) // => 0.9304...
 */
export function bgBbAlive(parameters: BgBbParameters, history: OccasionHistory): number {
	const { alpha, beta, gamma, delta } = parameters;
	const { taken, offered } = history;
	requireOccasions({ ...history, customers: 1 });
	return Math.exp(
		logBeta(alpha + taken, beta + offered - taken) -
			logBeta(alpha, beta) +
			logBeta(gamma, delta + offered + 1) -
			logBeta(gamma, delta) -
			logChance(parameters, history),
	);
}

/**
 * How many of the next occasions will this customer take?
 *
 * @param parameters - a fitted model
 * @param history - what is known of the customer; all zero for a new one
 * @param occasions - how many occasions ahead, 0 or more
 * @example
 * bgBbFutureOccasions({ alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }, { taken: 0, last: 0, offered: 6 }, 5) // => 0.07...
 */
export function bgBbFutureOccasions(
	parameters: BgBbParameters,
	history: OccasionHistory,
	occasions: number,
): number {
	if (!Number.isInteger(occasions) || occasions < 0) {
		throw new RangeError(`occasions must be a whole number of at least 0, got ${occasions}`);
	}
	requireOccasions({ ...history, customers: 1 });
	const { gamma, delta } = parameters;
	const logTake = logTaking(parameters, history);
	let total = 0;
	// A plain sum has no special case at gamma = 1, which the closed form has.
	for (let ahead = 1; ahead <= occasions; ahead++) {
		total += Math.exp(logTake + logBeta(gamma, delta + history.offered + ahead) - logBeta(gamma, delta));
	}
	return total;
}

/**
 * Discounted number of all occasions still to be taken by this customer.
 *
 * @param discount - per occasion, above 0 (0.1 is 10 %)
 * @example
 * bgBbDiscountedOccasions({ alpha: 1, beta: 1, gamma: 1, delta: 1 }, { taken: 0, last: 0, offered: 0 }, 1) // => 0.19314718...
 */
export function bgBbDiscountedOccasions(
	parameters: BgBbParameters,
	history: OccasionHistory,
	discount: number,
): number {
	if (!(discount > 0)) throw new RangeError(`discount must be above 0, got ${discount}`);
	requireOccasions({ ...history, customers: 1 });
	const { gamma, delta } = parameters;
	const next = delta + history.offered + 1;
	const series = gauss2F1(1, next, gamma + next, 1 / (1 + discount));
	const logFirst = logTaking(parameters, history) + logBeta(gamma, next) - logBeta(gamma, delta);
	return (Math.exp(logFirst) * series) / (1 + discount);
}

/** ln of the chance to take an occasion if alive, times the weight of the history. */
function logTaking(parameters: BgBbParameters, history: OccasionHistory): number {
	const { alpha, beta } = parameters;
	const { taken, offered } = history;
	return (
		logBeta(alpha + taken + 1, beta + offered - taken) - logBeta(alpha, beta) - logChance(parameters, history)
	);
}

/** ln of the chance of this record. */
function logChance({ alpha, beta, gamma, delta }: BgBbParameters, history: OccasionHistory): number {
	return bgBbLikelihood([{ ...history, customers: 1 }])([alpha, beta, gamma, delta]).value;
}
