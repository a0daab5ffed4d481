import { type Estimate, estimate, type TooFew } from '../figure.ts';
import { criticalValue, normalTwoSided } from '../numerics/special-functions.ts';
import type { FollowUp } from './follow-up.ts';
import { kaplanMeier, type SurvivalCurve } from './kaplan-meier.ts';

/** Mean time still there within a horizon, with its standard error. */
export type RestrictedMean = Estimate & { readonly standardError: number; readonly horizon: number };

/**
 * How long do people stay on average within a horizon? The area under the survival curve, which stays meaningful when
 * hazards cross and when many never have the event.
 *
 * Source: Royston and Parmar, Statistics in Medicine 30, 2011; variance as in Klein and Moeschberger 2003, section 4.5.
 *
 * @param people - follow-ups
 * @param horizon - end of the window, above 0 and not beyond the longest follow-up unless nobody is left by then
 * @param level - confidence, 0.95 unless given
 * @returns too-few without any event
 * @throws RangeError when the horizon lies beyond what was observed
 * @example
 * restrictedMean([{ time: 1, event: true }, { time: 3, event: false }], 3).value // => 2
 */
export function restrictedMean(
	people: readonly FollowUp[],
	horizon: number,
	level = 0.95,
): RestrictedMean | TooFew {
	const curve = kaplanMeier(people, { level });
	if (curve.kind === 'too-few') return curve;
	const isKnown = horizon <= curve.lastTime || curve.steps.at(-1)?.value === 0;
	if (!(horizon > 0 && isKnown)) {
		throw new RangeError(
			`horizon must be above 0 and at most the longest follow-up ${curve.lastTime}, got ${horizon}`,
		);
	}
	const { area, variance } = areaUnder(curve, horizon);
	const standardError = Math.sqrt(variance);
	const half = criticalValue(level) * standardError;
	return {
		...estimate({
			value: area,
			low: Math.max(0, area - half),
			high: Math.min(horizon, area + half),
			n: curve.n,
			method: 'area under the Kaplan–Meier curve',
			level,
		}),
		standardError,
		horizon,
	};
}

/**
 * Difference of two restricted means, second minus first.
 *
 * @returns too-few when either group has no event
 * @example
 * const group = [{ time: 1, event: true }, { time: 3, event: false }]
 * restrictedMeanDifference(group, group, 3).value // => 0
 */
export function restrictedMeanDifference(
	first: readonly FollowUp[],
	second: readonly FollowUp[],
	horizon: number,
	level = 0.95,
): (Estimate & { readonly p: number }) | TooFew {
	const one = restrictedMean(first, horizon, level);
	if (one.kind === 'too-few') return one;
	const two = restrictedMean(second, horizon, level);
	if (two.kind === 'too-few') return two;
	const value = two.value - one.value;
	const error = Math.hypot(one.standardError, two.standardError);
	const half = criticalValue(level) * error;
	const p = error > 0 ? normalTwoSided(value / error) : 1;
	return {
		...estimate({
			value,
			low: value - half,
			high: value + half,
			n: one.n + two.n,
			method: 'difference of restricted means',
			level,
		}),
		p,
	};
}

function areaUnder(curve: SurvivalCurve, horizon: number): { area: number; variance: number } {
	const steps = curve.steps.filter(step => step.time <= horizon);
	// Areas to the right of each step, from the last one back.
	let right = 0;
	let variance = 0;
	let until = horizon;
	for (const step of steps.toReversed()) {
		right += step.value * (until - step.time);
		until = step.time;
		if (step.atRisk > step.events)
			variance += (right * right * step.events) / (step.atRisk * (step.atRisk - step.events));
	}
	return { area: right + until, variance };
}
