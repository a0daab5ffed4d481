import { type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { digamma, logGamma } from '../numerics/special-functions.ts';
import { type Likelihood, type ModelFit, maximiseLikelihood } from './maximum-likelihood.ts';

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
		likelihood: bgBbLikelihood(patterns),
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
 * Log-likelihood of grouped customers and its derivatives by alpha, beta, gamma and delta.
 *
 * A record has one way to come about for every occasion after which the customer may have gone, and one of being alive
 * to the end. All of them are gamma functions at a parameter plus a whole number, so tables over whole numbers do.
 *
 * @example
 * bgBbLikelihood([{ taken: 0, last: 0, offered: 1, customers: 1 }])([1, 1, 1, 1]).value // => -0.28768207...
 */
export function bgBbLikelihood(patterns: readonly OccasionPattern[]): Likelihood {
	const longest = patterns.reduce((most, pattern) => Math.max(most, pattern.offered), 0);
	return ([alpha = Number.NaN, beta = Number.NaN, gamma = Number.NaN, delta = Number.NaN]) => {
		const [take, skip, both] = [alpha, beta, alpha + beta].map(x => tabulate(x, longest));
		const [leave, stay, either] = [gamma, delta, gamma + delta].map(x => tabulate(x, longest + 1));
		if (!take || !skip || !both || !leave || !stay || !either) return { value: Number.NaN, gradient: [] };
		/** ln of (chance of the record up to occasion m) × (chance to be gone right after m, or alive when m is the end). */
		const way = (taken: number, m: number, gone: number): number =>
			take.log(taken) +
			skip.log(m - taken) -
			both.log(m) +
			leave.log(gone) +
			stay.log(m) -
			either.log(m + gone);
		const constant = way(0, 0, 0);
		const gradient = [0, 0, 0, 0];
		let value = 0;
		for (const { taken, last, offered, customers } of patterns) {
			const alive = way(taken, offered, 0);
			let high = alive;
			for (let m = last; m < offered; m++) high = Math.max(high, way(taken, m, 1));
			let sum = Math.exp(alive - high);
			const part = [0, 0, 0, 0];
			const weigh = (m: number, gone: number, mass: number): void => {
				const [played, lived] = [both.slope(m), either.slope(m + gone)];
				part[0] = (part[0] ?? 0) + mass * (take.slope(taken) - played);
				part[1] = (part[1] ?? 0) + mass * (skip.slope(m - taken) - played);
				part[2] = (part[2] ?? 0) + mass * (leave.slope(gone) - lived);
				part[3] = (part[3] ?? 0) + mass * (stay.slope(m) - lived);
			};
			weigh(offered, 0, sum);
			for (let m = last; m < offered; m++) {
				const mass = Math.exp(way(taken, m, 1) - high);
				sum += mass;
				weigh(m, 1, mass);
			}
			value += customers * (high + Math.log(sum) - constant);
			for (let j = 0; j < 4; j++) gradient[j] = (gradient[j] ?? 0) + (customers * (part[j] ?? 0)) / sum;
		}
		const total = patterns.reduce((sum, pattern) => sum + pattern.customers, 0);
		const base = [
			take.slope(0) - both.slope(0),
			skip.slope(0) - both.slope(0),
			leave.slope(0) - either.slope(0),
			stay.slope(0) - either.slope(0),
		];
		return { value, gradient: gradient.map((g, j) => g - total * (base[j] ?? 0)) };
	};
}

/**
 * Refuses records that cannot be.
 *
 * @throws RangeError naming the field and its value
 * @example
 * requireOccasions({ taken: 1, last: 2, offered: 6, customers: 1 }) // => undefined
 */
export function requireOccasions({ taken, last, offered, customers }: OccasionPattern): void {
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

/** ln Γ(x + k) and its derivative for k = 0…longest. */
function tabulate(x: number, longest: number): { log: (k: number) => number; slope: (k: number) => number } {
	const logs = Float64Array.from({ length: longest + 1 }, (_, k) => logGamma(x + k));
	const slopes = Float64Array.from({ length: longest + 1 }, (_, k) => digamma(x + k));
	return { log: k => logs[k] ?? Number.NaN, slope: k => slopes[k] ?? Number.NaN };
}
