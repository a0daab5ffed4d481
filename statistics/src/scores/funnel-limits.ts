import { type TooFew, tooFew } from '../figure.ts';
import { binomialCdf } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';

/** Where the share of a group of this size lies by chance alone, if it is like all the others. */
export type FunnelLimits = {
	readonly kind: 'limits';
	readonly low: number;
	readonly high: number;
	readonly level: number;
	readonly method: string;
};

/**
 * Between which limits the share of one group among many is to be expected, when only chance sets the groups apart: the curves
 * of a funnel plot. A small group has wide limits, so that it is not blamed, nor praised, for noise.
 *
 * Assumes: 1. cases are independent; 2. every group has the same true share, `centre`; 3. the group is a small part of the
 * cases that the centre was found from, or the centre is a standard from elsewhere. Exact binomial limits, interpolated
 * between neighbouring counts so that the curve is smooth in n: a share lies beyond a limit exactly if the chance of one so
 * far out, on that side, is below half of 1 − level. Source: Spiegelhalter 2005 (Statistics in Medicine 24), appendix; his
 * lower limit, and for the upper one the lower limit of failures, so that calling successes failures only mirrors the funnel.
 *
 * @param centre The share of all, or the standard, 0…1.
 * @param n Cases in the group; `too-few` at 0.
 * @param level Share of such groups within the limits, 0.998 for an alarm and 0.95 for a warning.
 *
 * @example
 * funnelLimits({ centre: 0.5, n: 10, level: 0.95 }).low // => 0.13244...
 * funnelLimits({ centre: 0.5, n: 10, level: 0.95 }).high // => 0.86755...
 * funnelLimits({ centre: 0.5, n: 0, level: 0.95 }) // => { kind: 'too-few', n: 0, needed: 1 }
 */
export function funnelLimits({
	centre,
	n,
	level,
}: {
	readonly centre: number;
	readonly n: number;
	readonly level: number;
}): FunnelLimits | TooFew {
	requireNumber('centre', centre, 0, 1);
	requireCount('n', n);
	if (!(level > 0 && level < 1)) throw new RangeError(`level must be above 0 and below 1, got ${level}`);
	if (n === 0) return tooFew(0, 1);
	const tail = (1 - level) / 2;
	return {
		kind: 'limits',
		low: lowerLimit(centre, n, tail),
		high: 1 - lowerLimit(1 - centre, n, tail),
		level,
		method: 'exact binomial limits, interpolated',
	};
}

/** Between the smallest count that at most so many stay below with a chance above `tail`, and the one before it. */
function lowerLimit(centre: number, n: number, tail: number): number {
	// Nothing varies at the ends.
	if (centre === 0 || centre === 1) return centre;
	let [below, reaches] = [-1, n];
	while (reaches - below > 1) {
		const middle = Math.floor((below + reaches) / 2);
		if (binomialCdf(middle, n, centre) > tail) reaches = middle;
		else below = middle;
	}
	const at = binomialCdf(reaches, n, centre);
	const before = binomialCdf(reaches - 1, n, centre);
	return Math.max(0, (reaches - (at - tail) / (at - before)) / n);
}
