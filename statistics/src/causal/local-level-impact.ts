import { type Estimate, estimate, type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { tCdf, tQuantile } from '../numerics/special-functions.ts';
import { requireNumber } from '../require-argument.ts';
import { fitLocalLevel, type LocalLevelFit } from './fit-local-level.ts';
import { type Impact, type ImpactInput, requireImpactInput } from './impact.ts';

/**
 * What did the change do to this series? (quick: maximum likelihood, no seed)
 *
 * A level that wanders plus a regression on series the change did not touch is fitted to the time before and predicts
 * the time after. Intervals carry the uncertainty of the level, its further steps, the coefficients and the noise (t with
 * the residual degrees of freedom), but take the ratio of the variances as known; {@link gibbsImpact} does not, and
 * chooses among many controls.
 *
 * Assumptions: 1. controls are not touched by the change; 2. their relation to the series stays as it was; 3. no
 * seasonality beyond what controls share; 4. the start was not chosen after seeing the series. Try pretended starts
 * before the real one: they should show nothing.
 *
 * Source: Brodersen et al., Annals of Applied Statistics 9, 2015, with Harvey 1989 for the likelihood.
 *
 * @param input Series, controls and start.
 * @param options `level` of the intervals, 0.95 unless given.
 * @returns `too-few` when fewer than 3 observations before are left over after level and coefficients (10 at least);
 *   `not-converged` when controls repeat each other.
 *
 * @example
 * const outcome = [3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 13, 14]
 * localLevelImpact({ outcome, controls: [], start: 12 }).average.value.toFixed(1) // => '10.0'
 */
export function localLevelImpact(
	input: ImpactInput,
	{ level = 0.95 }: { readonly level?: number } = {},
): Impact | TooFew | NotConverged {
	requireImpactInput(input);
	requireNumber('level', level, 0.5, 0.999999);
	const { outcome, controls, start } = input;
	if (start < 10) return tooFew(start, 10);
	const fit = fitLocalLevel(
		outcome.slice(0, start),
		controls.map(control => control.slice(0, start)),
	);
	if (fit.kind !== 'fit') return fit;
	const { means, covariance } = predict(fit, controls, start, outcome.length);
	const steps = means.length;
	const t = tQuantile(0.5 + level / 2, fit.degreesOfFreedom);
	const total = covariance.reduce((sum, row) => sum + row.reduce((inner, value) => inner + value, 0), 0);
	const spread = Math.sqrt(total) / steps;
	const predicted = means.reduce((sum, mean) => sum + mean, 0) / steps;
	const actual = outcome.slice(start).reduce((sum, value) => sum + value, 0) / steps;
	const method = 'local level with regression, maximum likelihood';
	const figure = (value: number, low: number, high: number): Estimate =>
		estimate({ value, low, high, n: outcome.length, method, level });
	const [lowest, highest] = [predicted - t * spread, predicted + t * spread];
	const effect = actual - predicted;
	return {
		kind: 'impact',
		average: figure(effect, actual - highest, actual - lowest),
		cumulative: figure(effect * steps, (actual - highest) * steps, (actual - lowest) * steps),
		// A share of something that could be 0 has no bounds.
		relative:
			lowest > 0 ? figure(actual / predicted - 1, actual / highest - 1, actual / lowest - 1) : undefined,
		predicted: figure(predicted, lowest, highest),
		points: means.map((mean, i) => {
			const half = t * Math.sqrt(covariance[i]?.[i] ?? 0);
			return { actual: outcome[start + i] ?? 0, predicted: mean, low: mean - half, high: mean + half };
		}),
		p: tCdf(-Math.abs(effect) / spread, fit.degreesOfFreedom),
		controls: fit.coefficients.map(coefficient => ({ coefficient, inclusion: 1 })),
		n: outcome.length,
		method,
	};
}

/** Predictions after the start and how they vary together. */
function predict(
	fit: LocalLevelFit,
	controls: readonly (readonly number[])[],
	start: number,
	end: number,
): { readonly means: number[]; readonly covariance: number[][] } {
	const unbiased = (fit.n - 1) / fit.degreesOfFreedom;
	const distances = Array.from({ length: end - start }, (_, i) =>
		controls.map((control, j) => (control[start + i] ?? 0) - (fit.regressorEndLevels[j] ?? 0)),
	);
	const means = distances.map(
		distance => fit.endLevel + distance.reduce((sum, x, j) => sum + x * (fit.coefficients[j] ?? 0), 0),
	);
	const carried = distances.map(distance =>
		fit.coefficientCovariance.map(row => row.reduce((sum, value, j) => sum + value * (distance[j] ?? 0), 0)),
	);
	const covariance = distances.map((distance, i) =>
		distances.map((_, k) => {
			const fromCoefficients = distance.reduce((sum, x, j) => sum + x * (carried[k]?.[j] ?? 0), 0);
			const fromLevel = fit.endLevelVariance + unbiased * fit.levelVariance * (Math.min(i, k) + 1);
			return fromCoefficients + fromLevel + (i === k ? unbiased * fit.noiseVariance : 0);
		}),
	);
	return { means, covariance };
}
