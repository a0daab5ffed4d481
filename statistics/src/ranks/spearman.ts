import { estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireSameLength } from '../require-argument.ts';
import { midranks } from './midranks.ts';
import { type CorrelationEstimate, correlationOf, correlationPValue, fisherLimits } from './pearson.ts';

/** How the interval of a rank correlation is made. */
export type RankInterval = 'bonett-wright' | 'fieller' | 'fisher';

/**
 * How closely two orders agree, −1…1: the correlation of the ranks, ties sharing their mean rank.
 *
 * Assumes: pairs are independent. The interval is Bonett & Wright's (2000, Psychometrika 65), the p-value exact by every
 * arrangement up to 10 pairs, Student's t beyond. Lists cut off at the top (a hundred best brands) show less association
 * than there is; a correlation of companies says nothing about their customers.
 *
 * @param x First measure or ranks.
 * @param y Second measure or ranks, equally many.
 * @param interval Bonett–Wright unless given.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 5 pairs, or when one side does not vary.
 *
 * @example
 * spearman({ x: [1, 2, 3, 4, 5], y: [2, 1, 4, 3, 5] }).value // => 0.8
 * spearman({ x: [1, 2, 3, 4, 5], y: [2, 1, 4, 3, 5] }).pValue // => 0.13333...
 */
export function spearman({
	x,
	y,
	interval = 'bonett-wright',
	level = 0.95,
}: {
	readonly x: ArrayLike<number>;
	readonly y: ArrayLike<number>;
	readonly interval?: RankInterval;
	readonly level?: number;
}): CorrelationEstimate | TooFew {
	criticalValue(level);
	const n = requireSameLength('y', y, 'x', x);
	if (n < 5) return tooFew(n, 5);
	const [ranksX, ranksY] = [midranks(x), midranks(y)];
	const value = correlationOf(ranksX, ranksY);
	if (value === undefined) return tooFew(n, n + 1);
	return estimate({
		value,
		...fisherLimits(value, rankStandardError(value, n, interval), level, 12 / (n ** 3 - n)),
		n,
		level,
		pValue: n <= 10 ? exactPValue(ranksX, ranksY) : correlationPValue(value, n - 2),
		method: `Spearman correlation, ${intervalNames[interval]} interval`,
	});
}

/**
 * Standard error of the inverse hyperbolic tangent of a rank correlation.
 *
 * @param n Pairs, less one for every variable held constant; above 3.
 *
 * @example
 * rankStandardError(0, 28, 'bonett-wright') // => 0.2
 */
export function rankStandardError(value: number, n: number, interval: RankInterval): number {
	const factor = interval === 'fisher' ? 1 : interval === 'fieller' ? 1.06 : 1 + value ** 2 / 2;
	return Math.sqrt(factor / (n - 3));
}

const intervalNames: Record<RankInterval, string> = {
	'bonett-wright': 'Bonett–Wright',
	fieller: 'Fieller',
	fisher: 'Fisher',
};

/** The share of all arrangements of y with ranks at least as strongly correlated, either way. */
function exactPValue(x: Float64Array, y: Float64Array): number {
	const n = x.length;
	// Doubled and centred ranks are whole numbers: equality of arrangements is exact.
	const a = x.map(rank => 2 * rank - n - 1);
	const b = y.map(rank => 2 * rank - n - 1);
	const observed = Math.abs(a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0));
	let [total, extreme] = [0, 0];
	const arrange = (k: number, sum: number): void => {
		if (k === n) {
			total += 1;
			if (Math.abs(sum) >= observed) extreme += 1;
			return;
		}
		const weight = a[k] ?? 0;
		for (let i = k; i < n; i += 1) {
			const chosen = b[i] ?? 0;
			b[i] = b[k] ?? 0;
			b[k] = chosen;
			arrange(k + 1, sum + weight * chosen);
			b[k] = b[i] ?? 0;
			b[i] = chosen;
		}
	};
	arrange(0, 0);
	return extreme / total;
}
