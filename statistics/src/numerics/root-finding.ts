import { type NotConverged, notConverged } from '../figure.ts';

/** When to stop looking for a root. */
export type RootOptions = {
	/** Absolute width of the final bracket; 1e-12 unless given. */
	readonly tolerance?: number;
	/** Function evaluations allowed; 200 unless given. */
	readonly maxIterations?: number;
};

/**
 * Where a continuous function crosses zero, by Brent's method (Brent, "Algorithms for Minimization without
 * Derivatives", 1973, ch. 4): as safe as bisection, usually much quicker.
 *
 * Refuses with `not-converged` when both ends have the same sign or the function stops being a number.
 *
 * @example
 * brent(x => x * x - 2, 0, 2) // => 1.41421356...
 */
export function brent(
	f: (x: number) => number,
	low: number,
	high: number,
	{ tolerance = 1e-12, maxIterations = 200 }: RootOptions = {},
): number | NotConverged {
	let [a, b] = [low, high];
	let [fa, fb] = [f(a), f(b)];
	if (fa === 0) return a;
	if (fb === 0) return b;
	if (!(fa * fb < 0)) return notConverged(`no sign change between ${low} and ${high}`);
	let [c, fc] = [a, fa];
	let step = b - a;
	let previousStep = step;
	for (let iteration = 0; iteration < maxIterations; iteration += 1) {
		if (fb * fc > 0) {
			[c, fc] = [a, fa];
			step = b - a;
			previousStep = step;
		}
		if (Math.abs(fc) < Math.abs(fb)) {
			[a, b, c] = [b, c, b];
			[fa, fb, fc] = [fb, fc, fb];
		}
		const smallest = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
		const half = (c - b) / 2;
		if (Math.abs(half) <= smallest || fb === 0) return b;
		const proposed = interpolate(a, b, c, fa, fb, fc);
		const bound = Math.min(1.5 * Math.abs(half), Math.abs(previousStep) / 2);
		// The interpolated step must stay inside the bracket and shrink faster than bisection.
		if (Math.abs(previousStep) >= smallest && proposed * half > 0 && Math.abs(proposed) < bound) {
			previousStep = step;
			step = proposed;
		} else {
			step = half;
			previousStep = half;
		}
		a = b;
		fa = fb;
		b += Math.abs(step) > smallest ? step : Math.sign(half) * smallest;
		fb = f(b);
		if (Number.isNaN(fb)) return notConverged(`the function is not a number at ${b}`);
	}
	return notConverged(`no root to ${tolerance} within ${maxIterations} iterations`);
}

/**
 * The point where a condition switches from false to true, by halving; for monotone conditions that are not smooth.
 *
 * @example
 * bisect(x => x >= 0.3, 0, 1) // => 0.3000000...
 */
export function bisect(
	isAbove: (x: number) => boolean,
	low: number,
	high: number,
	{ tolerance = 1e-12, maxIterations = 200 }: RootOptions = {},
): number {
	let [below, above] = [low, high];
	for (let iteration = 0; iteration < maxIterations && above - below > tolerance; iteration += 1) {
		const middle = below + (above - below) / 2;
		if (isAbove(middle)) above = middle;
		else below = middle;
	}
	return above;
}

/** Step from b by inverse quadratic interpolation, or by the secant when only two points differ. */
function interpolate(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
	if (fa === fb) return 0;
	if (a === c || fa === fc || fb === fc) return (-fb * (b - a)) / (fb - fa);
	const [q, r, s] = [fa / fc, fb / fc, fb / fa];
	return (-s * ((c - b) * q * (q - r) - (b - a) * (r - 1))) / ((q - 1) * (r - 1) * (s - 1));
}
