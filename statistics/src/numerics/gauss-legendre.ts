/** Nodes and weights of a quadrature rule. */
export type Quadrature = { readonly nodes: Float64Array; readonly weights: Float64Array };

/**
 * Gauss–Legendre quadrature on an interval: exact for polynomials up to degree 2n − 1.
 *
 * Nodes are the roots of the Legendre polynomial by Newton's method from their cosine approximation.
 * Source: Abramowitz & Stegun 25.4.30.
 *
 * @param n Number of nodes, 1 or more.
 *
 * @example
 * const { nodes, weights } = gaussLegendre(5, 0, 2)
 * nodes.reduce((sum, x, i) => sum + weights[i] * x ** 3, 0) // => 4
 */
export function gaussLegendre(n: number, low: number, high: number): Quadrature {
	if (!Number.isInteger(n) || n < 1) throw new RangeError(`n must be a whole number of at least 1, got ${n}`);
	let reference = rules.get(n);
	if (!reference) {
		reference = referenceRule(n);
		rules.set(n, reference);
	}
	const half = (high - low) / 2;
	return {
		nodes: reference.nodes.map(x => low + half * (1 + x)),
		weights: reference.weights.map(weight => half * weight),
	};
}

/** Rules on −1…1, worked out once: finding the roots costs far more than using them. */
const rules = new Map<number, Quadrature>();

function referenceRule(n: number): Quadrature {
	const nodes = new Float64Array(n);
	const weights = new Float64Array(n);
	for (let i = 0; i < n; i += 1) {
		let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
		for (let step = 0; step < 100; step += 1) {
			const { value, derivative } = legendre(n, x);
			const change = value / derivative;
			x -= change;
			if (Math.abs(change) < 1e-15) break;
		}
		const slope = legendre(n, x).derivative;
		nodes[n - 1 - i] = x;
		weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
	}
	return { nodes, weights };
}

function legendre(n: number, x: number): { readonly value: number; readonly derivative: number } {
	let previous = 1;
	let value = x;
	for (let k = 2; k <= n; k += 1) {
		[previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
	}
	return { value, derivative: (n * (x * value - previous)) / (x * x - 1) };
}
