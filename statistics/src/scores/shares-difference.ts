import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, normalTwoSided } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';
import { wilsonLimits } from './wilson.ts';

/** Successes among n. */
export type ShareCounts = { readonly successes: number; readonly n: number };

/**
 * How far one share lies above another, for two independent groups, on −1…1.
 *
 * Assumes: independent cases within and between groups. The interval combines the two Wilson intervals and so stays
 * within −1…1 and has a width even at 0 of n; the test pools the shares. Source: Newcombe 1998 (Statistics in
 * Medicine 17), method 10.
 *
 * @param a First group; `too-few` at n = 0.
 * @param b Second group; `too-few` at n = 0.
 * @param level Confidence, 0.95 unless given.
 *
 * @example
 * const a = { successes: 56, n: 70 }
 * const b = { successes: 48, n: 80 }
 * sharesDifference({ a, b }).value // => 0.2000...
 * sharesDifference({ a, b }).low // => 0.0524...
 * sharesDifference({ a, b }).high // => 0.3338...
 */
export function sharesDifference({
	a,
	b,
	level = 0.95,
}: {
	readonly a: ShareCounts;
	readonly b: ShareCounts;
	readonly level?: number;
}): (Estimate & { readonly pValue: number }) | TooFew {
	const z = criticalValue(level);
	for (const [name, { successes, n }] of Object.entries({ a, b })) {
		requireCount(`${name}.n`, n);
		requireCount(`${name}.successes`, successes);
		if (successes > n) throw new RangeError(`${name}.successes must be at most n (${n}), got ${successes}`);
	}
	if (a.n === 0 || b.n === 0) return tooFew(0, 1);
	const [pa, pb] = [a.successes / a.n, b.successes / b.n];
	const [first, second] = [wilsonLimits(pa, a.n, z), wilsonLimits(pb, b.n, z)];
	const value = pa - pb;
	const pooled = (a.successes + b.successes) / (a.n + b.n);
	const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n));
	return estimate({
		value,
		low: value - Math.hypot(pa - first.low, second.high - pb),
		high: value + Math.hypot(first.high - pa, pb - second.low),
		n: a.n + b.n,
		level,
		// Everybody alike in both groups: no difference to explain.
		pValue: standardError > 0 ? normalTwoSided(value / standardError) : 1,
		method: 'Newcombe interval of a difference of shares',
	});
}
