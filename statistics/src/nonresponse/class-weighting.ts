import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, tQuantile } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';
import { type Sums, sampleVariance } from '../scores/mean-interval.ts';

/** A class of people alike in what is known of everybody, with the answers from it. */
export type ResponseClass = {
	/** People in the class, answered or not. */
	readonly population: number;
	readonly answers: Sums;
};

/** A mean corrected for unequal response between classes. */
export type ClassWeightedEstimate = Estimate & {
	readonly standardError: number;
	/** The standard error when the weights are taken as given, ignoring that class sizes are known. */
	readonly standardErrorAsGiven: number;
	/** Kish's effective number of answers. */
	readonly effectiveN: number;
	/** Share of all people who answered. */
	readonly responseRate: number;
};

/**
 * The mean over everybody if, within each class, those who answered stand for those who did not: every class counts
 * by its size, not by its answers (weighting classes; the same number as inverse-propensity weighting by class and as
 * post-stratification).
 *
 * Assumes: missing at random within classes, which no data can show; double sampling can. Source: Little & Rubin,
 * "Statistical Analysis with Missing Data", §3.3; variance linearised around the class means, n/(n − 1) included.
 *
 * @param classes Classes that cover everybody; merge a class without answers into a neighbour first.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` when a class with people has fewer than 2 answers.
 *
 * @example
 * const classes = [
 *   { population: 100, answers: { n: 10, sum: -2, sumOfSquares: 8 } },
 *   { population: 300, answers: { n: 90, sum: 60, sumOfSquares: 70 } },
 * ]
 * classWeightedMean({ classes }).value // => 0.45
 */
export function classWeightedMean({
	classes,
	level = 0.95,
}: {
	readonly classes: readonly ResponseClass[];
	readonly level?: number;
}): ClassWeightedEstimate | TooFew {
	criticalValue(level);
	let [people, n] = [0, 0];
	for (const [i, { population, answers }] of classes.entries()) {
		requireCount(`classes[${i}].answers.n`, answers.n);
		people += requireCount(`classes[${i}].population`, population, answers.n);
		n += answers.n;
	}
	const filled = classes.filter(({ population }) => population > 0);
	const fewest = Math.min(...filled.map(({ answers }) => answers.n));
	if (filled.length === 0 || fewest < 2) return tooFew(filled.length === 0 ? 0 : fewest, 2);
	const value = filled.reduce(
		(sum, { population, answers }) => sum + (population / people) * (answers.sum / answers.n),
		0,
	);
	let [variance, varianceAsGiven, squaredWeights] = [0, 0, 0];
	for (const { population, answers } of filled) {
		const weight = population / people / answers.n;
		const within = (answers.n - 1) * sampleVariance(answers);
		variance += weight ** 2 * within;
		varianceAsGiven += weight ** 2 * (within + answers.n * (answers.sum / answers.n - value) ** 2);
		squaredWeights += answers.n * weight ** 2;
	}
	const correction = n / (n - 1);
	const standardError = Math.sqrt(correction * variance);
	const half = tQuantile((1 + level) / 2, n - filled.length) * standardError;
	return estimate({
		value,
		low: value - half,
		high: value + half,
		n,
		level,
		standardError,
		standardErrorAsGiven: Math.sqrt(correction * varianceAsGiven),
		effectiveN: 1 / squaredWeights,
		responseRate: n / people,
		method: 'weighting classes (missing at random within classes)',
	});
}
