import { type Estimate, estimate, type NotConverged, type TooFew } from '../figure.ts';
import { criticalValue, normalCdf, normalPdf } from '../numerics/special-functions.ts';
import { requireAboveZero, requireNumber } from '../require-argument.ts';
import { type Arms, type EffectScale, effectOf } from './effect.ts';

/** What is believed about an effect after the experiment. */
export type BayesEffect = Estimate & {
	readonly scale: EffectScale;
	/** Standard deviation of the belief. */
	readonly standardDeviation: number;
	/** Probability that the treatment is better. */
	readonly chanceToWin: number;
	/** What one loses on average by keeping the control although the treatment may be better. */
	readonly riskOfControl: number;
	/** What one loses on average by taking the treatment although the control may be better. */
	readonly riskOfTreatment: number;
};

/**
 * How likely is the treatment better, and what would a wrong choice cost?
 *
 * The observed effect, normal by the central limit theorem, joined with a normal prior on the effect; without a prior
 * the belief is the likelihood itself. The risks are in the scale of the effect.
 *
 * Assumptions: 1. as for {@link welch}; 2. the prior was chosen before the data. Stopping early on a high chance to win
 * overstates the effect unless the prior is honest.
 *
 * Source: Stucchio, "Bayesian A/B testing at VWO", 2015; gbstats (GrowthBook) for the numbers it is tested against.
 *
 * @param arms `control` and `treatment`.
 * @param options `scale` absolute (default) or relative; `prior` mean and variance of the effect on that scale; `level`.
 * @returns The belief as an estimate with a credible interval; refusals as for {@link welch}.
 *
 * @example
 * const arms = { control: { n: 100, mean: 0.49, variance: 0.2499 }, treatment: { n: 100, mean: 0.51, variance: 0.2499 } }
 * normalBayes(arms, { scale: 'relative' }).chanceToWin // => 0.60918...
 */
export function normalBayes(
	arms: Arms,
	{
		scale = 'absolute',
		prior,
		level = 0.95,
	}: {
		readonly scale?: EffectScale;
		readonly prior?: { readonly mean: number; readonly variance: number };
		readonly level?: number;
	} = {},
): BayesEffect | TooFew | NotConverged {
	const z = criticalValue(level);
	const effect = effectOf(arms, scale);
	if (effect.kind !== 'effect') return effect;
	let mean = effect.value;
	let variance = effect.standardError ** 2;
	if (prior) {
		requireNumber('prior.mean', prior.mean);
		requireAboveZero('prior.variance', prior.variance);
		const precision = 1 / variance + 1 / prior.variance;
		mean = (mean / variance + prior.mean / prior.variance) / precision;
		variance = 1 / precision;
	}
	const standardDeviation = Math.sqrt(variance);
	const standardised = mean / standardDeviation;
	const chanceToWin = normalCdf(standardised);
	const missedGain = standardDeviation * normalPdf(standardised) + mean * chanceToWin;
	return estimate({
		value: mean,
		low: mean - z * standardDeviation,
		high: mean + z * standardDeviation,
		n: effect.n,
		method: prior ? 'normal Bayes with prior' : 'normal Bayes, flat prior',
		level,
		scale,
		standardDeviation,
		chanceToWin,
		riskOfControl: missedGain,
		// E[max(−d, 0)] is E[max(d, 0)] − E[d].
		riskOfTreatment: Math.max(0, missedGain - mean),
	});
}
