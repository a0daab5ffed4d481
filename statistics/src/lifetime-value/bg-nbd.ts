import type { NotConverged, TooFew } from '../figure.ts';
import { notConverged, tooFew } from '../figure.ts';
import { digamma, logGamma } from '../numerics/special-functions.ts';
import { type BuyingPattern, requirePatterns } from './buying-pattern.ts';
import { type Likelihood, type ModelFit, maximiseLikelihood } from './maximum-likelihood.ts';

/**
 * When a customer can leave: after each repeat purchase (BG/NBD), or after any purchase, the first one included
 * (MBG/NBD). BG/NBD takes every customer without a repeat for alive, which is why MBG/NBD is the default.
 */
export type Dropout = 'after-repeat' | 'after-any';

/**
 * Buying while alive is Poisson with rates spread as gamma(r, alpha); after a purchase a customer leaves with a
 * probability spread as beta(a, b). alpha is measured in the unit of time of the patterns.
 */
export type BgNbdParameters = {
	readonly r: number;
	readonly alpha: number;
	readonly a: number;
	readonly b: number;
	readonly dropout: Dropout;
};

/** Fewest customers a buying model is fitted to. */
const fewestCustomers = 100;

/**
 * How do customers without a contract buy, and how do they silently leave? Fits BG/NBD or MBG/NBD to grouped buying
 * histories.
 *
 * Assumes
 * 1. purchases of one customer come at a constant rate while alive;
 * 2. rates and chances of leaving differ between customers and are unrelated;
 * 3. leaving is for good, and happens right after a purchase.
 *
 * Source: Fader, Hardie and Lee, "Counting your customers the easy way", Marketing Science 24(2), 2005; Batislam,
 * Denizel and Filiztekin, International Journal of Research in Marketing 24(3), 2007 (MBG/NBD).
 *
 * @param patterns - grouped customers; one time unit throughout
 * @param options - `dropout` ('after-any'), `level` of the intervals (0.95)
 * @returns too-few below 100 customers or 20 repeat purchases; not-converged when the data do not pin the model down
 * @throws RangeError when a pattern cannot be
 * @example
 * fitBgNbd([{ repeats: 1, recency: 2, age: 9, customers: 40 }]) // => { kind: 'too-few', n: 40, needed: 100 }
 */
export function fitBgNbd(
	patterns: readonly BuyingPattern[],
	options: { readonly dropout?: Dropout; readonly level?: number } = {},
): ModelFit<BgNbdParameters> | TooFew | NotConverged {
	const { dropout = 'after-any', level = 0.95 } = options;
	const { customers, repeats, meanAge } = requirePatterns(patterns);
	if (customers < fewestCustomers) return tooFew(customers, fewestCustomers);
	if (repeats < 20)
		return notConverged(`there are only ${repeats} repeat purchases: at least 20 are needed to see a rhythm`);
	return maximiseLikelihood({
		likelihood: bgNbdLikelihood(patterns, dropout),
		starts: [
			[1, meanAge / 4, 1, 2],
			[0.3, meanAge / 8, 0.5, 4],
		],
		scales: [1, meanAge, 1, 1],
		n: customers,
		build: values => bgNbdParameters(values, dropout),
		level,
	});
}

/**
 * Names four positive numbers r, alpha, a, b.
 *
 * @example
 * bgNbdParameters([0.243, 4.414, 0.793, 2.426], 'after-repeat').alpha // => 4.414
 */
export function bgNbdParameters(values: readonly number[], dropout: Dropout = 'after-any'): BgNbdParameters {
	const [r = Number.NaN, alpha = Number.NaN, a = Number.NaN, b = Number.NaN] = values;
	return { r, alpha, a, b, dropout };
}

/**
 * Log-likelihood of grouped customers and its derivatives by r, alpha, a and b.
 *
 * Everything that depends on the number of repeats or on the age alone is computed once per distinct value, so that
 * the price per pattern is one logarithm and two exponentials.
 *
 * @example
 * bgNbdLikelihood([{ repeats: 0, recency: 0, age: 1, customers: 1 }], 'after-repeat')([1, 1, 1, 1]).value // => -0.69314718...
 */
export function bgNbdLikelihood(patterns: readonly BuyingPattern[], dropout: Dropout): Likelihood {
	const shift = dropout === 'after-any' ? 1 : 0;
	const counts = [...new Set(patterns.map(p => p.repeats))];
	const ages = [...new Set(patterns.map(p => p.age))];
	const countIndex = new Map(counts.map((value, i) => [value, i]));
	const ageIndex = new Map(ages.map((value, i) => [value, i]));
	const whichCount = Int32Array.from(patterns, p => countIndex.get(p.repeats) ?? 0);
	const whichAge = Int32Array.from(patterns, p => ageIndex.get(p.age) ?? 0);
	const recency = Float64Array.from(patterns, p => p.recency);
	const weights = Float64Array.from(patterns, p => p.customers);
	const logAges = new Float64Array(ages.length);
	const perCount = Array.from({ length: 6 }, () => new Float64Array(counts.length));
	const [constant, leave, byR, byA, byB, byBLeave] = perCount;

	return ([r = Number.NaN, alpha = Number.NaN, a = Number.NaN, b = Number.NaN]) => {
		if (!constant || !leave || !byR || !byA || !byB || !byBLeave) return { value: Number.NaN, gradient: [] };
		const [logA, digammaR, digammaB, digammaAB] = [Math.log(a), digamma(r), digamma(b), digamma(a + b)];
		const base = r * Math.log(alpha) - logGamma(r) + logGamma(a + b) - logGamma(b);
		for (const [i, x] of counts.entries()) {
			const kept = b + x + shift;
			constant[i] = base + logGamma(r + x) + logGamma(kept) - logGamma(a + kept);
			// Without a purchase to leave after, the branch of having left has no mass.
			const canLeave = x + shift > 0;
			leave[i] = canLeave ? logA - Math.log(kept - 1) : Number.NEGATIVE_INFINITY;
			byR[i] = digamma(r + x) - digammaR + Math.log(alpha);
			byA[i] = digammaAB - digamma(a + kept);
			byB[i] = (byA[i] ?? 0) + digamma(kept) - digammaB;
			byBLeave[i] = canLeave ? 1 / (kept - 1) : 0;
		}
		for (const [i, age] of ages.entries()) logAges[i] = Math.log(alpha + age);
		let [value, dr, dAlpha, da, db] = [0, 0, 0, 0, 0];
		for (let i = 0; i < weights.length; i++) {
			const which = whichCount[i] ?? 0;
			const shape = r + (counts[which] ?? 0);
			const age = whichAge[i] ?? 0;
			const logAge = logAges[age] ?? 0;
			const logRecency = Math.log(alpha + (recency[i] ?? 0));
			const alive = -shape * logAge;
			const gone = (leave[which] ?? 0) - shape * logRecency;
			const high = Math.max(alive, gone);
			const [massAlive, massGone] = [Math.exp(alive - high), Math.exp(gone - high)];
			const both = massAlive + massGone;
			const [pAlive, pGone] = [massAlive / both, massGone / both];
			const weight = weights[i] ?? 0;
			value += weight * ((constant[which] ?? 0) + high + Math.log(both));
			dr += weight * ((byR[which] ?? 0) - pAlive * logAge - pGone * logRecency);
			dAlpha +=
				weight *
				(r / alpha - shape * (pAlive / (alpha + (ages[age] ?? 0)) + pGone / (alpha + (recency[i] ?? 0))));
			da += weight * ((byA[which] ?? 0) + pGone / a);
			db += weight * ((byB[which] ?? 0) - pGone * (byBLeave[which] ?? 0));
		}
		return { value, gradient: [dr, dAlpha, da, db] };
	};
}
