import { type Estimate, type TooFew, tooFew } from '../figure.ts';
import { binomialCdf } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';
import { wilson } from '../scores/wilson.ts';

/**
 * Whether one side wins more often than the other: the share of wins with Wilson's interval, and the exact chance of a
 * result as lopsided if both were equal.
 *
 * Assumes: independent contests; draws are left out beforehand. Source: Arbuthnot 1710; Conover, "Practical Nonparametric
 * Statistics", §3.4.
 *
 * @param wins Of the first side.
 * @param losses Of the first side.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` without contests.
 *
 * @example
 * signTest({ wins: 10, losses: 7 }).pValue // => 0.6290...
 */
export function signTest({
	wins,
	losses,
	level = 0.95,
}: {
	readonly wins: number;
	readonly losses: number;
	readonly level?: number;
}): (Estimate & { readonly pValue: number }) | TooFew {
	const n = requireCount('wins', wins) + requireCount('losses', losses);
	const share = wilson({ successes: wins, n, level });
	if (share.kind === 'too-few') return tooFew(0, 1);
	const pValue = Math.min(1, 2 * binomialCdf(Math.min(wins, losses), n, 0.5));
	return { ...share, pValue, method: 'sign test, Wilson interval' };
}
