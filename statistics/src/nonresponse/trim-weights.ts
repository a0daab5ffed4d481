import { quantile } from '../numerics/quantile.ts';
import { requireAboveZero, requireNumber } from '../require-argument.ts';
import { effectiveSampleSize } from '../scores/effective-sample-size.ts';

/** Weights with the largest pulled in, and what that changed. */
export type TrimmedWeights = {
	readonly weights: Float64Array;
	/** The largest weight allowed. */
	readonly limit: number;
	/** How many weights were above it. */
	readonly trimmed: number;
	readonly effectiveNBefore: number;
	readonly effectiveNAfter: number;
};

/**
 * Pulls extreme weights in to median + `spreads` interquartile ranges and hands what they lose to the others in
 * proportion, so that the sum stays (one just below the limit may end just above it). A little bias for much less
 * noise; show both effective sizes beside the result.
 *
 * Source: Potter 1990, "A study of procedures to identify and trim extreme sampling weights".
 *
 * @param weights Above 0; at least one.
 * @param spreads Interquartile ranges above the median, above 0; 6 unless given.
 *
 * @example
 * trimWeights({ weights: [1, 1, 2, 2, 3, 3, 4, 40] }).limit // => 11.5
 * trimWeights({ weights: [1, 1, 2, 2, 3, 3, 4, 40] }).trimmed // => 1
 */
export function trimWeights({
	weights,
	spreads = 6,
}: {
	readonly weights: ArrayLike<number>;
	readonly spreads?: number;
}): TrimmedWeights {
	requireAboveZero('spreads', spreads);
	const given = Float64Array.from(weights, (w, i) => requireNumber(`weights[${i}]`, w, Number.MIN_VALUE));
	const limit = quantile(given, 0.5) + spreads * (quantile(given, 0.75) - quantile(given, 0.25));
	// Equal quartiles make a limit at the median: that would flatten every weight instead of trimming the extreme.
	const isUsable = quantile(given, 0.75) > quantile(given, 0.25);
	const capped = isUsable ? given.map(w => Math.min(w, limit)) : given.slice();
	const room = capped.reduce((sum, w) => sum + (w < limit ? w : 0), 0);
	const excess = given.reduce((sum, w, i) => sum + w - (capped[i] ?? w), 0);
	const trimmed = capped.reduce((count, w, i) => count + (w < (given[i] ?? w) ? 1 : 0), 0);
	const spread = room > 0 ? 1 + excess / room : 1;
	const result = capped.map(w => (trimmed > 0 && w < limit ? w * spread : w));
	return {
		weights: result,
		limit,
		trimmed,
		effectiveNBefore: effectiveSampleSize(squares(given)),
		effectiveNAfter: effectiveSampleSize(squares(result)),
	};
}

function squares(weights: Float64Array): { sumWeights: number; sumSquaredWeights: number } {
	return {
		sumWeights: weights.reduce((sum, w) => sum + w, 0),
		sumSquaredWeights: weights.reduce((sum, w) => sum + w * w, 0),
	};
}
