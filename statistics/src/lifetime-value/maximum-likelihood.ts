import { type Estimate, estimate, type NotConverged, notConverged } from '../figure.ts';
import { bfgs } from '../numerics/bfgs.ts';
import { choleskyFactor, choleskyInverse } from '../numerics/cholesky.ts';
import { sortedQuantile } from '../numerics/quantile.ts';
import { Random } from '../numerics/random.ts';
import { criticalValue } from '../numerics/special-functions.ts';

/** A model fitted by maximum likelihood. All parameters are positive; their logarithms are about normal. */
export type ModelFit<Parameters> = {
	readonly kind: 'model-fit';
	readonly parameters: Parameters;
	/** Lower and upper ends of each parameter's interval, from the observed information on the log scale. */
	readonly low: Parameters;
	readonly high: Parameters;
	/** Logarithms of the parameters, in the order of the model's builder, and their covariance. */
	readonly logParameters: number[];
	readonly logCovariance: number[][];
	readonly logLikelihood: number;
	/** Customers behind the fit. */
	readonly n: number;
	readonly level: number;
};

/** Log-likelihood at positive parameters, with its derivatives by those parameters. */
export type Likelihood = (parameters: readonly number[]) => { value: number; gradient: number[] };

/** Log-parameters beyond this run away: the likelihood keeps rising towards a simpler model. */
const edge = 12;

/**
 * Maximises a likelihood over positive parameters, and reads intervals off its curvature.
 *
 * Works on logarithms and on the likelihood per customer, from each start in turn, and keeps the best settled point.
 *
 * @param problem - `likelihood`; `starts`: positive starting points; `scales`: the natural size of each parameter, such
 * as the mean age for a parameter measured in time, so that units do not matter; `n` customers; `build` names the
 * parameters; `level` of the intervals (0.95)
 * @returns not-converged when no start settles, a parameter runs to zero or infinity, or the curvature is flat
 * @example
 * const exponential = ([rate]) => ({ value: 10 * Math.log(rate) - 20 * rate, gradient: [10 / rate - 20] })
 * const problem = { likelihood: exponential, starts: [[1]], scales: [1], n: 10, build: ([rate]) => ({ rate }) }
 * maximiseLikelihood(problem).parameters.rate // => 0.5000...
 */
export function maximiseLikelihood<Parameters>(problem: {
	readonly likelihood: Likelihood;
	readonly starts: readonly (readonly number[])[];
	readonly scales: readonly number[];
	readonly n: number;
	readonly build: (values: readonly number[]) => Parameters;
	readonly level?: number;
}): ModelFit<Parameters> | NotConverged {
	const { likelihood, starts, scales, n, build, level = 0.95 } = problem;
	const shift = scales.map(Math.log);
	// The search asks for value and gradient at the same point one after the other.
	let last = { point: [Number.NaN], value: 0, gradient: [0] };
	const negative = (point: readonly number[]): typeof last => {
		if (point.length === last.point.length && point.every((x, j) => x === last.point[j])) return last;
		const values = point.map((x, j) => Math.exp(x + (shift[j] ?? 0)));
		const { value, gradient } = likelihood(values);
		last = {
			point: [...point],
			value: -value / n,
			gradient: gradient.map((g, j) => (-g * (values[j] ?? 0)) / n),
		};
		return last;
	};
	const options = {
		gradient: (point: number[]) => negative(point).gradient,
		tolerance: 1e-9,
		maxIterations: 1000,
	};
	let best: { point: number[]; value: number } | undefined;
	let reason = 'no start settled';
	for (const start of starts) {
		const found = bfgs(
			point => negative(point).value,
			start.map((v, j) => Math.log(v) - (shift[j] ?? 0)),
			options,
		);
		if (found.kind === 'not-converged') reason = found.reason;
		else if (best === undefined || found.value < best.value) best = found;
	}
	if (best === undefined) return notConverged(reason);
	const runaway = best.point.findIndex(x => Math.abs(x) > edge);
	if (runaway >= 0) {
		const named = Object.keys(build(best.point) ?? {})[runaway] ?? String(runaway);
		return notConverged(
			`parameter ${named} runs to ${(best.point[runaway] ?? 0) > 0 ? 'infinity' : 'zero'}: a simpler model fits as well`,
		);
	}
	const information = curvature(point => negative(point).gradient, best.point);
	const covariance = choleskyInverse(information)?.map(row => row.map(v => v / n));
	if (covariance === undefined)
		return notConverged('the likelihood is flat at its highest point: the parameters cannot be told apart');
	const logParameters = best.point.map((x, j) => x + (shift[j] ?? 0));
	const z = criticalValue(level);
	const moved = (direction: number): Parameters =>
		build(logParameters.map((x, j) => Math.exp(x + direction * z * Math.sqrt(covariance[j]?.[j] ?? 0))));
	return {
		kind: 'model-fit',
		parameters: build(logParameters.map(Math.exp)),
		low: moved(-1),
		high: moved(1),
		logParameters,
		logCovariance: covariance,
		logLikelihood: -best.value * n,
		n,
		level,
	};
}

/**
 * Likelihood with numeric derivatives, for models whose own are not worth writing down.
 *
 * @example
 * withNumericGradient(([x]) => x * x)([3]).gradient // => [6.0000...]
 */
export function withNumericGradient(value: (parameters: readonly number[]) => number): Likelihood {
	return parameters => ({
		value: value(parameters),
		gradient: parameters.map((x, j) => {
			const h = 1e-5 * Math.abs(x);
			const at = (t: number): number => value(parameters.map((y, k) => (k === j ? t : y)));
			return (at(x + h) - at(x - h)) / (2 * h);
		}),
	});
}

/**
 * Interval of anything computed from a fit's parameters: percentiles over parameters drawn from their fitted spread.
 *
 * It holds what is not known about the parameters, not the luck of single customers.
 *
 * @param fit - a fitted model
 * @param build - the model's parameter builder, such as `bgNbdParameters`
 * @param quantity - what to compute from one set of parameters
 * @param options - `seed`, `draws` (1000), `level` (0.95)
 * @example
 * const fit = { kind: 'model-fit', parameters: { r: 1 }, logParameters: [0], logCovariance: [[0.0001]], n: 50 }
 * predictionInterval(fit, ([r]) => ({ r }), p => p.r, { seed: 1 }).value // => 1
 */
export function predictionInterval<Parameters>(
	fit: ModelFit<Parameters>,
	build: (values: readonly number[]) => Parameters,
	quantity: (parameters: Parameters) => number,
	options: { readonly seed: number; readonly draws?: number; readonly level?: number },
): Estimate | NotConverged {
	const { seed, draws = 1000, level = 0.95 } = options;
	if (!Number.isInteger(draws) || draws < 200)
		throw new RangeError(`draws must be a whole number of at least 200, got ${draws}`);
	if (!(level > 0 && level < 1)) throw new RangeError(`level must be between 0 and 1, got ${level}`);
	const factor = choleskyFactor(fit.logCovariance);
	if (factor === undefined) return notConverged('the covariance of the parameters is not positive definite');
	const random = new Random(seed);
	const drawn = new Float64Array(draws);
	for (let d = 0; d < draws; d++) {
		const normal = fit.logParameters.map(() => random.normal());
		const values = fit.logParameters.map((centre, j) =>
			Math.exp(centre + (factor[j] ?? []).reduce((sum, v, k) => sum + v * (normal[k] ?? 0), 0)),
		);
		drawn[d] = quantity(build(values));
	}
	if (!drawn.every(Number.isFinite))
		return notConverged('the quantity is not finite for some likely parameters');
	drawn.sort();
	return estimate({
		value: quantity(fit.parameters),
		low: sortedQuantile(drawn, (1 - level) / 2),
		high: sortedQuantile(drawn, (1 + level) / 2),
		n: fit.n,
		method: 'maximum likelihood, percentiles over drawn parameters',
		level,
	});
}

/** Second derivatives by central differences of the gradient, made symmetric. */
function curvature(gradient: (point: readonly number[]) => number[], point: readonly number[]): number[][] {
	const h = 1e-4;
	const columns = point.map((_, j) => {
		const at = (step: number): number[] => gradient(point.map((x, k) => (k === j ? x + step : x)));
		const [up, down] = [at(h), at(-h)];
		return up.map((g, k) => (g - (down[k] ?? 0)) / (2 * h));
	});
	return columns.map((column, j) => column.map((v, k) => (v + (columns[k]?.[j] ?? 0)) / 2));
}
