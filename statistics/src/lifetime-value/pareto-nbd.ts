import { type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { logGauss2F1 } from '../numerics/gauss-2f1.ts';
import { logGamma } from '../numerics/special-functions.ts';
import type { BuyingHistory } from './bg-nbd-prediction.ts';
import { type BuyingPattern, requirePatterns } from './buying-pattern.ts';
import { type ModelFit, maximiseLikelihood, withNumericGradient } from './maximum-likelihood.ts';

/**
 * Buying while alive is Poisson with rates spread as gamma(r, alpha); lifetimes are exponential with rates spread as
 * gamma(s, beta). alpha and beta are in the time unit of the patterns.
 */
export type ParetoNbdParameters = {
	readonly r: number;
	readonly alpha: number;
	readonly s: number;
	readonly beta: number;
};

/**
 * How do customers buy and leave when leaving may happen at any moment, not only after a purchase? The classic model,
 * as a second opinion on `fitBgNbd`.
 *
 * Assumes constant rates per customer, and that buying and leaving are unrelated.
 * Source: Schmittlein, Morrison and Colombo, Management Science 33(1), 1987; Fader and Hardie, "A note on deriving the
 * Pareto/NBD model", 2005.
 *
 * @param patterns - grouped customers
 * @param options - `level` of the intervals (0.95)
 * @returns too-few below 100 customers; not-converged when the data do not pin the model down
 * @example
 * fitParetoNbd([{ repeats: 1, recency: 2, age: 9, customers: 40 }]) // => { kind: 'too-few', n: 40, needed: 100 }
 */
export function fitParetoNbd(
	patterns: readonly BuyingPattern[],
	options: { readonly level?: number } = {},
): ModelFit<ParetoNbdParameters> | TooFew | NotConverged {
	const { customers, repeats, meanAge } = requirePatterns(patterns);
	if (customers < 100) return tooFew(customers, 100);
	if (repeats < 20)
		return notConverged(`there are only ${repeats} repeat purchases: at least 20 are needed to see a rhythm`);
	return maximiseLikelihood({
		likelihood: withNumericGradient(values => paretoNbdLogLikelihood(patterns, paretoNbdParameters(values))),
		starts: [[0.7, meanAge / 3, 0.7, meanAge / 2]],
		scales: [1, meanAge, 1, meanAge],
		n: customers,
		build: paretoNbdParameters,
		level: options.level ?? 0.95,
	});
}

/**
 * Names four positive numbers r, alpha, s, beta.
 *
 * @example
 * paretoNbdParameters([0.553, 10.578, 0.606, 11.669]).s // => 0.606
 */
export function paretoNbdParameters(values: readonly number[]): ParetoNbdParameters {
	const [r = Number.NaN, alpha = Number.NaN, s = Number.NaN, beta = Number.NaN] = values;
	return { r, alpha, s, beta };
}

/**
 * Log-likelihood of grouped customers.
 *
 * @example
 * paretoNbdLogLikelihood([{ repeats: 0, recency: 0, age: 1, customers: 1 }], { r: 1, alpha: 1, s: 1, beta: 1 }) // => -0.47000362...
 */
export function paretoNbdLogLikelihood(
	patterns: readonly BuyingPattern[],
	parameters: ParetoNbdParameters,
): number {
	const { r, alpha, s, beta } = parameters;
	let total = 0;
	for (const { repeats: x, recency, age, customers } of patterns) {
		const alive = -(r + x) * Math.log(alpha + age) - s * Math.log(beta + age);
		const gone = Math.log(s / (r + s + x)) + logGone(parameters, x, recency, age);
		const high = Math.max(alive, gone);
		const mixed = high + Math.log(Math.exp(alive - high) + Math.exp(gone - high));
		total += customers * (logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + s * Math.log(beta) + mixed);
	}
	return total;
}

/**
 * How likely is it that this customer has not left?
 *
 * @example
 * paretoNbdAlive({ r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 }, { repeats: 26, recency: 30.86, age: 31 }) // => 0.99791...
 */
export function paretoNbdAlive(
	parameters: ParetoNbdParameters,
	{ repeats, recency, age }: BuyingHistory,
): number {
	const { r, alpha, s, beta } = parameters;
	const logOddsGone =
		Math.log(s / (r + s + repeats)) +
		(r + repeats) * Math.log(alpha + age) +
		s * Math.log(beta + age) +
		logGone(parameters, repeats, recency, age);
	return 1 / (1 + Math.exp(logOddsGone));
}

/**
 * How many repeat purchases does a new customer make within a time?
 *
 * @example
 * paretoNbdPurchases({ r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 }, 52) // => 1.47306...
 */
export function paretoNbdPurchases({ r, alpha, s, beta }: ParetoNbdParameters, time: number): number {
	if (!(time >= 0)) throw new RangeError(`time must be 0 or more, got ${time}`);
	return ((r * beta) / alpha) * powerGap(beta / (beta + time), s - 1);
}

/**
 * How many purchases does this customer make within a time from now?
 *
 * @example
 * paretoNbdFuturePurchases({ r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 }, { repeats: 26, recency: 30.86, age: 31 }, 52) // => 25.4549...
 */
export function paretoNbdFuturePurchases(
	parameters: ParetoNbdParameters,
	history: BuyingHistory,
	time: number,
): number {
	const { r, alpha, s, beta } = parameters;
	const now = { r: r + history.repeats, alpha: alpha + history.age, s, beta: beta + history.age };
	return paretoNbdPurchases(now, time) * paretoNbdAlive(parameters, history);
}

/** (1 − q^k)/k, with its limit −ln q at k = 0. */
function powerGap(q: number, k: number): number {
	return k === 0 ? -Math.log(q) : -Math.expm1(k * Math.log(q)) / k;
}

/** ln of the mass of having left between the last purchase and now, as a difference of two 2F1 terms. */
function logGone(
	{ r, alpha, s, beta }: ParetoNbdParameters,
	x: number,
	recency: number,
	age: number,
): number {
	const power = r + s + x;
	const [base, other, second] = alpha >= beta ? [alpha, beta, s + 1] : [beta, alpha, r + x];
	const term = (time: number): number =>
		logGauss2F1(power, second, power + 1, (base - other) / (base + time)) - power * Math.log(base + time);
	if (recency >= age) return Number.NEGATIVE_INFINITY;
	const [early, late] = [term(recency), term(age)];
	return early + Math.log(-Math.expm1(late - early));
}
