import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { momentsOf } from '../numerics/mean-of-values.ts';
import { sortedQuantile } from '../numerics/quantile.ts';
import { Random } from '../numerics/random.ts';
import { requireAboveZero, requireCount, requireNumber } from '../require-argument.ts';
import { type Impact, type ImpactInput, requireImpactInput } from './impact.ts';
import { type SpikeSlabPrior, SpikeSlabRegression } from './spike-and-slab.ts';

/** What a sampled impact adds: how much of its figures is luck of the draw. */
export type SampledImpact = Impact & {
	/** Standard error of the average effect from the finite number of draws. */
	readonly monteCarloError: number;
	readonly draws: number;
};

/**
 * What did the change do to this series? (Bayesian: chooses among many controls, carries all uncertainty)
 *
 * The model of {@link localLevelImpact} sampled by Gibbs: the level by forward filtering and backward sampling, its
 * step variance, which controls belong (spike and slab), their coefficients and the noise. Every draw continues into the
 * time after, so the intervals are those of what would have been. Priors are those of CausalImpact: on the scale of the
 * standardised series, steps of about `priorLevelSd` worth 32 observations, regression explaining 80 % worth 50.
 *
 * Assumptions as for {@link localLevelImpact}. The prior of 0.01 for the level gives optimistic intervals on noisy
 * series; ask for 0.1 there and compare.
 *
 * Source: Brodersen et al., "Inferring causal impact using Bayesian structural time-series models", Annals of Applied
 * Statistics 9, 2015.
 *
 * @param input Series, controls and start.
 * @param options `seed`; `draws` kept (1000 unless given) after a tenth more are thrown away; `priorLevelSd` (0.01);
 *   `prior` of the regression; `level` of the intervals.
 * @returns `too-few` below 10 times before; `not-converged` when the series or a control does not vary before.
 *
 * @example
 * const outcome = [3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 13, 14]
 * Math.round(gibbsImpact({ outcome, controls: [], start: 12 }, { seed: 1 }).average.value) // => 10
 */
export function gibbsImpact(
	input: ImpactInput,
	{
		seed,
		draws = 1000,
		priorLevelSd = 0.01,
		prior = {},
		level = 0.95,
	}: {
		readonly seed: number;
		readonly draws?: number;
		readonly priorLevelSd?: number;
		readonly prior?: Partial<SpikeSlabPrior>;
		readonly level?: number;
	},
): SampledImpact | TooFew | NotConverged {
	requireImpactInput(input);
	requireCount('draws', draws, 100);
	requireAboveZero('priorLevelSd', priorLevelSd);
	requireNumber('level', level, 0.5, 0.999999);
	const { start } = input;
	if (start < 10) return tooFew(start, 10);
	const outcome = standardise(input.outcome, start);
	const controls = input.controls.map(control => standardise(control, start));
	if (outcome.deviation === 0 || controls.some(control => control.deviation === 0)) {
		return notConverged('the series or a control does not vary before the change; leave it out');
	}
	const sampled = sample(
		outcome.values,
		controls.map(control => control.values),
		start,
		{
			dice: new Random(seed),
			draws,
			priorLevelSd,
			prior: {
				expectedModelSize: 3,
				expectedR2: 0.8,
				degreesOfFreedom: 50,
				informationWeight: 0.01,
				...prior,
			},
		},
	);
	const back = (value: number): number => outcome.mean + outcome.deviation * value;
	const paths = sampled.paths.map(path => path.map(back));
	const scales = controls.map(control => outcome.deviation / control.deviation);
	return {
		...summarise(input, paths, level),
		controls: scales.map((scale, j) => ({
			coefficient: (scale * (sampled.coefficientSums[j] ?? 0)) / draws,
			inclusion: (sampled.inclusions[j] ?? 0) / draws,
		})),
	};
}

type Standardised = { readonly values: number[]; readonly mean: number; readonly deviation: number };

/** Scaled by mean and standard deviation of the time before. */
function standardise(values: readonly number[], start: number): Standardised {
	const { mean, variance } = momentsOf(values.slice(0, start));
	const deviation = Math.sqrt(variance);
	return { values: values.map(value => (value - mean) / (deviation || 1)), mean, deviation };
}

type SamplerOptions = {
	readonly dice: Random;
	readonly draws: number;
	readonly priorLevelSd: number;
	readonly prior: SpikeSlabPrior;
};

/** Observations' worth of the guess about the level's steps. */
const levelPriorWeight = 32;

function sample(
	outcome: readonly number[],
	controls: readonly (readonly number[])[],
	start: number,
	{ dice, draws, priorLevelSd, prior }: SamplerOptions,
): {
	readonly paths: Float64Array[];
	readonly coefficientSums: Float64Array;
	readonly inclusions: Float64Array;
} {
	const before = outcome.slice(0, start);
	const after = outcome.length - start;
	const regression = new SpikeSlabRegression(
		controls.map(control => control.slice(0, start)),
		prior,
		1,
	);
	const paths: Float64Array[] = [];
	const coefficientSums = new Float64Array(controls.length);
	const inclusions = new Float64Array(controls.length);
	const unexplained = Float64Array.from(before);
	const levels = new Float64Array(start);
	let coefficients: Float64Array = new Float64Array(controls.length);
	let noiseVariance = 1 - prior.expectedR2;
	let levelVariance = priorLevelSd ** 2;
	const burnIn = Math.max(100, Math.ceil(draws / 10));
	const fitted = (t: number): number =>
		controls.reduce((sum, control, j) => sum + (control[t] ?? 0) * (coefficients[j] ?? 0), 0);
	for (let iteration = 0; iteration < burnIn + draws; iteration += 1) {
		for (let t = 0; t < start; t += 1) unexplained[t] = (before[t] ?? 0) - fitted(t);
		drawLevels(unexplained, levelVariance, noiseVariance, before[0] ?? 0, levels, dice);
		levelVariance = drawLevelVariance(levels, priorLevelSd, dice);
		({ coefficients, noiseVariance } = regression.draw(
			levels.map((value, t) => (before[t] ?? 0) - value),
			dice,
		));
		if (iteration < burnIn) continue;
		let state = levels[start - 1] ?? 0;
		const path = new Float64Array(after);
		for (let i = 0; i < after; i += 1) {
			state += dice.normal(0, Math.sqrt(levelVariance));
			path[i] = state + fitted(start + i) + dice.normal(0, Math.sqrt(noiseVariance));
		}
		paths.push(path);
		for (const [j, coefficient] of coefficients.entries()) {
			coefficientSums[j] = (coefficientSums[j] ?? 0) + coefficient;
			if (coefficient !== 0) inclusions[j] = (inclusions[j] ?? 0) + 1;
		}
	}
	return { paths, coefficientSums, inclusions };
}

/** Forward filter, backward sample; the first level is about the first value, give or take one deviation. */
function drawLevels(
	values: Float64Array,
	levelVariance: number,
	noiseVariance: number,
	firstValue: number,
	levels: Float64Array,
	dice: Random,
): void {
	const n = values.length;
	const means = new Float64Array(n);
	const variances = new Float64Array(n);
	let [mean, variance] = [firstValue, 1];
	for (let t = 0; t < n; t += 1) {
		const gain = variance / (variance + noiseVariance);
		mean += gain * ((values[t] ?? 0) - mean);
		variance *= 1 - gain;
		means[t] = mean;
		variances[t] = variance;
		variance += levelVariance;
	}
	let state = dice.normal(means[n - 1], Math.sqrt(variances[n - 1] ?? 0));
	levels[n - 1] = state;
	for (let t = n - 2; t >= 0; t -= 1) {
		const now = variances[t] ?? 0;
		const gain = now / (now + levelVariance);
		const centre = (means[t] ?? 0) + gain * (state - (means[t] ?? 0));
		state = dice.normal(centre, Math.sqrt(now * (1 - gain)));
		levels[t] = state;
	}
}

/** Inverse gamma, cut at the variance of the series itself. */
function drawLevelVariance(levels: Float64Array, priorLevelSd: number, dice: Random): number {
	let squares = levelPriorWeight * priorLevelSd ** 2;
	for (let t = 1; t < levels.length; t += 1) squares += ((levels[t] ?? 0) - (levels[t - 1] ?? 0)) ** 2;
	const shape = (levelPriorWeight + levels.length - 1) / 2;
	for (let attempt = 0; attempt < 100; attempt += 1) {
		const variance = squares / 2 / dice.gamma(shape);
		if (variance < 1) return variance;
	}
	return 1;
}

function summarise(
	{ outcome, start }: ImpactInput,
	paths: readonly Float64Array[],
	level: number,
): Omit<SampledImpact, 'controls'> {
	const steps = outcome.length - start;
	const actual = momentsOf(outcome.slice(start)).mean;
	const averages = Float64Array.from(paths, path => momentsOf(path).mean);
	const sorted = averages.slice().sort();
	const predicted = momentsOf(averages).mean;
	const tail = (1 - level) / 2;
	const [lowest, highest] = [sortedQuantile(sorted, tail), sortedQuantile(sorted, 1 - tail)];
	const method = 'local level with regression, Gibbs sampler';
	const figure = (value: number, low: number, high: number): Estimate =>
		estimate({ value, low, high, n: outcome.length, method, level });
	const effect = actual - predicted;
	const above = averages.reduce((count, average) => count + (average >= actual ? 1 : 0), 0);
	return {
		kind: 'impact',
		average: figure(effect, actual - highest, actual - lowest),
		cumulative: figure(effect * steps, (actual - highest) * steps, (actual - lowest) * steps),
		relative: lowest > 0 ? figure(effect / predicted, actual / highest - 1, actual / lowest - 1) : undefined,
		predicted: figure(predicted, lowest, highest),
		points: Array.from({ length: steps }, (_, i) => {
			const at = Float64Array.from(paths, path => path[i] ?? 0).sort();
			return {
				actual: outcome[start + i] ?? 0,
				predicted: momentsOf(at).mean,
				low: sortedQuantile(at, tail),
				high: sortedQuantile(at, 1 - tail),
			};
		}),
		p: (1 + Math.min(above, paths.length - above)) / (paths.length + 1),
		n: outcome.length,
		method,
		draws: paths.length,
		monteCarloError: errorOfMean(averages),
	};
}

/** Standard error of the mean of correlated draws, from the means of about √n batches. */
function errorOfMean(draws: Float64Array): number {
	const length = Math.floor(Math.sqrt(draws.length));
	const count = Math.floor(draws.length / length);
	const means = Array.from(
		{ length: count },
		(_, b) => momentsOf(draws.subarray(b * length, (b + 1) * length)).mean,
	);
	return Math.sqrt(momentsOf(means).variance / count);
}
