import { gaussLegendre } from '../numerics/gauss-legendre.ts';
import { solveDense } from '../numerics/solve-dense.ts';
import { normalPdf } from '../numerics/special-functions.ts';
import { requireAboveZero, requireNumber } from '../require-argument.ts';

/**
 * How many observations until an EWMA chart alarms, on average?
 *
 * With shift 0 it is the time between false alarms; with a shift, the delay until it is found. The integral equation
 * of the run length is solved by Gauss–Legendre quadrature, for limits at their settled width (the first limits of
 * {@link ewma} are narrower, so it alarms slightly sooner).
 *
 * Source: Crowder, "A simple method for studying run-length distributions of EWMA charts", Technometrics 29, 1987.
 *
 * @param lambda Weight of the newest observation, above 0, at most 1.
 * @param width L, limits in standard deviations of the average, above 0.
 * @param shift Of the mean from its target, in standard deviations of an observation; 0 unless given.
 * @returns Average number of observations until the alarm.
 *
 * @example
 * ewmaRunLength({ lambda: 0.1, width: 2.7 }) // => 368.99...
 */
export function ewmaRunLength({
	lambda,
	width,
	shift = 0,
}: {
	readonly lambda: number;
	readonly width: number;
	readonly shift?: number;
}): number {
	requireNumber('lambda', requireAboveZero('lambda', lambda), 0, 1);
	requireAboveZero('width', width);
	requireNumber('shift', shift);
	const limit = width * Math.sqrt(lambda / (2 - lambda));
	// Narrow kernels need nodes closer than their width λ.
	const { nodes, weights } = gaussLegendre(
		Math.max(61, 2 * Math.ceil((5 * limit) / lambda) + 1),
		-limit,
		limit,
	);
	const matrix = Array.from(nodes, (start, row) =>
		Array.from(nodes, (end, column) => {
			const step = (end - (1 - lambda) * start) / lambda - shift;
			return (row === column ? 1 : 0) - ((weights[column] ?? 0) * normalPdf(step)) / lambda;
		}),
	);
	const lengths = solveDense(matrix, new Array<number>(nodes.length).fill(1));
	// An odd number of nodes has one in the middle, where the chart starts.
	return lengths[(nodes.length - 1) / 2] ?? Number.POSITIVE_INFINITY;
}
