import { type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { gauss2F1 } from '../numerics/gauss-2f1.ts';
import { logBeta } from '../numerics/special-functions.ts';
import { type ContractCohort, contractLosses } from './contract-cohort.ts';
import { type ModelFit, maximiseLikelihood, withNumericGradient } from './maximum-likelihood.ts';

/** The chance to leave at each renewal differs between customers as beta(alpha, beta) and is constant for each. */
export type ShiftedBetaGeometricParameters = { readonly alpha: number; readonly beta: number };

/** Fewest customers a contract model is fitted to. */
const fewestCustomers = 50;

/**
 * How long do customers with a contract stay, beyond the renewals seen so far?
 *
 * Retention of a cohort rises with tenure even if nobody becomes more loyal: those likely to leave go first.
 *
 * Assumes
 * 1. everybody faces a renewal at the same steps since signing;
 * 2. each customer's chance to leave never changes.
 *
 * Source: Fader and Hardie, "How to project customer retention", Journal of Interactive Marketing 21(1), 2007; Fader
 * and Hardie, Marketing Science 29(1), 2010 (several cohorts, residual lifetime).
 *
 * @param cohorts - counts after each renewal, one array per cohort
 * @param options - `level` of the intervals (0.95)
 * @returns too-few below 50 customers; not-converged when nobody or everybody leaves at once
 * @throws RangeError when a cohort grows
 * @example
 * fitShiftedBetaGeometric([[30, 20, 10]]) // => { kind: 'too-few', n: 30, needed: 50 }
 */
export function fitShiftedBetaGeometric(
	cohorts: readonly ContractCohort[],
	options: { readonly level?: number } = {},
): ModelFit<ShiftedBetaGeometricParameters> | TooFew | NotConverged {
	const { customers, lost } = contractLosses(cohorts);
	if (customers < fewestCustomers) return tooFew(customers, fewestCustomers);
	if (lost.every(count => count === 0)) return { kind: 'not-converged', reason: 'nobody has left yet' };
	return maximiseLikelihood({
		likelihood: withNumericGradient(v =>
			shiftedBetaGeometricLogLikelihood(cohorts, shiftedBetaGeometricParameters(v)),
		),
		starts: [
			[1, 1],
			[1, 5],
		],
		scales: [1, 1],
		n: customers,
		build: shiftedBetaGeometricParameters,
		level: options.level ?? 0.95,
	});
}

/**
 * Names two positive numbers alpha, beta.
 *
 * @example
 * shiftedBetaGeometricParameters([0.668, 3.806]).beta // => 3.806
 */
export function shiftedBetaGeometricParameters(values: readonly number[]): ShiftedBetaGeometricParameters {
	const [alpha = Number.NaN, beta = Number.NaN] = values;
	return { alpha, beta };
}

/**
 * Log-likelihood of cohorts.
 *
 * @example
 * shiftedBetaGeometricLogLikelihood([[100, 50]], { alpha: 1, beta: 1 }) // => -69.3147180...
 */
export function shiftedBetaGeometricLogLikelihood(
	cohorts: readonly ContractCohort[],
	{ alpha, beta }: ShiftedBetaGeometricParameters,
): number {
	const { lost, kept } = contractLosses(cohorts);
	let value = 0;
	let logLost = Math.log(alpha / (alpha + beta));
	for (const [i, count] of lost.entries()) {
		if (i > 0) logLost += Math.log((beta + i - 1) / (alpha + beta + i));
		value += count * logLost;
	}
	for (const [t, count] of kept.entries()) {
		if (count > 0) value += count * (logBeta(alpha, beta + t) - logBeta(alpha, beta));
	}
	return value;
}

/**
 * Share still there after t renewals.
 *
 * @example
 * contractSurvival({ alpha: 1, beta: 1 }, 1) // => 0.5
 */
export function contractSurvival({ alpha, beta }: ShiftedBetaGeometricParameters, renewals: number): number {
	requireRenewals(renewals);
	return Math.exp(logBeta(alpha, beta + renewals) - logBeta(alpha, beta));
}

/**
 * Share of those facing renewal t (1, 2, …) who renew.
 *
 * @example
 * contractRetention({ alpha: 1, beta: 1 }, 2) // => 0.66666666...
 */
export function contractRetention({ alpha, beta }: ShiftedBetaGeometricParameters, renewal: number): number {
	requireRenewals(renewal);
	return (beta + renewal - 1) / (alpha + beta + renewal - 1);
}

/**
 * Discounted number of periods a new customer will pay for, the first included.
 *
 * @param discount - per period, above 0 (0.1 is 10 %)
 * @example
 * discountedLifetime({ alpha: 0.6680883753, beta: 3.8060951838 }, 0.1) // => 5.92225...
 */
export function discountedLifetime(
	{ alpha, beta }: ShiftedBetaGeometricParameters,
	discount: number,
): number {
	requireDiscount(discount);
	return gauss2F1(1, beta, alpha + beta, 1 / (1 + discount));
}

/**
 * Discounted number of periods a customer standing just before renewal n will still pay for, this one included.
 *
 * @param renewal - n = 1 for a customer in the first contract
 * @param discount - per period, above 0
 * @example
 * discountedResidualLifetime({ alpha: 0.6680883753, beta: 3.8060951838 }, 1, 0.1) // => 5.41447...
 */
export function discountedResidualLifetime(
	parameters: ShiftedBetaGeometricParameters,
	renewal: number,
	discount: number,
): number {
	requireDiscount(discount);
	const { alpha, beta } = parameters;
	const retention = contractRetention(parameters, renewal);
	return retention * gauss2F1(1, beta + renewal, alpha + beta + renewal, 1 / (1 + discount));
}

function requireRenewals(renewals: number): void {
	if (!Number.isInteger(renewals) || renewals < 0) {
		throw new RangeError(`renewals must be a whole number of at least 0, got ${renewals}`);
	}
}

function requireDiscount(discount: number): void {
	if (!(discount > 0)) throw new RangeError(`discount must be above 0, got ${discount}`);
}
