import { type NotConverged, notConverged } from '../figure.ts';
import { gaussLegendre } from '../numerics/gauss-legendre.ts';
import { brent } from '../numerics/root-finding.ts';
import { logGamma, normalCdf, normalQuantile, tQuantile } from '../numerics/special-functions.ts';
import { requireAboveZero, requireNumber } from '../require-argument.ts';

/** A planned comparison of two means with equally many units per arm. */
export type MeansPlan = {
	/** The difference that should not be missed. */
	readonly difference: number;
	/** Standard deviation of one unit, above 0. */
	readonly standardDeviation: number;
	/** Share of false alarms accepted, 0.05 unless given. */
	readonly alpha?: number;
};

/**
 * How likely will a difference this large be found with this many units?
 *
 * Two-sided t test with equal variances, by the noncentral t distribution (quadrature over the estimated spread).
 *
 * Assumptions: roughly normal means; one look at the end (a confidence sequence needs about twice the units).
 * Source: Cohen, "Statistical Power Analysis", 2nd ed. 1988; numbers of R power.t.test.
 *
 * @param plan Difference and spread. @param perArm Units in each arm, 2 or more.
 *
 * @example
 * powerOfMeans({ difference: 1, standardDeviation: 1 }, 20) // => 0.86895...
 */
export function powerOfMeans(
	{ difference, standardDeviation, alpha = 0.05 }: MeansPlan,
	perArm: number,
): number {
	requireAboveZero('standardDeviation', standardDeviation);
	requireNumber('difference', difference);
	requireNumber('alpha', requireAboveZero('alpha', alpha), 0, 0.5);
	requireNumber('perArm', perArm, 2);
	const degrees = 2 * (perArm - 1);
	const shift = (Math.abs(difference) / standardDeviation) * Math.sqrt(perArm / 2);
	const critical = tQuantile(1 - alpha / 2, degrees);
	return averageOverSpread(
		degrees,
		ratio => normalCdf(shift - critical * ratio) + normalCdf(-shift - critical * ratio),
	);
}

/**
 * How many units does each arm need so that a difference this large is found?
 *
 * @param plan Difference (not 0) and spread. @param power Wanted, above alpha and below 1; 0.8 unless given.
 * @returns Units per arm as a fraction: round up. `not-converged` when more than 1e12 would be needed.
 *
 * @example
 * unitsForMeans({ difference: 1, standardDeviation: 1 }, 0.9) // => 22.0210...
 */
export function unitsForMeans(plan: MeansPlan, power = 0.8): number | NotConverged {
	requireNumber('power', power, plan.alpha ?? 0.05, 0.999999);
	if (plan.difference === 0) throw new RangeError('difference must not be 0, got 0');
	return leastAbove(units => powerOfMeans(plan, units) - power, 2, 1e12, 'units per arm');
}

/**
 * How small a difference can be found with this many units per arm?
 *
 * @param plan Spread and alpha. @param perArm Units in each arm. @param power Wanted; 0.8 unless given.
 *
 * @example
 * detectableDifference({ standardDeviation: 2 }, 20) // => 1.8182...
 */
export function detectableDifference(
	{ standardDeviation, alpha = 0.05 }: Omit<MeansPlan, 'difference'>,
	perArm: number,
	power = 0.8,
): number | NotConverged {
	requireNumber('power', power, alpha, 0.999999);
	const excess = (inSpreads: number): number =>
		powerOfMeans({ difference: inSpreads * standardDeviation, standardDeviation, alpha }, perArm) - power;
	const found = leastAbove(excess, 1e-9, 1e6, 'difference');
	return typeof found === 'number' ? found * standardDeviation : found;
}

/** A planned comparison of two shares with equally many units per arm. */
export type SharesPlan = {
	/** Share now, 0…1. */
	readonly baseline: number;
	/** Share that should not be missed, 0…1. */
	readonly treatment: number;
	/** Share of false alarms accepted, 0.05 unless given. */
	readonly alpha?: number;
};

/**
 * How likely will a difference between these two shares be found with this many units?
 *
 * Normal approximation with the pooled share under no effect, as in R power.prop.test.
 *
 * @param plan The two shares. @param perArm Units in each arm, 2 or more.
 *
 * @example
 * powerOfShares({ baseline: 0.5, treatment: 0.75 }, 50) // => 0.74016...
 */
export function powerOfShares({ baseline, treatment, alpha = 0.05 }: SharesPlan, perArm: number): number {
	requireNumber('baseline', baseline, 0, 1);
	requireNumber('treatment', treatment, 0, 1);
	requireNumber('alpha', requireAboveZero('alpha', alpha), 0, 0.5);
	requireNumber('perArm', perArm, 2);
	const together = baseline + treatment;
	const pooled = together * (1 - together / 2);
	const apart = baseline * (1 - baseline) + treatment * (1 - treatment);
	if (!(apart > 0)) throw new RangeError(`baseline must not be certain, got ${baseline} and ${treatment}`);
	const gap = Math.sqrt(perArm) * Math.abs(treatment - baseline);
	return normalCdf((gap - normalQuantile(1 - alpha / 2) * Math.sqrt(pooled)) / Math.sqrt(apart));
}

/**
 * How many units does each arm need so that a difference between these two shares is found?
 *
 * @param plan The two shares, which must differ. @param power Wanted; 0.8 unless given.
 * @returns Units per arm as a fraction: round up.
 *
 * @example
 * unitsForShares({ baseline: 0.5, treatment: 0.75 }, 0.9) // => 76.7069...
 */
export function unitsForShares(plan: SharesPlan, power = 0.8): number | NotConverged {
	requireNumber('power', power, plan.alpha ?? 0.05, 0.999999);
	if (plan.baseline === plan.treatment) {
		throw new RangeError(`treatment must differ from baseline, got ${plan.treatment} for both`);
	}
	return leastAbove(units => powerOfShares(plan, units) - power, 2, 1e12, 'units per arm');
}

/** Mean of a function of s/σ when s is estimated with these degrees of freedom. */
function averageOverSpread(degrees: number, of: (ratio: number) => number): number {
	// s/σ is close to normal with this spread; twelve of them carry all but nothing of it.
	const reach = 12 / Math.sqrt(2 * degrees);
	const { nodes, weights } = gaussLegendre(100, Math.max(0, 1 - reach), 1 + reach + 8 / degrees);
	const logScale = Math.LN2 + (degrees / 2) * Math.log(degrees / 2) - logGamma(degrees / 2);
	let sum = 0;
	for (const [i, ratio] of nodes.entries()) {
		const logDensity = logScale + (degrees - 1) * Math.log(ratio) - (degrees * ratio * ratio) / 2;
		sum += (weights[i] ?? 0) * Math.exp(logDensity) * of(ratio);
	}
	return sum;
}

function leastAbove(
	excess: (x: number) => number,
	low: number,
	limit: number,
	what: string,
): number | NotConverged {
	if (excess(low) >= 0) return low;
	let high = 2 * low;
	while (excess(high) < 0) {
		high *= 2;
		if (high > limit) return notConverged(`more than ${limit} ${what} would be needed`);
	}
	return brent(excess, high / 2, high, { tolerance: 1e-9 });
}
