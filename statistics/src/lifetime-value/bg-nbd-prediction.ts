import { logGauss2F1 } from '../numerics/gauss-2f1.ts';
import { logBeta, logGamma } from '../numerics/special-functions.ts';
import type { BgNbdParameters } from './bg-nbd.ts';
import type { BuyingPattern } from './buying-pattern.ts';

/** The history of one customer, in the time unit of the model. */
export type BuyingHistory = Omit<BuyingPattern, 'customers'>;

/**
 * How likely is it that this customer has not left?
 *
 * @param parameters - a fitted BG/NBD or MBG/NBD model
 * @param history - repeats, recency and age in the model's time unit
 * @returns a probability; always 1 for a customer without repeats under BG/NBD ('after-repeat')
 * @example
 * const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, dropout: 'after-repeat' }
 * probabilityAlive(published, { repeats: 2, recency: 30.43, age: 38.86 }) // => 0.72657857...
 */
export function probabilityAlive(
	parameters: BgNbdParameters,
	{ repeats, recency, age }: BuyingHistory,
): number {
	const { r, alpha, a, b } = requireParameters(parameters);
	if (!(recency >= 0 && recency <= age))
		throw new RangeError(`recency must be between 0 and the age ${age}, got ${recency}`);
	const kept = b + repeats + (parameters.dropout === 'after-any' ? 1 : 0);
	if (repeats === 0 && parameters.dropout === 'after-repeat') return 1;
	const logOddsGone = Math.log(a / (kept - 1)) + (r + repeats) * Math.log((alpha + age) / (alpha + recency));
	return 1 / (1 + Math.exp(logOddsGone));
}

/**
 * How many repeat purchases does a new customer make within a time?
 *
 * @param parameters - a fitted model
 * @param time - length of the period from the first purchase on, 0 or more
 * @example
 * const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, dropout: 'after-repeat' }
 * expectedPurchases(published, 78) // => 1.8605...
 */
export function expectedPurchases(parameters: BgNbdParameters, time: number): number {
	const { r, alpha, a, b } = requireParameters(parameters);
	requireTime(time);
	if (parameters.dropout === 'after-repeat') return purchasesWhileAlive(r, alpha, a, b, time);
	// The first purchase already costs the share a / (a + b); who stays has one more purchase survived.
	return (b / (a + b)) * purchasesWhileAlive(r, alpha, a, b + 1, time);
}

/**
 * How many purchases does this customer make within a time from now?
 *
 * @param parameters - a fitted model
 * @param history - what is known of the customer
 * @param time - length of the period from now on, 0 or more
 * @example
 * const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, dropout: 'after-repeat' }
 * expectedFuturePurchases(published, { repeats: 2, recency: 30.43, age: 38.86 }, 39) // => 1.22602817...
 */
export function expectedFuturePurchases(
	parameters: BgNbdParameters,
	history: BuyingHistory,
	time: number,
): number {
	const { r, alpha, a, b } = requireParameters(parameters);
	requireTime(time);
	const kept = b + history.repeats + (parameters.dropout === 'after-any' ? 1 : 0);
	const ifAlive = purchasesWhileAlive(r + history.repeats, alpha + history.age, a, kept, time);
	return probabilityAlive(parameters, history) * ifAlive;
}

/**
 * How likely is exactly this number of repeat purchases of a new customer within a time?
 *
 * @param parameters - a fitted model
 * @param repeats - 0 or more
 * @param time - length of the period from the first purchase on, 0 or more
 * @example
 * const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, dropout: 'after-repeat' }
 * purchaseProbability(published, 0, 39) // => 0.5737863...
 */
export function purchaseProbability(parameters: BgNbdParameters, repeats: number, time: number): number {
	const { r, alpha, a, b } = requireParameters(parameters);
	requireTime(time);
	if (!Number.isInteger(repeats) || repeats < 0)
		throw new RangeError(`repeats must be a whole number of at least 0, got ${repeats}`);
	const logStay = Math.log(alpha / (alpha + time));
	const logMove = Math.log(time / (alpha + time));
	const count = (k: number): number =>
		Math.exp(logGamma(r + k) - logGamma(r) - logGamma(k + 1) + r * logStay + (k === 0 ? 0 : k * logMove));
	const shift = parameters.dropout === 'after-any' ? 1 : 0;
	const stillAlive = Math.exp(logBeta(a, b + repeats + shift) - logBeta(a, b)) * count(repeats);
	if (repeats + shift === 0) return stillAlive;
	let fewer = 0;
	for (let k = 0; k < repeats; k++) fewer += count(k);
	return (
		stillAlive + Math.exp(logBeta(a + 1, b + repeats + shift - 1) - logBeta(a, b)) * Math.max(0, 1 - fewer)
	);
}

/** Within this distance of a = 1 the closed form is 0/0; the mean of both sides is right to about its square. */
const nearOne = 1e-4;

/**
 * Purchases in a time of a customer who is alive at its start, buys at gamma(r, alpha) and leaves after each purchase
 * with beta(a, b): (a+b−1)/(a−1) · [1 − (alpha/(alpha+t))^r · 2F1(r, b; a+b−1; t/(alpha+t))].
 */
function purchasesWhileAlive(r: number, alpha: number, a: number, b: number, time: number): number {
	if (time === 0) return 0;
	if (a + b <= 1 + 2 * nearOne) return purchasesByIntegral(r, alpha, a, b, time);
	if (time / (alpha + time) > 0.99999) return purchasesByIntegral(r, alpha, a, b, time);
	if (Math.abs(a - 1) >= nearOne) return purchasesInClosedForm(r, alpha, a, b, time);
	const above = purchasesInClosedForm(r, alpha, 1 + nearOne, b, time);
	return (above + purchasesInClosedForm(r, alpha, 1 - nearOne, b, time)) / 2;
}

function purchasesInClosedForm(r: number, alpha: number, a: number, b: number, time: number): number {
	const logProduct =
		r * Math.log(alpha / (alpha + time)) + logGauss2F1(r, b, a + b - 1, time / (alpha + time));
	return (-(a + b - 1) / (a - 1)) * Math.expm1(logProduct);
}

/**
 * The same where the closed form has no value (a + b ≤ 1): the rate of purchases at time s is
 * (r/alpha)(1 + s/alpha)^(−r−1) · 2F1(r+1, b; a+b; s/(alpha+s)), integrated over u = ln(1 + s/alpha) by Gauss–Legendre
 * on pieces of length at most 1.
 */
function purchasesByIntegral(r: number, alpha: number, a: number, b: number, time: number): number {
	const end = Math.log1p(time / alpha);
	const pieces = Math.ceil(end);
	const half = end / pieces / 2;
	let total = 0;
	for (let piece = 0; piece < pieces; piece++) {
		const middle = (2 * piece + 1) * half;
		for (const [node, weight] of gaussLegendre) {
			for (const u of [middle - node * half, middle + node * half]) {
				const z = Math.min(-Math.expm1(-u), 0.9999999);
				total += weight * half * Math.exp(-r * u + logGauss2F1(r + 1, b, a + b, z));
			}
		}
	}
	return r * total;
}

/** Nodes and weights of ten-point Gauss–Legendre quadrature on −1…1 (Abramowitz and Stegun, table 25.4). */
const gaussLegendre: readonly (readonly [number, number])[] = [
	[0.14887433898163122, 0.29552422471475287],
	[0.4333953941292472, 0.26926671930999635],
	[0.6794095682990244, 0.21908636251598204],
	[0.8650633666889845, 0.1494513491505806],
	[0.9739065285171717, 0.06667134430868814],
];

function requireParameters(parameters: BgNbdParameters): BgNbdParameters {
	for (const name of ['r', 'alpha', 'a', 'b'] as const) {
		if (!(parameters[name] > 0)) throw new RangeError(`${name} must be above 0, got ${parameters[name]}`);
	}
	return parameters;
}

function requireTime(time: number): void {
	if (!(time >= 0 && Number.isFinite(time))) throw new RangeError(`time must be 0 or more, got ${time}`);
}
