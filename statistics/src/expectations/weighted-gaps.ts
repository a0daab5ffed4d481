import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { meanOfValues } from '../numerics/mean-of-values.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';
import { gapsOf } from './gap.ts';

/** One dimension of service, its weight in points of 100, and everybody's answers to it. */
export type Dimension = {
	readonly name: string;
	readonly weight: number;
	readonly expected: readonly number[];
	readonly experienced: readonly number[];
};

/** Service quality as the weighted gap over dimensions. */
export type WeightedGaps = {
	readonly kind: 'weighted-gaps';
	/** Σ weight × mean gap / 100, in points of the answer scale. */
	readonly score: Estimate | TooFew;
	readonly dimensions: readonly {
		readonly name: string;
		readonly weight: number;
		readonly gap: Estimate | TooFew;
		/** What the dimension adds to the score. */
		readonly contribution: number;
	}[];
};

/**
 * How good is the service, weighing its dimensions as customers do? (SERVQUAL)
 *
 * Each person's gaps are weighed into one score, so that the interval knows that the dimensions of one person go
 * together.
 *
 * Assumptions: the same people in the same order in every dimension; weights are shared points, not measured with error.
 * Source: Parasuraman, Zeithaml & Berry, Journal of Retailing 64, 1988; weights: Zeithaml, Parasuraman & Berry 1990.
 *
 * @param dimensions Weights of 0 or more that sum to 100.
 * @param options `level` of the intervals, 0.95 unless given.
 * @throws RangeError when weights do not sum to 100 or answers differ in number.
 *
 * @example
 * const dimensions = [{ name: 'reliability', weight: 70, expected: [7, 7], experienced: [6, 5] }, { name: 'empathy', weight: 30, expected: [5, 5], experienced: [6, 6] }]
 * weightedGaps(dimensions).score.value.toFixed(2) // => '-0.75'
 */
export function weightedGaps(
	dimensions: readonly Dimension[],
	{ level = 0.95 }: { readonly level?: number } = {},
): WeightedGaps {
	const [first] = dimensions;
	if (!first) throw new RangeError('dimensions must hold at least one, got 0');
	const total = dimensions.reduce((sum, { weight }) => sum + requireNumber('weight', weight, 0), 0);
	if (Math.abs(total - 100) > 1e-9) throw new RangeError(`weights must sum to 100, got ${total}`);
	const scores = new Array<number>(first.expected.length).fill(0);
	const described = dimensions.map(({ name, weight, expected, experienced }) => {
		requireSameLength(`expected of ${name}`, expected, `expected of ${first.name}`, first.expected);
		const gaps = gapsOf(expected, experienced);
		for (const [i, value] of gaps.entries()) scores[i] = (scores[i] ?? 0) + (weight / 100) * value;
		const mean = meanOfValues(gaps, level);
		const contribution = mean.kind === 'estimate' ? (weight / 100) * mean.value : 0;
		return { name, weight, gap: mean, contribution };
	});
	return { kind: 'weighted-gaps', score: meanOfValues(scores, level), dimensions: described };
}

/**
 * Satisfaction as an index from 0 to 100, weighing several items. (ACSI type)
 *
 * 100 (Σ w x − lowest Σ w) / ((highest − lowest) Σ w) for each person, then the mean over people with its t interval.
 *
 * @param items Answers of the same people to each item, with the item's weight (equal unless given).
 * @param options `scale` of the answers (1…10 unless given); `level` of the interval.
 * @returns `too-few` below 2 people.
 *
 * @example
 * satisfactionIndex([{ answers: [10, 1, 10] }, { answers: [10, 1, 1] }]).value // => 50
 */
export function satisfactionIndex(
	items: readonly { readonly answers: readonly number[]; readonly weight?: number }[],
	{
		scale = [1, 10],
		level = 0.95,
	}: { readonly scale?: readonly [number, number]; readonly level?: number } = {},
): Estimate | TooFew {
	const [lowest, highest] = scale;
	if (!(lowest < highest)) throw new RangeError(`scale must rise, got ${lowest} to ${highest}`);
	const people = items[0]?.answers.length ?? 0;
	const total = items.reduce((sum, { weight = 1 }) => sum + requireNumber('weight', weight, 0), 0);
	if (!(total > 0)) throw new RangeError(`weights must sum to more than 0, got ${total}`);
	const index = Array.from({ length: people }, (_, i) =>
		items.reduce((sum, { answers, weight = 1 }) => {
			requireSameLength('answers', answers, 'answers of the first item', items[0]?.answers ?? []);
			const answer = requireNumber('answers', answers[i] ?? Number.NaN, lowest, highest);
			return sum + (100 * weight * (answer - lowest)) / ((highest - lowest) * total);
		}, 0),
	);
	const mean = meanOfValues(index, level);
	if (mean.kind === 'too-few') return tooFew(mean.n, mean.needed);
	return estimate({
		...mean,
		low: Math.max(0, mean.low),
		high: Math.min(100, mean.high),
		method: 'index 0…100, t interval',
	});
}
