import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, tQuantile } from '../numerics/special-functions.ts';
import { requireAboveZero, requireCount, requireNumber, requireSameLength } from '../require-argument.ts';
import { effectiveSampleSize } from './effective-sample-size.ts';

/** What a database can sum about weighted answers: enough for the mean and its linearised variance. */
export type WeightedSums = {
	/** Answers. */
	readonly n: number;
	/** Σw */
	readonly sumWeights: number;
	/** Σw² */
	readonly sumSquaredWeights: number;
	/** Σwy */
	readonly sum: number;
	/** Σw²y */
	readonly squaredWeightSum: number;
	/** Σw²y² */
	readonly squaredWeightSumOfSquares: number;
};

/** A weighted mean with what the weighting cost. */
export type WeightedEstimate = Estimate & {
	readonly standardError: number;
	/** Kish's effective number of answers. */
	readonly effectiveN: number;
};

/**
 * How large a mean is when answers carry weights (sampling, non-response, margins).
 *
 * Assumes: 1. answers are independent, as if drawn with replacement; 2. weights are known, not estimated. The variance
 * is linearised: n/(n−1) · Σ(gᵢ(yᵢ − m))² with gᵢ = wᵢ/Σw. Student's t on effective n − 1.
 * Source: Särndal, Swensson & Wretman, "Model Assisted Survey Sampling", §5.
 *
 * @param sums From SQL, or from `weightedSums`. `too-few` below 2 answers.
 * @param level Confidence, 0.95 unless given.
 *
 * @example
 * weightedMean({ sums: weightedSums([1, 2, 4], [1, 1, 2]) }).value // => 2.75
 * weightedMean({ sums: weightedSums([1, 2, 4], [1, 1, 2]) }).standardError // => 0.96217...
 */
export function weightedMean({
	sums,
	level = 0.95,
}: {
	readonly sums: WeightedSums;
	readonly level?: number;
}): WeightedEstimate | TooFew {
	criticalValue(level);
	requireCount('n', sums.n);
	if (sums.n < 2) return tooFew(sums.n, 2);
	requireAboveZero('sumWeights', sums.sumWeights);
	const effectiveN = effectiveSampleSize(sums);
	// One answer carries all the weight: as good as a single answer.
	if (effectiveN <= 1) return tooFew(1, 2);
	const value = sums.sum / sums.sumWeights;
	const standardError = Math.sqrt(linearisedVariance(sums));
	const half = tQuantile((1 + level) / 2, effectiveN - 1) * standardError;
	return estimate({
		value,
		low: value - half,
		high: value + half,
		n: sums.n,
		level,
		standardError,
		effectiveN,
		method: 'weighted mean, linearised variance',
	});
}

/**
 * The linearised variance of a weighted mean, from sums; 0 when all answers are equal.
 *
 * @example
 * linearisedVariance(weightedSums([1, 2, 4], [1, 1, 2])) // => 0.92578125
 */
export function linearisedVariance(sums: WeightedSums): number {
	const mean = sums.sum / sums.sumWeights;
	const around =
		sums.squaredWeightSumOfSquares - 2 * mean * sums.squaredWeightSum + mean ** 2 * sums.sumSquaredWeights;
	const rounding = 1e-12 * (sums.squaredWeightSumOfSquares + mean ** 2 * sums.sumSquaredWeights);
	if (around < -rounding) {
		throw new RangeError(
			`squaredWeightSumOfSquares must fit the other sums, got ${sums.squaredWeightSumOfSquares}`,
		);
	}
	return around <= rounding ? 0 : ((sums.n / (sums.n - 1)) * around) / sums.sumWeights ** 2;
}

/**
 * The sums of weighted answers held in memory.
 *
 * @param values Answers.
 * @param weights Their weights, at least 0, equally many. An answer of weight 0 does not count.
 *
 * @example
 * weightedSums([1, 3], [2, 1]) // => { n: 2, sumWeights: 3, sumSquaredWeights: 5, sum: 5, squaredWeightSum: 7, squaredWeightSumOfSquares: 13 }
 */
export function weightedSums(values: ArrayLike<number>, weights: ArrayLike<number>): WeightedSums {
	const length = requireSameLength('weights', weights, 'values', values);
	let [n, sumWeights, sumSquaredWeights, sum, squaredWeightSum, squaredWeightSumOfSquares] = [
		0, 0, 0, 0, 0, 0,
	];
	for (let i = 0; i < length; i += 1) {
		const y = requireNumber(`values[${i}]`, values[i] ?? Number.NaN);
		const w = requireNumber(`weights[${i}]`, weights[i] ?? Number.NaN, 0);
		if (w > 0) n += 1;
		sumWeights += w;
		sumSquaredWeights += w * w;
		sum += w * y;
		squaredWeightSum += w * w * y;
		squaredWeightSumOfSquares += w * w * y * y;
	}
	return { n, sumWeights, sumSquaredWeights, sum, squaredWeightSum, squaredWeightSumOfSquares };
}
