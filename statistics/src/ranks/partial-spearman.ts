import { estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { leastSquares } from '../numerics/least-squares.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireSameLength } from '../require-argument.ts';
import { midranks } from './midranks.ts';
import { type CorrelationEstimate, correlationOf, correlationPValue, fisherLimits } from './pearson.ts';
import { rankStandardError } from './spearman.ts';

/**
 * How closely two orders agree once what others explain is taken out of both: the rank correlation at constant size, within the
 * same industry.
 *
 * Ranks of both are regressed on the ranks of the controls and on the groups, and what is left is correlated. Assumes: pairs
 * are independent; straight lines between ranks. A control that both cause (a collider) makes an association instead of
 * removing one. Interval of Bonett & Wright with n less one for every control and every group but the first.
 *
 * @param x First measure.
 * @param y Second measure, equally many.
 * @param controls Measures held constant, each as long as x.
 * @param groups Group of each pair, for fixed effects.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` when fewer than 5 pairs are left over for the controls; `not-converged` when a control repeats others
 * or nothing of x or y is left.
 *
 * @example
 * const x = [1, 2, 3, 4, 5, 6, 7, 8], y = [2, 1, 4, 3, 6, 5, 8, 7], size = [1, 1, 2, 2, 3, 3, 4, 4]
 * partialSpearman({ x, y, controls: [size] }).value // => -1
 */
export function partialSpearman({
	x,
	y,
	controls = [],
	groups,
	level = 0.95,
}: {
	readonly x: ArrayLike<number>;
	readonly y: ArrayLike<number>;
	readonly controls?: readonly ArrayLike<number>[];
	readonly groups?: readonly string[];
	readonly level?: number;
}): CorrelationEstimate | TooFew | NotConverged {
	criticalValue(level);
	const n = requireSameLength('y', y, 'x', x);
	for (const [k, control] of controls.entries()) requireSameLength(`controls[${k}]`, control, 'x', x);
	if (groups) requireSameLength('groups', groups, 'x', x);
	const others = [...new Set(groups ?? [])].slice(1);
	const held = controls.length + others.length;
	if (n - held < 5) return tooFew(n, held + 5);
	const ranked = controls.map(control => midranks(control));
	const design = Array.from({ length: n }, (_, i) => [
		1,
		...ranked.map(ranks => ranks[i] ?? 0),
		...others.map(group => (groups?.[i] === group ? 1 : 0)),
	]);
	const residuals = [x, y].map(values => leastSquares(design, Array.from(midranks(values)))?.residuals);
	const [left, right] = residuals;
	if (!left || !right) return notConverged('a control is a combination of others: leave it out');
	// What the controls explain fully leaves rounding only, and rounding must not be correlated.
	const isEmpty = (rest: readonly number[]): boolean => rest.every(residual => Math.abs(residual) < 1e-9 * n);
	if (isEmpty(left) || isEmpty(right)) return notConverged('the controls explain x or y completely');
	const value = correlationOf(left, right);
	if (value === undefined) return notConverged('the controls explain x or y completely');
	return estimate({
		value,
		...fisherLimits(value, rankStandardError(value, n - held, 'bonett-wright'), level, 12 / (n ** 3 - n)),
		n,
		level,
		pValue: correlationPValue(value, n - 2 - held),
		method: 'partial Spearman correlation, Bonett–Wright interval',
	});
}
