import { requireAboveZero, requireNumber } from '../require-argument.ts';

/**
 * How many equally weighted answers carry as much as these weighted ones: (Σw)² / Σw².
 *
 * Source: Kish 1965, "Survey Sampling".
 *
 * @param sumWeights Σw, above 0.
 * @param sumSquaredWeights Σw², above 0.
 *
 * @example
 * effectiveSampleSize({ sumWeights: 6, sumSquaredWeights: 14 }) // => 2.5714...
 */
export function effectiveSampleSize({
	sumWeights,
	sumSquaredWeights,
}: {
	readonly sumWeights: number;
	readonly sumSquaredWeights: number;
}): number {
	requireAboveZero('sumWeights', sumWeights);
	requireNumber('sumSquaredWeights', sumSquaredWeights, Number.MIN_VALUE);
	return sumWeights ** 2 / sumSquaredWeights;
}
