import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { type FollowUp, requireFollowUps, riskMoments } from './follow-up.ts';

/** How an interval around a survival share is made; log-log stays within 0…1 and is the default. */
export type SurvivalInterval = 'log-log' | 'log';

/** The share still there just after one moment with an event. */
export type SurvivalStep = Estimate & {
	readonly time: number;
	readonly atRisk: number;
	readonly events: number;
	/** Greenwood's standard error of the share. */
	readonly standardError: number;
};

/** A survival curve: 1 until the first step, then the value of the last step passed. */
export type SurvivalCurve = {
	readonly kind: 'survival-curve';
	readonly steps: SurvivalStep[];
	readonly n: number;
	readonly events: number;
	/** Longest follow-up: beyond it nothing is known. */
	readonly lastTime: number;
	readonly level: number;
};

/**
 * What share is still there after how long, when many have not been followed to the end?
 *
 * Assumes
 * 1. leaving the sight of the study (censoring) says nothing about the risk of the event;
 * 2. those who enter late (left truncation) have the same risk as those there from the start.
 *
 * Source: Kaplan and Meier, JASA 53, 1958; Greenwood 1926; Kalbfleisch and Prentice 2002 for the log-log interval.
 *
 * @param people - follow-ups, single or counted
 * @param options - `level` (0.95); `interval`: 'log-log' (default) or 'log' (R's default)
 * @returns too-few without any event
 * @throws RangeError when a follow-up cannot be
 * @example
 * const curve = kaplanMeier([{ time: 1, event: true }, { time: 2, event: false }, { time: 3, event: true }])
 * curve.steps.map(s => s.value) // => [0.66666666..., 0]
 */
export function kaplanMeier(
	people: readonly FollowUp[],
	options: { readonly level?: number; readonly interval?: SurvivalInterval } = {},
): SurvivalCurve | TooFew {
	const { level = 0.95, interval = 'log-log' } = options;
	const counted = requireFollowUps(people);
	if (counted.events === 0) return tooFew(0, 1);
	const z = criticalValue(level);
	let share = 1;
	let greenwood = 0;
	let highBefore = 1;
	const steps = riskMoments(people).map(({ time, atRisk, events }): SurvivalStep => {
		share *= 1 - events / atRisk;
		greenwood += atRisk > events ? events / (atRisk * (atRisk - events)) : 0;
		const limits = shareInterval(share, Math.sqrt(greenwood), z, interval, highBefore);
		highBefore = limits.high;
		return {
			...estimate({
				value: share,
				...limits,
				n: counted.people,
				method: `Kaplan–Meier, ${interval} interval`,
				level,
			}),
			time,
			atRisk,
			events,
			standardError: share * Math.sqrt(greenwood),
		};
	});
	return {
		kind: 'survival-curve',
		steps,
		n: counted.people,
		events: counted.events,
		lastTime: people.reduce((last, person) => Math.max(last, person.time), 0),
		level,
	};
}

/**
 * The share still there at a time, with its interval.
 *
 * @returns undefined after the longest follow-up, where nothing is known unless nobody is left; before the first event
 * the share is 1 and both ends are 1
 * @example
 * const curve = kaplanMeier([{ time: 1, event: true }, { time: 2, event: false }])
 * survivalAt(curve, 1.5).value // => 0.5
 */
export function survivalAt(curve: SurvivalCurve, time: number): Estimate | undefined {
	if (!(time >= 0)) throw new RangeError(`time must be 0 or more, got ${time}`);
	const step = curve.steps.findLast(candidate => candidate.time <= time);
	if (time > curve.lastTime && step?.value !== 0) return undefined;
	return (
		step ??
		estimate({
			value: 1,
			low: 1,
			high: 1,
			n: curve.n,
			method: 'Kaplan–Meier, before the first event',
			level: curve.level,
		})
	);
}

/**
 * The time by which a share has had the event: 0.5 for the median.
 *
 * @param curve - a survival curve
 * @param share - share that has had the event, strictly between 0 and 1
 * @returns first time the curve is at or below 1 − share, with the times at which its upper and lower limits are
 * (Brookmeyer and Crowley 1982); an end that the curve does not reach is Infinity; undefined when the curve itself
 * never falls so far
 * @example
 * const curve = kaplanMeier([{ time: 1, event: true }, { time: 2, event: true }, { time: 3, event: false }])
 * survivalQuantile(curve, 0.5).value // => 2
 */
export function survivalQuantile(curve: SurvivalCurve, share: number): Estimate | undefined {
	if (!(share > 0 && share < 1)) throw new RangeError(`share must be between 0 and 1, got ${share}`);
	// Products of shares carry rounding; a curve within it of the mark counts as having reached the mark.
	const mark = 1 - share + 1e-12;
	const reached = (of: (step: SurvivalStep) => number): number | undefined => {
		return curve.steps.find(step => of(step) <= mark)?.time;
	};
	const value = reached(step => step.value);
	if (value === undefined) return undefined;
	return estimate({
		value,
		low: reached(step => step.low) ?? value,
		high: reached(step => step.high) ?? Number.POSITIVE_INFINITY,
		n: curve.n,
		method: 'Kaplan–Meier quantile, interval by inverting that of the curve',
		level: curve.level,
	});
}

/**
 * Limits from the standard error of ln S. At 0 neither scale has one; the curve cannot rise again, so the upper limit
 * of the step before still holds.
 */
function shareInterval(
	share: number,
	error: number,
	z: number,
	interval: SurvivalInterval,
	highBefore: number,
): { low: number; high: number } {
	if (share <= 0) return { low: 0, high: highBefore };
	if (interval === 'log')
		return { low: share * Math.exp(-z * error), high: Math.min(1, share * Math.exp(z * error)) };
	const spread = (z * error) / Math.log(share);
	return { low: share ** Math.exp(-spread), high: share ** Math.exp(spread) };
}
