import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { sortedQuantile } from '../numerics/quantile.ts';
import { binomialCdf, criticalValue } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';

/** Which of n ordered observations bound a quantile; ranks count from 1, the smallest. */
export type QuantileRanks = {
	readonly kind: 'ranks';
	readonly lowRank: number;
	readonly highRank: number;
	/** Position of the quantile itself: take the observation at the whole part and go on by the fraction to the next. */
	readonly rank: number;
	/** Confidence the ranks reach exactly, at least `level`. */
	readonly coverage: number;
	readonly n: number;
	readonly level: number;
	readonly method: string;
};

/**
 * Which two of n ordered observations bound the true quantile, whatever the distribution: a database can then read
 * the two observations instead of handing over all of them.
 *
 * Assumes: independent observations. The number below the true quantile is binomial, so the interval is exact but, ranks
 * being whole, rather too wide than too narrow. Source: Conover, "Practical Nonparametric Statistics", 3rd ed., §3.2.
 *
 * @param n Observations. `too-few` while even the outermost do not reach the level (6 for a median at 95 %).
 * @param p The quantile, above 0 and below 1.
 * @param level Confidence, 0.95 unless given.
 *
 * @example
 * quantileInterval({ n: 100, p: 0.5 }).lowRank // => 40
 * quantileInterval({ n: 100, p: 0.5 }).highRank // => 61
 * quantileInterval({ n: 5, p: 0.5 }) // => { kind: 'too-few', n: 5, needed: 6 }
 */
export function quantileInterval({
	n,
	p,
	level = 0.95,
}: {
	readonly n: number;
	readonly p: number;
	readonly level?: number;
}): QuantileRanks | TooFew {
	requireCount('n', n);
	criticalValue(level);
	if (!(p > 0 && p < 1)) throw new RangeError(`p must be above 0 and below 1, got ${p}`);
	const tail = (1 - level) / 2;
	const needed = Math.ceil(Math.log(tail) / Math.log(Math.max(p, 1 - p)) - 1e-9);
	if (n < needed) return tooFew(n, needed);
	// P(the k-th observation lies above the quantile) = P(fewer than k lie below it).
	const lowRank = lastWhere(n, k => binomialCdf(k - 1, n, p) <= tail);
	const highRank = n + 1 - lastWhere(n, k => binomialCdf(k - 1, n, 1 - p) <= tail);
	return {
		kind: 'ranks',
		lowRank,
		highRank,
		rank: 1 + (n - 1) * p,
		coverage: 1 - binomialCdf(lowRank - 1, n, p) - binomialCdf(n - highRank, n, 1 - p),
		n,
		level,
		method: 'order-statistic interval',
	};
}

/**
 * A quantile with its order-statistic interval, from observations in ascending order.
 *
 * @param sorted Observations, ascending.
 * @param p The quantile, above 0 and below 1.
 * @param level Confidence, 0.95 unless given.
 * @throws RangeError when the observations are not in ascending order.
 *
 * @example
 * sortedQuantileInterval({ sorted: [1, 2, 3, 4, 5, 6, 7, 8], p: 0.5 }).value // => 4.5
 * sortedQuantileInterval({ sorted: [1, 2, 3, 4, 5, 6, 7, 8], p: 0.5 }).low // => 1
 */
export function sortedQuantileInterval({
	sorted,
	p,
	level = 0.95,
}: {
	readonly sorted: ArrayLike<number>;
	readonly p: number;
	readonly level?: number;
}): Estimate | TooFew {
	for (let i = 1; i < sorted.length; i += 1) {
		if (!((sorted[i - 1] ?? 0) <= (sorted[i] ?? 0))) {
			throw new RangeError(`sorted must be in ascending order, got ${sorted[i - 1]} before ${sorted[i]}`);
		}
	}
	const ranks = quantileInterval({ n: sorted.length, p, level });
	if (ranks.kind === 'too-few') return ranks;
	const value = sortedQuantile(sorted, p);
	return estimate({
		value,
		low: sorted[ranks.lowRank - 1] ?? value,
		high: sorted[ranks.highRank - 1] ?? value,
		n: ranks.n,
		level,
		method: ranks.method,
	});
}

/** The largest k of 1…n for which a condition that starts true still holds. */
function lastWhere(n: number, holds: (k: number) => boolean): number {
	let [yes, no] = [1, n + 1];
	while (no - yes > 1) {
		const middle = Math.floor((yes + no) / 2);
		if (holds(middle)) yes = middle;
		else no = middle;
	}
	return yes;
}
