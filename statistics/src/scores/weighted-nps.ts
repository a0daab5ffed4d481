import { estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';
import { effectiveSampleSize } from './effective-sample-size.ts';
import { npsLimits } from './nps-limits.ts';
import { type WeightedEstimate, weightedMean } from './weighted-mean.ts';

/** Weighted answers of one class. */
export type WeightedCount = {
	/** Answers. */
	readonly n: number;
	/** Σw */
	readonly sumWeights: number;
	/** Σw² */
	readonly sumSquaredWeights: number;
};

/**
 * How likely customers are to recommend when answers carry weights; −1…1.
 *
 * As `weightedMean` over the codes −1, 0, +1, limits kept within −1…1. When only one class answered, where the
 * linearised variance is 0, the limits are those of the score interval on the effective number of answers.
 *
 * @param detractors Weighted answers 0–6.
 * @param passives Weighted answers 7–8.
 * @param promoters Weighted answers 9–10.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 2 answers.
 *
 * @example
 * const detractors = { n: 10, sumWeights: 20, sumSquaredWeights: 44 }
 * const passives = { n: 20, sumWeights: 20, sumSquaredWeights: 22 }
 * const promoters = { n: 70, sumWeights: 60, sumSquaredWeights: 55 }
 * weightedNps({ detractors, passives, promoters }).value // => 0.4
 * weightedNps({ detractors, passives, promoters }).effectiveN // => 82.644...
 */
export function weightedNps({
	detractors,
	passives,
	promoters,
	level = 0.95,
}: {
	readonly detractors: WeightedCount;
	readonly passives: WeightedCount;
	readonly promoters: WeightedCount;
	readonly level?: number;
}): WeightedEstimate | TooFew {
	criticalValue(level);
	const classes = Object.entries({ detractors, passives, promoters });
	for (const [name, count] of classes) {
		requireCount(`${name}.n`, count.n);
		requireNumber(`${name}.sumWeights`, count.sumWeights, 0);
		requireNumber(`${name}.sumSquaredWeights`, count.sumSquaredWeights, 0);
	}
	const total = (field: keyof WeightedCount): number =>
		detractors[field] + passives[field] + promoters[field];
	const sums = {
		n: total('n'),
		sumWeights: total('sumWeights'),
		sumSquaredWeights: total('sumSquaredWeights'),
		sum: promoters.sumWeights - detractors.sumWeights,
		squaredWeightSum: promoters.sumSquaredWeights - detractors.sumSquaredWeights,
		squaredWeightSumOfSquares: promoters.sumSquaredWeights + detractors.sumSquaredWeights,
	};
	if (sums.n < 2) return tooFew(sums.n, 2);
	const method = 'weighted NPS, linearised variance';
	if (classes.filter(([, count]) => count.n > 0).length === 1) {
		const effectiveN = effectiveSampleSize(sums);
		const effective = (count: WeightedCount): number => (count.sumWeights / sums.sumWeights) * effectiveN;
		const counts = {
			detractors: effective(detractors),
			passives: effective(passives),
			promoters: effective(promoters),
		};
		const limits = npsLimits(counts, 'score', level);
		const value = sums.sum / sums.sumWeights;
		return estimate({
			value,
			...limits,
			n: sums.n,
			level,
			standardError: 0,
			effectiveN,
			method: `${method} (one class: score interval)`,
		});
	}
	const mean = weightedMean({ sums, level });
	if (mean.kind === 'too-few') return mean;
	return { ...mean, low: Math.max(-1, mean.low), high: Math.min(1, mean.high), method };
}
