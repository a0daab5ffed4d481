import { type Estimate, estimate, type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, digamma, logGamma } from '../numerics/special-functions.ts';
import { type Likelihood, type ModelFit, maximiseLikelihood } from './maximum-likelihood.ts';

/** Customers with the same number of repeat purchases and the same mean spend. */
export type SpendingPattern = {
	/** Purchases behind the mean, 1 or more. */
	readonly repeats: number;
	/** Mean spend per purchase, above 0, in one currency. */
	readonly meanSpend: number;
	readonly customers: number;
};

/**
 * Spend per purchase is gamma with shape p around a customer's own level; levels differ as gamma(q, v). v is in the
 * currency of the patterns.
 */
export type GammaGammaParameters = { readonly p: number; readonly q: number; readonly v: number };

/**
 * How much does a customer spend per purchase, once chance is taken out of a short history?
 *
 * Assumes
 * 1. what a customer spends varies around a level of their own, which does not drift;
 * 2. spend is unrelated to how often they buy: check with {@link spendIndependence};
 * 3. customers without repeats are left out (they say nothing about variation).
 *
 * Source: Fader and Hardie, "The gamma-gamma model of monetary value", 2013; Fader, Hardie and Lee, Journal of
 * Marketing Research 42(4), 2005.
 *
 * @param patterns - grouped customers with at least one repeat purchase
 * @param options - `level` of the intervals (0.95)
 * @returns too-few below 50 customers; not-converged when the data do not pin the model down
 * @throws RangeError when a pattern cannot be
 * @example
 * fitGammaGamma([{ repeats: 2, meanSpend: 20, customers: 3 }]) // => { kind: 'too-few', n: 3, needed: 50 }
 */
export function fitGammaGamma(
	patterns: readonly SpendingPattern[],
	options: { readonly level?: number } = {},
): ModelFit<GammaGammaParameters> | TooFew | NotConverged {
	const { customers, meanSpend } = requireSpending(patterns);
	if (customers < 50) return tooFew(customers, 50);
	return maximiseLikelihood({
		likelihood: gammaGammaLikelihood(patterns),
		starts: [
			[4, 4, meanSpend / 2],
			[1, 2, meanSpend],
		],
		scales: [1, 1, meanSpend],
		n: customers,
		build: gammaGammaParameters,
		level: options.level ?? 0.95,
	});
}

/**
 * Names three positive numbers p, q, v.
 *
 * @example
 * gammaGammaParameters([6.25, 3.74, 15.44]).v // => 15.44
 */
export function gammaGammaParameters(values: readonly number[]): GammaGammaParameters {
	const [p = Number.NaN, q = Number.NaN, v = Number.NaN] = values;
	return { p, q, v };
}

/**
 * Log-likelihood of grouped customers and its derivatives by p, q and v.
 *
 * @example
 * gammaGammaLikelihood([{ repeats: 1, meanSpend: 1, customers: 1 }])([1, 1, 1]).value // => -1.38629436...
 */
export function gammaGammaLikelihood(patterns: readonly SpendingPattern[]): Likelihood {
	const counts = [...new Set(patterns.map(pattern => pattern.repeats))];
	return ([p = Number.NaN, q = Number.NaN, v = Number.NaN]) => {
		let [value, dp, dq, dv] = [0, 0, 0, 0];
		const [digammaQ, logV] = [digamma(q), Math.log(v)];
		const perCount = new Map(counts.map(x => [x, termsOf(p, q, x)]));
		for (const { repeats: x, meanSpend: m, customers } of patterns) {
			const shape = p * x;
			const spent = x * m;
			const logSpent = Math.log(spent);
			const logTotal = Math.log(spent + v);
			const { logGammas, digammaBoth, digammaShape } = perCount.get(x) ?? termsOf(p, q, x);
			value += customers * (logGammas + q * logV + shape * logSpent - Math.log(m) - (shape + q) * logTotal);
			dp += customers * x * (digammaBoth - digammaShape + logSpent - logTotal);
			dq += customers * (digammaBoth - digammaQ + logV - logTotal);
			dv += customers * (q / v - (shape + q) / (spent + v));
		}
		return { value, gradient: [dp, dq, dv] };
	};
}

/**
 * What this customer is expected to spend per purchase: between their own mean and everybody's.
 *
 * @param parameters - a fitted model; q must be above 1 for the mean to exist
 * @param history - repeats (0 for none: everybody's mean) and mean spend
 * @returns undefined where the mean does not exist (p·repeats + q ≤ 1)
 * @example
 * expectedSpend({ p: 6.25, q: 3.74, v: 15.44 }, { repeats: 2, meanSpend: 22.35 }) // => 24.663713...
 */
export function expectedSpend(
	{ p, q, v }: GammaGammaParameters,
	{ repeats, meanSpend }: { readonly repeats: number; readonly meanSpend: number },
): number | undefined {
	if (!(repeats >= 0)) throw new RangeError(`repeats must be 0 or more, got ${repeats}`);
	const below = p * repeats + q - 1;
	return below > 0 ? (p * (v + repeats * meanSpend)) / below : undefined;
}

/**
 * Is spend related to how often customers buy? The model assumes it is not; above about 0.3 either way its value
 * figures lean.
 *
 * @param patterns - grouped customers with at least one repeat purchase
 * @param level - confidence of Fisher's interval, 0.95 unless given
 * @returns the Pearson correlation of repeats and mean spend
 * @example
 * spendIndependence([{ repeats: 2, meanSpend: 20, customers: 3 }]) // => { kind: 'too-few', n: 3, needed: 10 }
 */
export function spendIndependence(
	patterns: readonly SpendingPattern[],
	level = 0.95,
): Estimate | TooFew | NotConverged {
	const { customers, meanSpend } = requireSpending(patterns);
	if (customers < 10) return tooFew(customers, 10);
	const meanRepeats = patterns.reduce((sum, p) => sum + p.customers * p.repeats, 0) / customers;
	let [xx, xy, yy] = [0, 0, 0];
	for (const pattern of patterns) {
		const x = pattern.repeats - meanRepeats;
		const y = pattern.meanSpend - meanSpend;
		xx += pattern.customers * x * x;
		xy += pattern.customers * x * y;
		yy += pattern.customers * y * y;
	}
	if (xx === 0 || yy === 0)
		return { kind: 'not-converged', reason: 'repeats or spend do not vary: no correlation exists' };
	const value = xy / Math.sqrt(xx * yy);
	const half = criticalValue(level) / Math.sqrt(customers - 3);
	const centre = Math.atanh(Math.max(-1 + 1e-15, Math.min(1 - 1e-15, value)));
	return estimate({
		value,
		low: Math.tanh(centre - half),
		high: Math.tanh(centre + half),
		n: customers,
		method: "Pearson correlation, Fisher's z",
		level,
	});
}

/** What depends on the number of purchases alone, computed once per distinct number. */
function termsOf(
	p: number,
	q: number,
	x: number,
): { logGammas: number; digammaBoth: number; digammaShape: number } {
	const shape = p * x;
	return {
		logGammas: logGamma(shape + q) - logGamma(shape) - logGamma(q),
		digammaBoth: digamma(shape + q),
		digammaShape: digamma(shape),
	};
}

function requireSpending(patterns: readonly SpendingPattern[]): { customers: number; meanSpend: number } {
	let customers = 0;
	let spend = 0;
	for (const pattern of patterns) {
		if (!Number.isInteger(pattern.repeats) || pattern.repeats < 1) {
			throw new RangeError(`repeats must be a whole number of at least 1, got ${pattern.repeats}`);
		}
		if (!(pattern.meanSpend > 0 && Number.isFinite(pattern.meanSpend))) {
			throw new RangeError(`meanSpend must be above 0, got ${pattern.meanSpend}`);
		}
		if (!(pattern.customers >= 0))
			throw new RangeError(`customers must be 0 or more, got ${pattern.customers}`);
		customers += pattern.customers;
		spend += pattern.customers * pattern.meanSpend;
	}
	return { customers, meanSpend: customers === 0 ? 0 : spend / customers };
}
