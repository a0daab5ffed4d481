import { type TooFew, tooFew } from '../figure.ts';
import { chiSquareUpper } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';

/** A test of whether a share rises or falls along ordered groups. */
export type ProportionTrend = {
	readonly kind: 'trend';
	/** One degree of freedom. */
	readonly chiSquare: number;
	readonly pValue: number;
	/** Change of the share per unit of score, least squares over the single cases. */
	readonly slope: number;
	readonly n: number;
	readonly method: string;
};

/**
 * Whether a share moves steadily along ordered groups (promise kept by month, top boxes by tenure band).
 *
 * Assumes: independent cases; group scores chosen beforehand. Source: Cochran 1954, Armitage 1955 (variance with
 * denominator N, as R's prop.trend.test).
 *
 * @param groups Successes of n per group, with its score (position on the ordering).
 * @returns `too-few` with cases at fewer than two scores (n and needed count scores).
 *
 * @example
 * const groups = [
 *   { score: 1, successes: 83, n: 86 },
 *   { score: 2, successes: 90, n: 93 },
 *   { score: 3, successes: 129, n: 136 },
 *   { score: 4, successes: 70, n: 82 },
 * ]
 * proportionTrend({ groups }).pValue // => 0.00413189...
 */
export function proportionTrend({
	groups,
}: {
	readonly groups: readonly { readonly score: number; readonly successes: number; readonly n: number }[];
}): ProportionTrend | TooFew {
	for (const { score, successes, n } of groups) {
		requireNumber('score', score);
		requireCount('n', n);
		requireCount('successes', successes);
		if (successes > n) throw new RangeError(`successes must be at most n (${n}), got ${successes}`);
	}
	const filled = groups.filter(group => group.n > 0);
	const scores = new Set(filled.map(group => group.score)).size;
	if (scores < 2) return tooFew(scores, 2);
	const total = filled.reduce((sum, group) => sum + group.n, 0);
	const share = filled.reduce((sum, group) => sum + group.successes, 0) / total;
	const meanScore = filled.reduce((sum, group) => sum + group.n * group.score, 0) / total;
	let [spread, shared] = [0, 0];
	for (const { score, successes, n } of filled) {
		spread += n * (score - meanScore) ** 2;
		shared += (successes - n * share) * (score - meanScore);
	}
	const variance = share * (1 - share) * spread;
	const chiSquare = variance > 0 ? shared ** 2 / variance : 0;
	return {
		kind: 'trend',
		chiSquare,
		pValue: chiSquareUpper(chiSquare, 1),
		slope: shared / spread,
		n: total,
		method: 'Cochran–Armitage trend test',
	};
}
