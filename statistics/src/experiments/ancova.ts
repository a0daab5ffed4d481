import { estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { leastSquares } from '../numerics/least-squares.ts';
import { tQuantile, tTwoSided } from '../numerics/special-functions.ts';
import { requireNumber } from '../require-argument.ts';
import type { EffectEstimate } from './welch.ts';

/** One randomised unit: its arm, its metric and what was known of it before. */
export type AncovaRow = {
	readonly arm: string;
	readonly outcome: number;
	readonly before: readonly number[];
};

/** Adjusted effects of all arms against the control. */
export type Ancova = {
	readonly kind: 'ancova';
	readonly effects: readonly { readonly arm: string; readonly effect: EffectEstimate }[];
	/** How the metric goes with each number before, in all arms alike. */
	readonly slopes: readonly number[];
	readonly n: number;
};

/**
 * Did any of several treatments change the metric, among units that were alike before?
 *
 * One regression of the metric on the arm and on one or more numbers from before. {@link cuped} needs only sums and one
 * number before, and lets the arms vary differently; this takes rows, several numbers and several arms.
 *
 * Assumptions: 1. nothing before was influenced by the experiment; 2. it matters alike in all arms; 3. the noise is
 * equally large in all arms (as R's lm assumes).
 *
 * Source: Fisher, "Statistical Methods for Research Workers", 4th ed. 1932, §49.1.
 *
 * @param rows One per unit, all with equally many numbers before.
 * @param options `control`: the arm the others are compared with; `level` of the intervals (0.95).
 * @returns `too-few` when fewer than 2 units are left over after arms and numbers before; `not-converged` when these
 *   repeat each other.
 *
 * @example
 * const rows = [['a', 1, 2], ['a', 2, 4], ['a', 3, 5], ['b', 1, 5], ['b', 2, 6], ['b', 3, 8]].map(([arm, pre, outcome]) => ({ arm, before: [pre], outcome }))
 * ancova(rows, { control: 'a' }).effects[0].effect.value // => 2.66666666...
 */
export function ancova(
	rows: readonly AncovaRow[],
	{ control, level = 0.95 }: { readonly control: string; readonly level?: number },
): Ancova | TooFew | NotConverged {
	requireNumber('level', level, 0.5, 0.999999);
	const arms = [...new Set(rows.map(row => row.arm))].filter(arm => arm !== control);
	if (!rows.some(row => row.arm === control))
		throw new RangeError(`control must be an arm in rows, got ${control}`);
	if (arms.length === 0) throw new RangeError('rows must hold a second arm, got only the control');
	const before = rows[0]?.before.length ?? 0;
	const design = rows.map(row => {
		if (row.before.length !== before)
			throw new RangeError(`before must have ${before} values, got ${row.before.length}`);
		return [1, ...arms.map(arm => Number(row.arm === arm)), ...row.before];
	});
	const needed = 1 + arms.length + before + 2;
	if (rows.length < needed) return tooFew(rows.length, needed);
	const fit = leastSquares(
		design,
		rows.map(row => row.outcome),
	);
	if (!fit) return notConverged('arms and numbers before repeat each other; leave one out');
	const variance = fit.residualSumOfSquares / fit.degreesOfFreedom;
	if (!(variance > 0))
		return notConverged('the metric follows exactly from arm and past, so nothing is uncertain');
	const t = tQuantile(0.5 + level / 2, fit.degreesOfFreedom);
	return {
		kind: 'ancova',
		effects: arms.map((arm, i) => {
			const value = fit.coefficients[i + 1] ?? 0;
			const standardError = Math.sqrt(variance * (fit.unscaledCovariance[i + 1]?.[i + 1] ?? 0));
			const half = t * standardError;
			const effect: EffectEstimate = {
				...estimate({
					value,
					low: value - half,
					high: value + half,
					n: rows.length,
					method: 'ANCOVA',
					level,
				}),
				scale: 'absolute',
				standardError,
				p: tTwoSided(value / standardError, fit.degreesOfFreedom),
			};
			return { arm, effect };
		}),
		slopes: fit.coefficients.slice(1 + arms.length),
		n: rows.length,
	};
}
