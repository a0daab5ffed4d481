import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';

/** A group of journeys that are alike: `journeys` of them, each with these parts of a ratio of sums. */
export type RatioPart = {
	readonly journeys: number;
	readonly numerator: number;
	readonly denominator: number;
};

/**
 * How much of everything that was asked for is missing, over all journeys together: Σ numerator / Σ denominator.
 *
 * The interval treats the journeys as a sample (linearised ratio); it is cut to 0…1. When every journey has the same
 * ratio the sample shows no spread at all, and the interval is widened to what a share with that many journeys allows.
 *
 * Source: Cochran, "Sampling Techniques", 3rd ed. 1977, ch. 6.
 *
 * @example
 * shareOfSums([{ journeys: 5, numerator: 1, denominator: 4 }, { journeys: 5, numerator: 0, denominator: 4 }], 'x', 0.95).value // => 0.125
 */
export function shareOfSums(parts: readonly RatioPart[], method: string, level: number): Estimate | TooFew {
	let n = 0;
	let numerator = 0;
	let denominator = 0;
	for (const part of parts) {
		n += part.journeys;
		numerator += part.journeys * part.numerator;
		denominator += part.journeys * part.denominator;
	}
	if (n < 2) return tooFew(n, 2);
	const value = denominator === 0 ? 0 : numerator / denominator;
	let squares = 0;
	for (const part of parts) squares += part.journeys * (part.numerator - value * part.denominator) ** 2;
	const z = criticalValue(level);
	const half = denominator === 0 ? 0 : (z * Math.sqrt((n * squares) / (n - 1))) / denominator;
	// Without spread the linearised width is 0; Wilson's width at a share of 0 or 1 stands in for it.
	const least = half > 0 ? half : (z * z) / (n + z * z);
	return estimate({
		value,
		low: Math.max(0, value - least),
		high: Math.min(1, value + least),
		n,
		method,
		level,
	});
}
