import { type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { gauss2F1 } from '../numerics/gauss-2f1.ts';
import { logBeta, logSumExp } from '../numerics/special-functions.ts';
import { type ModelFit, maximiseLikelihood, withNumericGradient } from './maximum-likelihood.ts';

/** Customers with the same record over numbered occasions: seasons, campaigns, annual conferences. */
export type OccasionPattern = {
	/** Occasions taken after the first purchase (x). */
	readonly taken: number;
	/** Number of the last occasion taken (tx); 0 when none. */
	readonly last: number;
	/** Occasions offered since the first purchase (n). */
	readonly offered: number;
	readonly customers: number;
};

/** An alive customer takes an occasion with a chance spread as beta(alpha, beta) and leaves before one with beta(gamma, delta). */
export type BgBbParameters = {
	readonly alpha: number;
	readonly beta: number;
	readonly gamma: number;
	readonly delta: number;
};

/**
 * How do customers take up occasions that come at fixed times, and how do they silently leave?
 *
 * Assumes
 * 1. at each occasion an alive customer buys at most once (or only whether counts);
 * 2. chances of buying and leaving are constant per customer and unrelated.
 *
 * Source: Fader, Hardie and Shang, "Customer-base analysis in a discrete-time noncontractual setting", Marketing
 * Science 29(6), 2010.
 *
 * @param patterns - grouped customers
 * @param options - `level` of the intervals (0.95)
 * @returns too-few below 100 customers; not-converged when the data do not pin the model down
 * @throws RangeError when a pattern cannot be
 * @example
 * fitBgBb([{ taken: 1, last: 2, offered: 6, customers: 40 }]) // => { kind: 'too-few', n: 40, needed: 100 }
 */
export function fitBgBb(
	patterns: readonly OccasionPattern[],
	options: { readonly level?: number } = {},
): ModelFit<BgBbParameters> | TooFew | NotConverged {
	for (const pattern of patterns) requireOccasions(pattern);
	const customers = patterns.reduce((sum, p) => sum + p.customers, 0);
	if (customers < 100) return tooFew(customers, 100);
	return maximiseLikelihood({
		likelihood: withNumericGradient(values => bgBbLogLikelihood(patterns, bgBbParameters(values))),
		starts: [
			[1, 1, 0.5, 3],
			[0.5, 1, 1, 10],
		],
		scales: [1, 1, 1, 1],
		n: customers,
		build: bgBbParameters,
		level: options.level ?? 0.95,
	});
}

/**
 * Names four positive numbers alpha, beta, gamma, delta.
 *
 * @example
 * bgBbParameters([1.204, 0.75, 0.657, 2.783]).delta // => 2.783
 */
export function bgBbParameters(values: readonly number[]): BgBbParameters {
	const [alpha = Number.NaN, beta = Number.NaN, gamma = Number.NaN, delta = Number.NaN] = values;
	return { alpha, beta, gamma, delta };
}

/**
 * Log-likelihood of grouped customers.
 *
 * @example
 * bgBbLogLikelihood([{ taken: 0, last: 0, offered: 1, customers: 1 }], { alpha: 1, beta: 1, gamma: 1, delta: 1 }) // => -0.28768207...
 */
export function bgBbLogLikelihood(patterns: readonly OccasionPattern[], parameters: BgBbParameters): number {
	return patterns.reduce((sum, pattern) => sum + pattern.customers * logChance(parameters, pattern), 0);
}

/**
 * How likely is this customer to be alive at the next occasion?
 *
 * @example
 * bgBbAlive({ alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }, { taken: 6, last: 6, offered: 6 }) // => 0.9304...
 */
export function bgBbAlive(parameters: BgBbParameters, history: Omit<OccasionPattern, 'customers'>): number {
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
	history: Omit<OccasionPattern, 'customers'>,
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
	history: Omit<OccasionPattern, 'customers'>,
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
function logTaking(parameters: BgBbParameters, history: Omit<OccasionPattern, 'customers'>): number {
	const { alpha, beta } = parameters;
	const { taken, offered } = history;
	return (
		logBeta(alpha + taken + 1, beta + offered - taken) - logBeta(alpha, beta) - logChance(parameters, history)
	);
}

/** ln of the chance of this record: alive to the end, or gone after any occasion since the last one taken. */
function logChance(parameters: BgBbParameters, history: Omit<OccasionPattern, 'customers'>): number {
	const { alpha, beta, gamma, delta } = parameters;
	const { taken, last, offered } = history;
	const ways = [logBeta(alpha + taken, beta + offered - taken) + logBeta(gamma, delta + offered)];
	for (let gone = last; gone < offered; gone++) {
		ways.push(logBeta(alpha + taken, beta + gone - taken) + logBeta(gamma + 1, delta + gone));
	}
	return logSumExp(ways) - logBeta(alpha, beta) - logBeta(gamma, delta);
}

function requireOccasions({ taken, last, offered, customers }: OccasionPattern): void {
	for (const [name, value] of Object.entries({ taken, last, offered })) {
		if (!Number.isInteger(value) || value < 0)
			throw new RangeError(`${name} must be a whole number of at least 0, got ${value}`);
	}
	if (last > offered) throw new RangeError(`last must be at most offered = ${offered}, got ${last}`);
	if (taken > last || (taken === 0 && last > 0)) {
		throw new RangeError(`taken must be between 1 and last = ${last} (0 when last is 0), got ${taken}`);
	}
	if (!(customers >= 0)) throw new RangeError(`customers must be 0 or more, got ${customers}`);
}
