import { requireCount } from '../require-argument.ts';
import { sampleVariance } from '../scores/mean-interval.ts';
import type { Arm } from './arm.ts';

/** Sums over the units of one arm: their metric, and the same (or another) number from before the experiment. */
export type PrePostSums = {
	readonly n: number;
	readonly sum: number;
	readonly sumOfSquares: number;
	readonly preSum: number;
	readonly preSumOfSquares: number;
	/** Sum of metric × number before. */
	readonly products: number;
};

/** Both arms adjusted for what their units were like before. */
export type Cuped = {
	readonly control: Arm;
	readonly treatment: Arm;
	/** How much of the earlier number is taken off the metric. */
	readonly theta: number;
	/** Share of the variance of the difference that the adjustment removed, at most 1. */
	readonly varianceReduction: number;
};

/**
 * Makes an experiment more sensitive by taking off what was known about its units before.
 *
 * θ = covariance(metric, before) / variance(before) over both arms together; each arm's mean and variance are those
 * of metric − θ × before. Relative effects stay relative to the unadjusted mean of the control arm.
 *
 * Assumptions: 1. the number before cannot have been influenced by the experiment; 2. units were randomised, so that
 * both arms were alike before (check with the sample ratio). Units without a past: give them the mean, not a gap.
 *
 * Source: Deng, Xu, Kohavi & Walker, "Improving the sensitivity of online controlled experiments by utilizing
 * pre-experiment data", WSDM 2013.
 *
 * @param arms `control` and `treatment`, each of at least 2 units.
 *
 * @example
 * const arm = { n: 3, sum: 6, sumOfSquares: 14, preSum: 6, preSumOfSquares: 14, products: 14 }
 * cuped({ control: arm, treatment: arm }).theta // => 1
 */
export function cuped({
	control,
	treatment,
}: {
	readonly control: PrePostSums;
	readonly treatment: PrePostSums;
}): Cuped {
	requireCount('control.n', control.n, 2);
	requireCount('treatment.n', treatment.n, 2);
	const both = covariance({
		n: control.n + treatment.n,
		sum: control.sum + treatment.sum,
		preSum: control.preSum + treatment.preSum,
		products: control.products + treatment.products,
	});
	const varianceBefore = sampleVariance({
		n: control.n + treatment.n,
		sum: control.preSum + treatment.preSum,
		sumOfSquares: control.preSumOfSquares + treatment.preSumOfSquares,
	});
	// A number before that is the same for everybody says nothing, so nothing is taken off.
	const theta = varianceBefore === 0 ? 0 : both / varianceBefore;
	const adjusted = { control: adjust(control, theta), treatment: adjust(treatment, theta) };
	const raw = sampleVariance(control) / control.n + sampleVariance(treatment) / treatment.n;
	const left = adjusted.control.variance / control.n + adjusted.treatment.variance / treatment.n;
	return { ...adjusted, theta, varianceReduction: raw === 0 ? 0 : 1 - left / raw };
}

function adjust(arm: PrePostSums, theta: number): Arm {
	const { n } = arm;
	const variance = sampleVariance(arm);
	const before = sampleVariance({ n, sum: arm.preSum, sumOfSquares: arm.preSumOfSquares });
	const together = covariance(arm);
	const mean = arm.sum / n;
	return {
		n,
		mean: mean - (theta * arm.preSum) / n,
		variance: Math.max(0, variance + theta * theta * before - 2 * theta * together),
		base: { mean, variance, covariance: variance - theta * together },
	};
}

function covariance(sums: Pick<PrePostSums, 'n' | 'sum' | 'preSum' | 'products'>): number {
	return (sums.products - (sums.sum * sums.preSum) / sums.n) / (sums.n - 1);
}
