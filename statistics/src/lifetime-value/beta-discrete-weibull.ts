import { type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { logBeta } from '../numerics/special-functions.ts';
import { type ContractCohort, contractLosses } from './contract-cohort.ts';
import { type ModelFit, maximiseLikelihood, withNumericGradient } from './maximum-likelihood.ts';

/**
 * As the shifted beta-geometric, but each customer's chance to leave falls (c below 1) or rises (c above 1) with tenure.
 */
export type BetaDiscreteWeibullParameters = {
	readonly alpha: number;
	readonly beta: number;
	readonly c: number;
};

/**
 * How long do customers with a contract stay when their own chance to leave changes with tenure?
 *
 * Three numbers from one curve are much to ask: with few renewals expect wide intervals, and prefer the shifted
 * beta-geometric unless c is clearly different from 1.
 *
 * Source: Fader, Hardie, Liu, Davin and Steenburgh, "How to project customer retention revisited: the role of duration
 * dependence", Journal of Interactive Marketing 43, 2018.
 *
 * @param cohorts - counts after each renewal, one array per cohort
 * @param options - `level` of the intervals (0.95)
 * @returns too-few below 50 customers or 4 renewals; not-converged when the curve does not pin three numbers down
 * @example
 * fitBetaDiscreteWeibull([[100, 80, 70]]) // => { kind: 'too-few', n: 2, needed: 4 }
 */
export function fitBetaDiscreteWeibull(
	cohorts: readonly ContractCohort[],
	options: { readonly level?: number } = {},
): ModelFit<BetaDiscreteWeibullParameters> | TooFew | NotConverged {
	const { customers, lost } = contractLosses(cohorts);
	if (customers < 50) return tooFew(customers, 50);
	if (lost.length < 4) return tooFew(lost.length, 4);
	if (lost.every(count => count === 0)) return { kind: 'not-converged', reason: 'nobody has left yet' };
	return maximiseLikelihood({
		likelihood: withNumericGradient(v =>
			betaDiscreteWeibullLogLikelihood(cohorts, betaDiscreteWeibullParameters(v)),
		),
		starts: [
			[1, 2, 1],
			[0.3, 1.5, 1.5],
			[3, 3, 0.7],
		],
		scales: [1, 1, 1],
		n: customers,
		build: betaDiscreteWeibullParameters,
		level: options.level ?? 0.95,
	});
}

/**
 * Names three positive numbers alpha, beta, c.
 *
 * @example
 * betaDiscreteWeibullParameters([0.5, 1, 1.2]).c // => 1.2
 */
export function betaDiscreteWeibullParameters(values: readonly number[]): BetaDiscreteWeibullParameters {
	const [alpha = Number.NaN, beta = Number.NaN, c = Number.NaN] = values;
	return { alpha, beta, c };
}

/**
 * Log-likelihood of cohorts.
 *
 * @example
 * betaDiscreteWeibullLogLikelihood([[100, 50]], { alpha: 1, beta: 1, c: 1 }) // => -69.3147180...
 */
export function betaDiscreteWeibullLogLikelihood(
	cohorts: readonly ContractCohort[],
	parameters: BetaDiscreteWeibullParameters,
): number {
	const { lost, kept } = contractLosses(cohorts);
	let value = 0;
	for (const [i, count] of lost.entries()) {
		if (count === 0) continue;
		const before = logSurvival(parameters, i);
		value += count * (before + Math.log(-Math.expm1(logSurvival(parameters, i + 1) - before)));
	}
	for (const [t, count] of kept.entries()) if (count > 0) value += count * logSurvival(parameters, t);
	return value;
}

/**
 * Share still there after t renewals.
 *
 * @example
 * weibullContractSurvival({ alpha: 1, beta: 1, c: 1 }, 1) // => 0.5
 */
export function weibullContractSurvival(parameters: BetaDiscreteWeibullParameters, renewals: number): number {
	if (!Number.isInteger(renewals) || renewals < 0) {
		throw new RangeError(`renewals must be a whole number of at least 0, got ${renewals}`);
	}
	return Math.exp(logSurvival(parameters, renewals));
}

/**
 * Discounted number of periods a customer who has been through `renewals` renewals will still pay for, the running
 * period included; with 0 the lifetime of a new customer.
 *
 * @param discount - per period, above 0
 * @example
 * weibullDiscountedLifetime({ alpha: 0.6680883753, beta: 3.8060951838, c: 1 }, 0, 0.1) // => 5.92225...
 */
export function weibullDiscountedLifetime(
	parameters: BetaDiscreteWeibullParameters,
	renewals: number,
	discount: number,
): number {
	if (!(discount > 0)) throw new RangeError(`discount must be above 0, got ${discount}`);
	const now = Math.log(weibullContractSurvival(parameters, renewals));
	let total = 0;
	let worth = 1;
	for (let t = renewals; ; t++) {
		const there = Math.exp(logSurvival(parameters, t) - now);
		total += worth * there;
		worth /= 1 + discount;
		// What is left is at most this share for ever.
		if ((worth * there * (1 + discount)) / discount < 1e-12 * total) return total;
	}
}

function logSurvival({ alpha, beta, c }: BetaDiscreteWeibullParameters, renewals: number): number {
	return logBeta(alpha, beta + renewals ** c) - logBeta(alpha, beta);
}
