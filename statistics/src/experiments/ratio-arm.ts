import { requireCount, requireNumber } from '../require-argument.ts';
import type { Arm } from './arm.ts';

/** Sums over the randomised units of two numbers each has: revenue and visits, score and answers. */
export type RatioSums = {
	readonly n: number;
	readonly numerator: number;
	readonly numeratorSquares: number;
	readonly denominator: number;
	readonly denominatorSquares: number;
	/** Sum of numerator × denominator. */
	readonly products: number;
};

/**
 * An arm whose metric is a ratio of sums: revenue per visit, points per answer, where customers were randomised.
 *
 * The variance is that of the linearised ratio, so several visits of one customer count as what they are, not as
 * independent observations. Assumption: the mean denominator is well away from 0 (many units).
 *
 * Source: Deng, Knoblich & Lu, "Applying the delta method in metric analytics", KDD 2018.
 *
 * @example
 * ratioArm({ n: 3, numerator: 6, numeratorSquares: 14, denominator: 6, denominatorSquares: 14, products: 14 }).variance // => 0
 */
export function ratioArm(sums: RatioSums): Arm {
	const n = requireCount('n', sums.n, 2);
	for (const [name, value] of Object.entries(sums)) requireNumber(name, value);
	if (!(sums.denominator > 0)) throw new RangeError(`denominator must be above 0, got ${sums.denominator}`);
	const mean = sums.numerator / sums.denominator;
	// The linearised values y − ratio × x sum to 0, so their variance needs no centring.
	const squares = sums.numeratorSquares - 2 * mean * sums.products + mean * mean * sums.denominatorSquares;
	const perUnit = sums.denominator / n;
	return { n, mean, variance: Math.max(0, squares / (n - 1)) / perUnit ** 2 };
}
