/** Variances of a local level: of its steps, and of the observations around it. */
export type LocalLevelVariances = { readonly level: number; readonly noise: number };

/** What the filter and smoother make of a series. */
export type LocalLevelPath = {
	/** One-step prediction errors, divided by their standard deviation; NaN at the first and at missing values. */
	readonly innovations: Float64Array;
	/** Variances of the prediction errors. */
	readonly innovationVariances: Float64Array;
	/** Level at each time, knowing the series up to then, and its variance. */
	readonly filtered: Float64Array;
	readonly filteredVariances: Float64Array;
	/** Diffuse log-likelihood: of all observations but the first. */
	readonly logLikelihood: number;
};

/**
 * The Kalman filter of y_t = μ_t + ε_t, μ_{t+1} = μ_t + η_t, knowing nothing about the first level (exact diffuse).
 *
 * @param values The series; NaN where an observation is missing.
 * @param variances Of steps and noise, 0 or more, not both 0.
 *
 * @example
 * filterLocalLevel([1, 2, 3], { level: 0, noise: 1 }).filtered // => [1, 1.5, 2]
 */
export function filterLocalLevel(
	values: ArrayLike<number>,
	{ level, noise }: LocalLevelVariances,
): LocalLevelPath {
	const n = values.length;
	const innovations = new Float64Array(n).fill(Number.NaN);
	const innovationVariances = new Float64Array(n).fill(Number.NaN);
	const filtered = new Float64Array(n);
	const filteredVariances = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
	let logLikelihood = 0;
	let state = 0;
	let variance = Number.POSITIVE_INFINITY;
	for (let t = 0; t < n; t += 1) {
		const value = values[t] ?? Number.NaN;
		if (t > 0) variance += level;
		if (!Number.isNaN(value)) {
			if (variance === Number.POSITIVE_INFINITY) {
				// The first observation is all that is known of the level; it predicts nothing yet.
				state = value;
				variance = noise;
			} else {
				const total = variance + noise;
				const error = value - state;
				innovations[t] = error / Math.sqrt(total);
				innovationVariances[t] = total;
				logLikelihood -= (Math.log(2 * Math.PI * total) + (error * error) / total) / 2;
				state += (variance / total) * error;
				variance = (variance * noise) / total;
			}
		}
		filtered[t] = state;
		filteredVariances[t] = variance;
	}
	return { innovations, innovationVariances, filtered, filteredVariances, logLikelihood };
}

/**
 * The level at each time, knowing the whole series (fixed-interval smoother), with its variance.
 *
 * @example
 * smoothLocalLevel([1, 2, 3], { level: 0, noise: 1 }).smoothed // => [2, 2, 2]
 */
export function smoothLocalLevel(
	values: ArrayLike<number>,
	variances: LocalLevelVariances,
): { readonly smoothed: Float64Array; readonly smoothedVariances: Float64Array } {
	const { filtered, filteredVariances } = filterLocalLevel(values, variances);
	const smoothed = filtered.slice();
	const smoothedVariances = filteredVariances.slice();
	for (let t = values.length - 2; t >= 0; t -= 1) {
		const now = filteredVariances[t] ?? 0;
		const ahead = now + variances.level;
		// Before the first observation the level can only be carried back.
		const gain = now === Number.POSITIVE_INFINITY ? 1 : ahead === 0 ? 1 : now / ahead;
		const next = smoothed[t + 1] ?? 0;
		const nextVariance = smoothedVariances[t + 1] ?? 0;
		smoothed[t] = (filtered[t] ?? 0) + gain * (next - (filtered[t] ?? 0));
		smoothedVariances[t] =
			now === Number.POSITIVE_INFINITY
				? nextVariance + variances.level
				: now + gain * gain * (nextVariance - ahead);
	}
	return { smoothed, smoothedVariances };
}
