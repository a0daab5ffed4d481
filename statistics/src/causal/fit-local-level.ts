import { type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { choleskyInverse } from '../numerics/cholesky.ts';
import { filterLocalLevel } from './kalman-local-level.ts';

/** A local level with regression, fitted by maximum likelihood. */
export type LocalLevelFit = {
	readonly kind: 'fit';
	/** Variance of the level's steps. */
	readonly levelVariance: number;
	/** Variance of the observations around level and regression. */
	readonly noiseVariance: number;
	/** One for each regressor. */
	readonly coefficients: readonly number[];
	/** Covariance of the coefficients. */
	readonly coefficientCovariance: readonly (readonly number[])[];
	/** Level at the end, of the outcome and of each regressor (the level of the residual is their difference). */
	readonly endLevel: number;
	readonly regressorEndLevels: readonly number[];
	/** Variance of the level at the end, knowing the coefficients. */
	readonly endLevelVariance: number;
	readonly degreesOfFreedom: number;
	/** Diffuse log-likelihood at the maximum. */
	readonly logLikelihood: number;
	readonly n: number;
};

/**
 * Which level and which coefficients explain this series best?
 *
 * y_t = μ_t + x_t'β + ε_t with μ a random walk. For a given ratio of step to noise variance, one pass of the filter over
 * the series and each regressor whitens them all, and β and the scale follow by least squares; the ratio itself is found
 * by searching the likelihood, so nothing depends on starting values.
 *
 * Assumptions: normal, independent noise and steps; regressors known at every time.
 * Source: Harvey, "Forecasting, Structural Time Series Models and the Kalman Filter", 1989, §3.4 and §4.3.
 *
 * @param values The series; NaN where missing.
 * @param regressors Columns as long as the series.
 * @returns `too-few` when fewer than 3 observations are left over after level and coefficients; `not-converged` when
 *   regressors repeat each other (or are constant, which the level already is).
 *
 * @example
 * fitLocalLevel([1, 2, 1, 2, 1, 2, 1, 2], []).levelVariance < 0.001 // => true
 */
export function fitLocalLevel(
	values: readonly number[],
	regressors: readonly (readonly number[])[],
): LocalLevelFit | TooFew | NotConverged {
	const n = values.filter(value => !Number.isNaN(value)).length;
	const needed = regressors.length + 4;
	if (n < needed) return tooFew(n, needed);
	for (const column of regressors) {
		if (column.length !== values.length) {
			throw new RangeError(`regressors must have ${values.length} values, got ${column.length}`);
		}
	}
	const atRatio = (logRatio: number): LocalLevelFit | undefined =>
		fitAt(Math.exp(logRatio), values, regressors, n);
	const logRatio = highest(at => atRatio(at)?.logLikelihood ?? Number.NEGATIVE_INFINITY, -24, 14);
	const fit = atRatio(logRatio);
	if (!fit) {
		return notConverged('the regressors repeat each other or are constant, or the series is without noise');
	}
	return fit;
}

/** Fit for a known ratio of step variance to noise variance. */
function fitAt(
	ratio: number,
	values: readonly number[],
	regressors: readonly (readonly number[])[],
	n: number,
): LocalLevelFit | undefined {
	// Where the series is missing, so is its regressor; whitening must skip the same times.
	const columns = [
		values,
		...regressors.map(column => column.map((x, t) => (Number.isNaN(values[t]) ? Number.NaN : x))),
	];
	const unit = { level: ratio, noise: 1 };
	const paths = columns.map(column => filterLocalLevel(column, unit));
	const [outcome, ...whitened] = paths;
	if (!outcome) return undefined;
	const products = paths.map(a => paths.map(b => innerProduct(a.innovations, b.innovations)));
	const information = products.slice(1).map(row => row.slice(1));
	const inverse = information.length === 0 ? [] : choleskyInverse(information);
	if (!inverse) return undefined;
	const shared = products.slice(1).map(row => row[0] ?? 0);
	const coefficients = inverse.map(row => row.reduce((sum, value, j) => sum + value * (shared[j] ?? 0), 0));
	const explained = coefficients.reduce((sum, value, j) => sum + value * (shared[j] ?? 0), 0);
	const squares = (products[0]?.[0] ?? 0) - explained;
	if (!(squares > 1e-12 * (products[0]?.[0] ?? 0))) return undefined;
	// The likelihood's own scale; intervals use the one that counts the coefficients as spent.
	const scale = squares / (n - 1);
	let logDeterminant = 0;
	for (const variance of outcome.innovationVariances)
		if (!Number.isNaN(variance)) logDeterminant += Math.log(variance);
	const degreesOfFreedom = n - 1 - regressors.length;
	const unbiased = squares / degreesOfFreedom;
	const last = values.length - 1;
	return {
		kind: 'fit',
		levelVariance: ratio * scale,
		noiseVariance: scale,
		coefficients,
		coefficientCovariance: inverse.map(row => row.map(value => value * unbiased)),
		endLevel: outcome.filtered[last] ?? 0,
		regressorEndLevels: whitened.map(path => path.filtered[last] ?? 0),
		endLevelVariance: (outcome.filteredVariances[last] ?? 0) * unbiased,
		degreesOfFreedom,
		logLikelihood: -((n - 1) * (Math.log(2 * Math.PI * scale) + 1) + logDeterminant) / 2,
		n,
	};
}

function innerProduct(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let t = 0; t < a.length; t += 1) {
		const product = (a[t] ?? 0) * (b[t] ?? 0);
		if (!Number.isNaN(product)) sum += product;
	}
	return sum;
}

/** Where a function of one variable is highest: a grid against several peaks, then golden section. */
function highest(f: (x: number) => number, low: number, high: number): number {
	const steps = 60;
	let best = low;
	let bestValue = Number.NEGATIVE_INFINITY;
	for (let i = 0; i <= steps; i += 1) {
		const x = low + ((high - low) * i) / steps;
		const value = f(x);
		if (value > bestValue) [best, bestValue] = [x, value];
	}
	const golden = (Math.sqrt(5) - 1) / 2;
	const width = (high - low) / steps;
	let [a, b] = [best - width, best + width];
	let [c, d] = [b - golden * (b - a), a + golden * (b - a)];
	let [fc, fd] = [f(c), f(d)];
	while (b - a > 1e-8) {
		if (fc > fd) {
			[b, d, fd] = [d, c, fc];
			c = b - golden * (b - a);
			fc = f(c);
		} else {
			[a, c, fc] = [c, d, fd];
			d = a + golden * (b - a);
			fd = f(d);
		}
	}
	return (a + b) / 2;
}
