import { type NotConverged, notConverged } from '../figure.ts';
import { gaussLegendre } from '../numerics/gauss-legendre.ts';
import { brent } from '../numerics/root-finding.ts';
import { solveDense } from '../numerics/solve-dense.ts';
import { normalCdf, normalPdf } from '../numerics/special-functions.ts';
import { requireAboveZero, requireNumber } from '../require-argument.ts';

/**
 * How many observations until a two-sided CUSUM alarms, on average?
 *
 * With shift 0 it is the time between false alarms; with a shift, the delay until it is found. The integral equation
 * of the run length is solved by Gauss–Legendre quadrature; the two sides combine as 1/ARL = 1/ARL⁺ + 1/ARL⁻.
 *
 * Assumptions as in {@link cusum}: independent normal observations, σ known.
 * Source: Page 1954; Vance, Journal of Quality Technology 18, 1986 (the equation); Lucas & Crosier,
 * Technometrics 24, 1982 (the combination).
 *
 * @param k Allowance in standard deviations, above 0.
 * @param h Threshold in standard deviations, above 0.
 * @param shift Of the mean from its target, in standard deviations; 0 unless given.
 * @returns Average number of observations until the alarm.
 *
 * @example
 * cusumRunLength({ k: 0.5, h: 4 }) // => 167.6837...
 */
export function cusumRunLength({
	k,
	h,
	shift = 0,
}: {
	readonly k: number;
	readonly h: number;
	readonly shift?: number;
}): number {
	requireAboveZero('k', k);
	requireAboveZero('h', h);
	requireNumber('shift', shift);
	return 1 / (1 / oneSided(k, h, shift) + 1 / oneSided(k, h, -shift));
}

/**
 * Which threshold keeps false alarms this rare?
 *
 * @param k Allowance in standard deviations, above 0.
 * @param runLength Observations between false alarms, on average; more than 2.
 * @returns h in standard deviations; `not-converged` when no h up to 100 reaches it.
 *
 * @example
 * cusumThreshold({ k: 0.5, runLength: 465.4435 }) // => 5.0000...
 */
export function cusumThreshold({
	k,
	runLength,
}: {
	readonly k: number;
	readonly runLength: number;
}): number | NotConverged {
	requireAboveZero('k', k);
	if (!(runLength > 2)) throw new RangeError(`runLength must be above 2, got ${runLength}`);
	// On the log scale the run length is close to linear in h.
	const distance = (h: number): number => Math.log(cusumRunLength({ k, h }) / runLength);
	let high = 1;
	while (distance(high) < 0 && high < 100) high *= 1.5;
	if (!(distance(high) >= 0))
		return notConverged(`no threshold up to ${high} gives a run length of ${runLength}`);
	const low = 1e-6;
	return distance(low) >= 0 ? low : brent(distance, low, high, { tolerance: 1e-9 });
}

/** Run length of the upper side: a probability of returning to exactly 0, and a density between 0 and h. */
function oneSided(k: number, h: number, shift: number): number {
	const { nodes, weights } = gaussLegendre(Math.max(40, Math.ceil(8 * h)), 0, h);
	const size = nodes.length + 1;
	// Unknown 0 is the run length from 0, the others from the nodes.
	const starts = [0, ...nodes];
	const matrix = starts.map((start, row) =>
		starts.map((_, column) => {
			const kernel =
				column === 0
					? normalCdf(k - shift - start)
					: (weights[column - 1] ?? 0) * normalPdf((nodes[column - 1] ?? 0) - start + k - shift);
			return (row === column ? 1 : 0) - kernel;
		}),
	);
	return solveDense(matrix, new Array<number>(size).fill(1))[0] ?? Number.POSITIVE_INFINITY;
}
