import { type Estimate, estimate, type NotConverged, type TooFew } from '../figure.ts';
import { tCdf, tQuantile, tTwoSided } from '../numerics/special-functions.ts';
import { requireNumber } from '../require-argument.ts';
import { type Arms, type EffectScale, effectOf, welchDegrees } from './effect.ts';

/** Which direction would be news: any, only a gain, or only a loss. One-sided intervals are open on the other side. */
export type Alternative = 'two-sided' | 'greater' | 'less';

/** An effect with its interval and p-value. */
export type EffectEstimate = Estimate & {
	readonly scale: EffectScale;
	readonly standardError: number;
	readonly p: number;
};

/**
 * Did the treatment change the metric, and by how much? (for an experiment analysed once, at its planned end)
 *
 * Welch's t: the arms may vary differently. The relative effect uses the delta method with the same degrees of
 * freedom; near a base of 0 use {@link fiellerLift} instead.
 *
 * Assumptions: 1. units are independent and were randomised; 2. means are roughly normal (some hundreds of units, more
 * for heavy tails); 3. looked at once: looking repeatedly and stopping at p < 0.05 is wrong far more often than 5 % of
 * the time (use {@link confidenceSequence}).
 *
 * Source: Welch, Biometrika 34, 1947; relative: Deng, Knoblich & Lu, KDD 2018.
 *
 * @param arms `control` and `treatment`.
 * @param options `scale` absolute (default) or relative; `alternative`; `level` of the interval, 0.95 unless given.
 * @returns `too-few` when an arm has fewer than 2 units; `not-converged` when there is nothing to divide by.
 *
 * @example
 * const arms = { control: { n: 50, mean: 2, variance: 1 }, treatment: { n: 50, mean: 3, variance: 1 } }
 * welch(arms).low // => 0.60310...
 */
export function welch(
	arms: Arms,
	{
		scale = 'absolute',
		alternative = 'two-sided',
		level = 0.95,
	}: { readonly scale?: EffectScale; readonly alternative?: Alternative; readonly level?: number } = {},
): EffectEstimate | TooFew | NotConverged {
	requireNumber('level', level, 0.5, 0.999999);
	const effect = effectOf(arms, scale);
	if (effect.kind !== 'effect') return effect;
	const { value, standardError, n } = effect;
	const degrees = welchDegrees(arms);
	const t = value / standardError;
	const half = standardError * tQuantile(alternative === 'two-sided' ? 0.5 + level / 2 : level, degrees);
	const p = {
		'two-sided': () => tTwoSided(t, degrees),
		greater: () => tCdf(-t, degrees),
		less: () => tCdf(t, degrees),
	}[alternative]();
	return estimate({
		value,
		low: alternative === 'less' ? Number.NEGATIVE_INFINITY : value - half,
		high: alternative === 'greater' ? Number.POSITIVE_INFINITY : value + half,
		n,
		method: "Welch's t",
		level,
		scale,
		standardError,
		p,
	});
}
