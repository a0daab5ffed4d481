import { type NotConverged, notConverged } from '../figure.ts';

/** The lowest point a search settled on. */
export type Minimum = {
	readonly kind: 'minimum';
	readonly point: number[];
	readonly value: number;
	readonly iterations: number;
};

/** How the simplex starts and when it stops. */
export type NelderMeadOptions = {
	/** Size of the first simplex along each axis; 0.5 unless given (suits log-parameters). */
	readonly step?: number;
	/** Relative spread of the values over the simplex at which it has settled; 1e-10 unless given. */
	readonly tolerance?: number;
	/** Iterations allowed; 400 per dimension unless given. */
	readonly maxIterations?: number;
};

/**
 * Minimises without derivatives (Nelder & Mead, Computer Journal 7, 1965, with the dimension-dependent coefficients of
 * Gao & Han 2012, which do not stall as dimensions grow).
 *
 * A value that is not finite counts as very high, so constraints may answer Infinity. Refuses with `not-converged`
 * when the simplex has not settled in time or the start is not finite.
 *
 * @param f What to minimise.
 * @param start Where to start; its length is the dimension.
 *
 * @example
 * const found = nelderMead(([x = 0]) => (x - 2) ** 2, [0])
 * found.kind // => 'minimum'
 */
export function nelderMead(
	f: (point: number[]) => number,
	start: readonly number[],
	{ step = 0.5, tolerance = 1e-10, maxIterations = 400 * start.length }: NelderMeadOptions = {},
): Minimum | NotConverged {
	const dimension = start.length;
	if (dimension === 0) throw new RangeError('start must hold at least one number, got 0');
	const value = (point: number[]): number => {
		const y = f(point);
		return Number.isNaN(y) ? Number.POSITIVE_INFINITY : y;
	};
	const vertex = (point: number[]): Vertex => ({ point, value: value(point) });
	const simplex = [vertex([...start])];
	for (let i = 0; i < dimension; i += 1) {
		simplex.push(vertex(start.map((x, j) => (i === j ? x + step : x))));
	}
	if (simplex.every(v => v.value === Number.POSITIVE_INFINITY)) {
		return notConverged('the function is not finite around the starting point');
	}
	const expansion = 1 + 2 / Math.max(2, dimension);
	const contraction = 0.75 - 1 / (2 * Math.max(2, dimension));
	const shrinkage = 1 - 1 / Math.max(2, dimension);
	for (let iteration = 0; iteration < maxIterations; iteration += 1) {
		simplex.sort((a, b) => a.value - b.value);
		const [best] = simplex;
		const worst = simplex[dimension];
		const second = simplex[dimension - 1];
		if (!best || !worst || !second) break;
		if (hasSettled(simplex, best, worst, tolerance)) {
			return { kind: 'minimum', point: best.point, value: best.value, iterations: iteration };
		}
		const centre = centroid(simplex, dimension);
		const along = (t: number): Vertex => vertex(centre.map((c, j) => c + t * (c - (worst.point[j] ?? c))));
		const reflected = along(1);
		let replacement: Vertex | undefined;
		if (reflected.value < best.value) {
			const expanded = along(expansion);
			replacement = expanded.value < reflected.value ? expanded : reflected;
		} else if (reflected.value < second.value) {
			replacement = reflected;
		} else {
			const outside = reflected.value < worst.value;
			const contracted = along(outside ? contraction : -contraction);
			if (contracted.value < Math.min(reflected.value, worst.value)) replacement = contracted;
		}
		if (replacement) {
			simplex[dimension] = replacement;
			continue;
		}
		for (let i = 1; i <= dimension; i += 1) {
			const point = simplex[i]?.point ?? best.point;
			simplex[i] = vertex(best.point.map((b, j) => b + shrinkage * ((point[j] ?? b) - b)));
		}
	}
	return notConverged(`the simplex had not settled to ${tolerance} after ${maxIterations} iterations`);
}

type Vertex = { readonly point: number[]; readonly value: number };

function hasSettled(simplex: readonly Vertex[], best: Vertex, worst: Vertex, tolerance: number): boolean {
	const spread = worst.value - best.value;
	if (!(spread <= tolerance * (Math.abs(best.value) + tolerance))) return false;
	// Equal values on a wide simplex can be a symmetric valley: the points must be close as well.
	const reach = Math.sqrt(tolerance);
	return simplex.every(v =>
		v.point.every((x, j) => Math.abs(x - (best.point[j] ?? x)) <= reach * (1 + Math.abs(x))),
	);
}

function centroid(simplex: readonly Vertex[], dimension: number): number[] {
	const centre = new Array<number>(dimension).fill(0);
	for (const { point } of simplex.slice(0, dimension)) {
		point.forEach((x, j) => {
			centre[j] = (centre[j] ?? 0) + x / dimension;
		});
	}
	return centre;
}
