import type { TooFew } from '../figure.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';
import { type WeightedEstimate, weightedMean, weightedSums } from '../scores/weighted-mean.ts';
import { type TrimmedWeights, trimWeights } from './trim-weights.ts';

/** A mean corrected by response propensities, untrimmed and trimmed. */
export type InversePropensityEstimate = WeightedEstimate & {
	/** The same with extreme weights pulled in: a before-and-after line. */
	readonly trimmed: {
		readonly value: number;
		readonly standardError: number;
		readonly count: TrimmedWeights['trimmed'];
		readonly effectiveN: number;
	};
};

/**
 * The mean over everybody, every answer counting for all the people as likely to answer as its giver: Σ(y/π) / Σ(1/π).
 *
 * Assumes: given what the propensities are made of, answering does not depend on the answer (missing at random).
 * The weights are treated as known, which errs on the wide side. Source: Hájek 1971; Little & Rubin §3.3.
 *
 * @param values Answers of those who answered.
 * @param propensities Their chances of answering, above 0 and at most 1, equally many.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 2 answers.
 *
 * @example
 * inversePropensityMean({ values: [1, 0, -1], propensities: [0.5, 0.5, 0.25] }).value // => -0.25
 */
export function inversePropensityMean({
	values,
	propensities,
	level = 0.95,
}: {
	readonly values: ArrayLike<number>;
	readonly propensities: ArrayLike<number>;
	readonly level?: number;
}): InversePropensityEstimate | TooFew {
	requireSameLength('propensities', propensities, 'values', values);
	const weights = Float64Array.from(
		propensities,
		(p, i) => 1 / requireNumber(`propensities[${i}]`, p, Number.MIN_VALUE, 1),
	);
	const plain = weightedMean({ sums: weightedSums(values, weights), level });
	if (plain.kind === 'too-few') return plain;
	const trim = trimWeights({ weights });
	const trimmed = weightedMean({ sums: weightedSums(values, trim.weights), level });
	if (trimmed.kind === 'too-few') return trimmed;
	return {
		...plain,
		trimmed: {
			value: trimmed.value,
			standardError: trimmed.standardError,
			count: trim.trimmed,
			effectiveN: trim.effectiveNAfter,
		},
		method: 'inverse propensity weighting (Hájek)',
	};
}
