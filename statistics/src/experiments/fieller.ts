import { type NotConverged, notConverged, type TooFew } from '../figure.ts';
import { tQuantile, tTwoSided } from '../numerics/special-functions.ts';
import { requireNumber } from '../require-argument.ts';
import { type Arms, effectOf, welchDegrees } from './effect.ts';
import type { EffectEstimate } from './welch.ts';

/**
 * By what share did the treatment change the metric, when the control is close to 0?
 *
 * Fieller's interval: all lifts that a t test of treatment − (1 + lift) × control does not reject. It is not
 * symmetric, and it is honest about a control that could be 0: then no lift can be excluded and it refuses.
 *
 * Assumptions as for {@link welch}.
 * Source: Fieller, Journal of the Royal Statistical Society B 16, 1954.
 *
 * @param arms `control` and `treatment` with plain means (not adjusted ones).
 * @param options `level` of the interval, 0.95 unless given.
 * @returns `not-converged` when the control mean is not clearly above 0.
 *
 * @example
 * const arms = { control: { n: 50, mean: 2, variance: 1 }, treatment: { n: 50, mean: 3, variance: 1 } }
 * fiellerLift(arms).high // => 0.78739...
 */
export function fiellerLift(
	arms: Arms,
	{ level = 0.95 }: { readonly level?: number } = {},
): EffectEstimate | TooFew | NotConverged {
	requireNumber('level', level, 0.5, 0.999999);
	const effect = effectOf(arms, 'relative');
	if (effect.kind !== 'effect') return effect;
	const { control, treatment } = arms;
	const degrees = welchDegrees(arms);
	const t = tQuantile(0.5 + level / 2, degrees);
	const controlError = (t * t * control.variance) / control.n;
	const treatmentError = (t * t * treatment.variance) / treatment.n;
	const denominator = control.mean ** 2 - controlError;
	if (!(denominator > 0)) {
		return notConverged(
			'the control could be 0, so no relative effect can be excluded; ask for the absolute one',
		);
	}
	const product = control.mean * treatment.mean;
	const root = Math.sqrt(Math.max(0, product ** 2 - denominator * (treatment.mean ** 2 - treatmentError)));
	// The p-value is that of no difference, which is the same on every scale.
	const absolute = effectOf(arms, 'absolute');
	if (absolute.kind !== 'effect') return absolute;
	return {
		kind: 'estimate',
		value: effect.value,
		low: (product - root) / denominator - 1,
		high: (product + root) / denominator - 1,
		n: effect.n,
		method: "Fieller's interval",
		level,
		scale: 'relative',
		standardError: effect.standardError,
		p: tTwoSided(absolute.value / absolute.standardError, degrees),
	};
}
