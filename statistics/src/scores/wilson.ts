import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';

/**
 * How large a share is, with an interval that stays within 0…1 and is right for small n and shares near the ends.
 *
 * Assumes: 1. answers are independent; 2. each is a success with the same probability.
 * Source: Wilson 1927 (JASA 22), without continuity correction; recommended by Brown, Cai & DasGupta 2001.
 *
 * @param successes How many of the n, 0…n.
 * @param n How many in all; `too-few` at 0.
 * @param level Confidence, 0.95 unless given.
 *
 * @example
 * wilson({ successes: 8, n: 10 }).low // => 0.49016...
 * wilson({ successes: 8, n: 10 }).high // => 0.94331...
 * wilson({ successes: 0, n: 0 }) // => { kind: 'too-few', n: 0, needed: 1 }
 */
export function wilson({
	successes,
	n,
	level = 0.95,
}: {
	readonly successes: number;
	readonly n: number;
	readonly level?: number;
}): Estimate | TooFew {
	requireCount('n', n);
	requireCount('successes', successes);
	if (successes > n) throw new RangeError(`successes must be at most n (${n}), got ${successes}`);
	const z = criticalValue(level);
	if (n === 0) return tooFew(0, 1);
	const { low, high } = wilsonLimits(successes / n, n, z);
	return estimate({ value: successes / n, low, high, n, level, method: 'Wilson score interval' });
}

/**
 * The limits themselves, for a share that need not be a whole count (weighted answers, a rescaled mean).
 *
 * @param share 0…1.
 * @param n Answers, or the effective number of them; above 0.
 * @param z Half-width in standard errors.
 *
 * @example
 * wilsonLimits(0, 10, 1.96).low // => 0
 */
export function wilsonLimits(share: number, n: number, z: number): { low: number; high: number } {
	const shrink = 1 + (z * z) / n;
	const centre = (share + (z * z) / (2 * n)) / shrink;
	const half = (z / shrink) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
	// At the ends the limit is the end itself; rounding would leave a residue of 1e-17.
	return {
		low: share === 0 ? 0 : Math.max(0, centre - half),
		high: share === 1 ? 1 : Math.min(1, centre + half),
	};
}
