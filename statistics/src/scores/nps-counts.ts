import { requireCount } from '../require-argument.ts';

/** Answers to "would you recommend us?" by class: 0–6, 7–8, 9–10. */
export type NpsCounts = {
	readonly detractors: number;
	readonly passives: number;
	readonly promoters: number;
};

/** Mean and variance of answers coded −1, 0, +1. */
export type NpsMoments = { readonly n: number; readonly mean: number; readonly variance: number };

/**
 * Mean and variance (denominator n) of one answer coded −1, 0, +1, for at least one answer.
 *
 * The variance (p + d)/n − m² holds the covariance of promoters and detractors: treating the two shares as
 * independent would understate it.
 *
 * @example
 * npsMoments({ detractors: 1, passives: 2, promoters: 3 }).variance // => 0.5555...
 */
export function npsMoments({ detractors, passives, promoters }: NpsCounts): NpsMoments {
	const n = detractors + passives + promoters;
	const mean = (promoters - detractors) / n;
	return { n, mean, variance: Math.max(0, (promoters + detractors) / n - mean * mean) };
}

/**
 * The counts with Rocks' three pseudo-answers, a quarter of them at each end.
 *
 * @example
 * withPseudoAnswers({ detractors: 0, passives: 0, promoters: 10 }).promoters // => 10.75
 */
export function withPseudoAnswers({ detractors, passives, promoters }: NpsCounts): NpsCounts {
	return { detractors: detractors + 0.75, passives: passives + 1.5, promoters: promoters + 0.75 };
}

/**
 * The number of answers, every count checked to be a whole number of at least 0.
 *
 * @example
 * countAnswers({ detractors: 1, passives: 2, promoters: 3 }) // => 6
 */
export function countAnswers(counts: NpsCounts): number {
	return (
		requireCount('detractors', counts.detractors) +
		requireCount('passives', counts.passives) +
		requireCount('promoters', counts.promoters)
	);
}
