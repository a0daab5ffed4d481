import { type NotConverged, notConverged } from '../figure.ts';
import type { Minimum } from './nelder-mead.ts';

/** Derivatives and stopping rules of the search. */
export type BfgsOptions = {
	/** First derivatives; central differences unless given. */
	readonly gradient?: (point: number[]) => number[];
	/** Largest derivative, relative to the value, at which it has settled; 1e-6 unless given. */
	readonly tolerance?: number;
	/** Iterations allowed; 500 unless given. */
	readonly maxIterations?: number;
};

/**
 * Minimises a smooth function by the BFGS quasi-Newton method with a backtracking line search (Nocedal & Wright,
 * "Numerical Optimization", 2nd ed., algorithm 6.1). Positive parameters belong in logarithms.
 *
 * Refuses with `not-converged` when it has not settled in time or the start is not finite.
 *
 * @example
 * const found = bfgs(([x = 0, y = 0]) => (x - 1) ** 2 + 10 * (y + 2) ** 2, [0, 0])
 * found.kind // => 'minimum'
 */
export function bfgs(
	f: (point: number[]) => number,
	start: readonly number[],
	{ gradient = point => numericGradient(f, point), tolerance = 1e-6, maxIterations = 500 }: BfgsOptions = {},
): Minimum | NotConverged {
	const dimension = start.length;
	if (dimension === 0) throw new RangeError('start must hold at least one number, got 0');
	let point = [...start];
	let value = f(point);
	if (!Number.isFinite(value)) return notConverged('the function is not finite at the starting point');
	let slope = gradient(point);
	let inverseHessian = identity(dimension);
	let isFresh = true;
	for (let iteration = 0; iteration < maxIterations; iteration += 1) {
		const steepest = Math.max(...slope.map(Math.abs));
		if (Number.isNaN(steepest)) return notConverged('a derivative is not a number');
		if (steepest <= tolerance * Math.max(1, Math.abs(value))) {
			return { kind: 'minimum', point, value, iterations: iteration };
		}
		let direction = inverseHessian.map(row => -dot(row, slope));
		if (!(dot(direction, slope) < 0)) {
			inverseHessian = identity(dimension);
			direction = slope.map(g => -g);
			isFresh = true;
		}
		const moved = searchAlong(f, point, value, direction, dot(direction, slope));
		if (!moved) {
			if (!isFresh) {
				inverseHessian = identity(dimension);
				isFresh = true;
				continue;
			}
			// Steepest descent cannot improve either: flat to the precision of the derivatives.
			if (steepest <= 1e3 * tolerance * Math.max(1, Math.abs(value))) {
				return { kind: 'minimum', point, value, iterations: iteration };
			}
			return notConverged('no downhill step improves the value although the derivatives are not zero');
		}
		const nextSlope = gradient(moved.point);
		const change = moved.point.map((x, j) => x - (point[j] ?? x));
		const slopeChange = nextSlope.map((g, j) => g - (slope[j] ?? g));
		const curvature = dot(change, slopeChange);
		if (curvature > 1e-12 * Math.sqrt(dot(change, change) * dot(slopeChange, slopeChange))) {
			if (isFresh) {
				const scale = curvature / dot(slopeChange, slopeChange);
				inverseHessian = identity(dimension).map(row => row.map(x => x * scale));
			}
			inverseHessian = updated(inverseHessian, change, slopeChange, curvature);
			isFresh = false;
		}
		point = moved.point;
		value = moved.value;
		slope = nextSlope;
	}
	return notConverged(`the derivatives had not vanished to ${tolerance} after ${maxIterations} iterations`);
}

/**
 * First derivatives by central differences.
 *
 * @example
 * numericGradient(([x = 0]) => x * x, [3]) // => [6.0000...]
 */
export function numericGradient(f: (point: number[]) => number, point: readonly number[]): number[] {
	return point.map((x, j) => {
		const h = 6.055454452393343e-6 * Math.max(1, Math.abs(x));
		const at = (t: number): number => f(point.map((y, k) => (k === j ? t : y)));
		return (at(x + h) - at(x - h)) / (2 * h);
	});
}

/**
 * Second derivatives by central differences; symmetric. For standard errors from a log-likelihood.
 *
 * @example
 * numericHessian(([x = 0]) => x * x, [3]) // => [[2.000...]]
 */
export function numericHessian(f: (point: number[]) => number, point: readonly number[]): number[][] {
	const h = point.map(x => 1e-4 * Math.max(1, Math.abs(x)));
	const at = (i: number, si: number, j: number, sj: number): number =>
		f(point.map((x, k) => x + (k === i ? si * (h[i] ?? 0) : 0) + (k === j ? sj * (h[j] ?? 0) : 0)));
	const hessian = point.map(() => point.map(() => 0));
	for (let i = 0; i < point.length; i += 1) {
		for (let j = 0; j <= i; j += 1) {
			const area = 4 * (h[i] ?? 1) * (h[j] ?? 1);
			const second = (at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1)) / area;
			for (const [row, column] of [
				[i, j],
				[j, i],
			] as const) {
				const cells = hessian[row];
				if (cells) cells[column] = second;
			}
		}
	}
	return hessian;
}

/** Halves the step until the value falls enough (Armijo), shrinking faster where the function is not finite. */
function searchAlong(
	f: (point: number[]) => number,
	point: readonly number[],
	value: number,
	direction: readonly number[],
	descent: number,
): { point: number[]; value: number } | undefined {
	let length = Math.min(1, 10 / Math.sqrt(dot(direction, direction)));
	for (let attempt = 0; attempt < 60; attempt += 1) {
		const candidate = point.map((x, j) => x + length * (direction[j] ?? 0));
		const reached = f(candidate);
		if (reached <= value + 1e-4 * length * descent && reached < value) {
			return { point: candidate, value: reached };
		}
		if (Number.isFinite(reached)) {
			// Minimum of the parabola through what is known, kept within a tenth and a half of the step.
			const parabola = (-descent * length) / (2 * ((reached - value) / length - descent));
			length = Math.min(length / 2, Math.max(length / 10, parabola));
		} else {
			length /= 10;
		}
	}
	return undefined;
}

function updated(h: number[][], s: readonly number[], y: readonly number[], sy: number): number[][] {
	const hy = h.map(row => dot(row, y));
	const scale = (1 + dot(y, hy) / sy) / sy;
	return h.map((row, i) =>
		row.map(
			(x, j) =>
				x +
				scale * (s[i] ?? 0) * (s[j] ?? 0) -
				((hy[i] ?? 0) * (s[j] ?? 0) + (s[i] ?? 0) * (hy[j] ?? 0)) / sy,
		),
	);
}

function dot(a: readonly number[], b: readonly number[]): number {
	let sum = 0;
	for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
	return sum;
}

function identity(n: number): number[][] {
	return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
}
