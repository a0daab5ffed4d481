import { estimate, type NotConverged, type TooFew } from '../figure.ts';
import { requireAboveZero, requireNumber } from '../require-argument.ts';
import { type Arms, type EffectScale, effectOf } from './effect.ts';
import type { Alternative, EffectEstimate } from './welch.ts';

/**
 * Did the treatment change the metric, as far as we know today? (may be looked at every day and stopped at any time)
 *
 * A confidence sequence: the intervals of all days together hold the true effect with probability `level`. The price
 * is a wider interval than {@link welch}; it is narrowest around `expectedUnits`, which is fixed before the start.
 *
 * Half-width √s² √(2(nρ²+1)/(nρ)² ln(√(nρ²+1)/α)), n units in both arms, s² = n × squared standard error,
 * ρ = √((−2 ln α + ln(1 − 2 ln α)) / expectedUnits); one-sided with 2α in ρ and ln(1 + √(nρ²+1)/(2α)).
 *
 * Assumptions: 1. independent units in a stable world; 2. asymptotic: from some hundreds of units on. Coverage at any
 * one moment is far above `level`, because it holds at all moments at once.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences", Annals of Statistics 52, 2024.
 *
 * @param arms `control` and `treatment` as they are now.
 * @param options `expectedUnits` N*, above 0 (5000 unless given); `scale`; `alternative`; `level` (0.95).
 * @returns The effect with its interval and an always-valid p-value; refusals as for {@link welch}.
 *
 * @example
 * const arms = { control: { n: 500, mean: 2, variance: 1 }, treatment: { n: 500, mean: 3, variance: 1 } }
 * confidenceSequence(arms).low // => 0.78724...
 */
export function confidenceSequence(
	arms: Arms,
	{
		expectedUnits = 5000,
		scale = 'absolute',
		alternative = 'two-sided',
		level = 0.95,
	}: {
		readonly expectedUnits?: number;
		readonly scale?: EffectScale;
		readonly alternative?: Alternative;
		readonly level?: number;
	} = {},
): EffectEstimate | TooFew | NotConverged {
	requireAboveZero('expectedUnits', expectedUnits);
	requireNumber('level', level, 0.5, 0.999999);
	const effect = effectOf(arms, scale);
	if (effect.kind !== 'effect') return effect;
	const { value, standardError, n } = effect;
	const alpha = 1 - level;
	const isTwoSided = alternative === 'two-sided';
	const rho = sequenceRho(isTwoSided ? alpha : 2 * alpha, expectedUnits);
	const growth = n * rho * rho + 1;
	const evidence = isTwoSided
		? Math.log(Math.sqrt(growth) / alpha)
		: Math.log1p(Math.sqrt(growth) / (2 * alpha));
	const half = standardError * Math.sqrt(n) * Math.sqrt(((2 * growth) / (n * rho) ** 2) * evidence);
	return estimate({
		value,
		low: alternative === 'less' ? Number.NEGATIVE_INFINITY : value - half,
		high: alternative === 'greater' ? Number.POSITIVE_INFINITY : value + half,
		n,
		method: 'asymptotic confidence sequence',
		level,
		scale,
		standardError,
		p: alwaysValidP(value / standardError, n, rho, alternative),
	});
}

/**
 * The tuning ρ that makes the sequence narrowest when this many units have been seen.
 *
 * @param alpha 1 − level; twice that for a one-sided sequence.
 * @param expectedUnits N*, units in both arms.
 *
 * @example
 * sequenceRho(0.05, 5000) // => 0.0398400667...
 */
export function sequenceRho(alpha: number, expectedUnits: number): number {
	return Math.sqrt((-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha))) / expectedUnits);
}

/** The least α at which the sequence would exclude no effect, with ρ as it was tuned. */
function alwaysValidP(z: number, n: number, rho: number, alternative: Alternative): number {
	const growth = n * rho * rho + 1;
	const signed = alternative === 'less' ? -z : z;
	if (alternative !== 'two-sided' && signed <= 0) return 1;
	const exponent = (rho * rho * n * z * z) / (2 * growth);
	if (alternative === 'two-sided') return Math.min(1, Math.sqrt(growth) * Math.exp(-exponent));
	return Math.min(1, Math.sqrt(growth) / (2 * Math.expm1(exponent)));
}
