import { requireCount } from '../require-argument.ts';
import { type Sums, sampleVariance } from '../scores/mean-interval.ts';

/** One arm of an experiment, reduced to what every comparison needs. */
export type Arm = {
	/** Units that were randomised into it (customers, not their answers). */
	readonly n: number;
	/** The metric: a mean, share, ratio or quantile. */
	readonly mean: number;
	/** Variance of one unit's contribution: variance / n is the squared standard error of `mean`. */
	readonly variance: number;
	/** What a relative effect is measured against where that is not `mean` itself (an adjusted metric). */
	readonly base?: { readonly mean: number; readonly variance: number; readonly covariance: number };
};

/**
 * An arm whose metric is the mean of a number per unit, from sums.
 *
 * Heavy tails (revenue) make the normal approximation slow to arrive: cap the values first, and say so.
 *
 * @param sums Units, sum and sum of squares of their values. A single unit has variance 0 and is refused later.
 *
 * @example
 * meanArm({ n: 4, sum: 10, sumOfSquares: 30 }) // => { n: 4, mean: 2.5, variance: 1.6666666666666667 }
 */
export function meanArm(sums: Sums): Arm {
	requireCount('n', sums.n, 1);
	return { n: sums.n, mean: sums.sum / sums.n, variance: sampleVariance(sums) };
}

/**
 * An arm whose metric is the share of units that did something.
 *
 * @param counts `successes` of `n` units.
 *
 * @example
 * proportionArm({ successes: 20, n: 100 }) // => { n: 100, mean: 0.2, variance: 0.16000000000000003 }
 */
export function proportionArm({ successes, n }: { readonly successes: number; readonly n: number }): Arm {
	requireCount('n', n, 1);
	requireCount('successes', successes);
	if (successes > n) throw new RangeError(`successes must be at most n (${n}), got ${successes}`);
	const share = successes / n;
	return { n, mean: share, variance: share * (1 - share) };
}
