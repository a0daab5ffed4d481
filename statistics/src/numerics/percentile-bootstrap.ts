import { type NotConverged, notConverged } from '../figure.ts';
import { requireCount } from '../require-argument.ts';
import { sortedQuantile } from './quantile.ts';
import { Random } from './random.ts';
import { criticalValue } from './special-functions.ts';

/** The interval between two percentiles of a statistic over resamples. */
export type BootstrapInterval = {
	readonly kind: 'interval';
	readonly low: number;
	readonly high: number;
	/** Standard deviation over the resamples. */
	readonly standardError: number;
};

/**
 * Between which percentiles a statistic falls when the units are drawn again with replacement.
 *
 * Assumes: units are independent and the statistic is smooth in them. Source: Efron & Tibshirani, "An Introduction to the
 * Bootstrap", ch. 13.
 *
 * @param units How many units there are, at least 2.
 * @param statistic The statistic when unit i counts `times[i]` times; undefined where it has no value.
 * @param draws Resamples, at least 200.
 * @param seed Makes the resampling repeatable.
 * @param level Confidence, 0.95 unless given.
 * @returns `not-converged` when more than a twentieth of the resamples have no value.
 *
 * @example
 * const values = [1, 2, 3, 4, 5]
 * const mean = (times) => values.reduce((sum, x, i) => sum + x * times[i], 0) / 5
 * percentileBootstrap({ units: 5, statistic: mean, draws: 500, seed: 1 }).kind // => 'interval'
 */
export function percentileBootstrap({
	units,
	statistic,
	draws,
	seed,
	level = 0.95,
}: {
	readonly units: number;
	readonly statistic: (times: Int32Array) => number | undefined;
	readonly draws: number;
	readonly seed: number;
	readonly level?: number;
}): BootstrapInterval | NotConverged {
	criticalValue(level);
	requireCount('units', units, 2);
	requireCount('draws', draws, 200);
	const random = new Random(seed);
	const times = new Int32Array(units);
	const sampled: number[] = [];
	for (let draw = 0; draw < draws; draw += 1) {
		times.fill(0);
		for (let i = 0; i < units; i += 1) {
			const unit = random.int(units);
			times[unit] = (times[unit] ?? 0) + 1;
		}
		const value = statistic(times);
		if (value !== undefined && Number.isFinite(value)) sampled.push(value);
	}
	if (sampled.length < 0.95 * draws) {
		return notConverged(
			`only ${sampled.length} of ${draws} resamples have a value: there is too little variety`,
		);
	}
	const sorted = Float64Array.from(sampled).sort();
	const mean = sorted.reduce((sum, x) => sum + x, 0) / sorted.length;
	return {
		kind: 'interval',
		low: sortedQuantile(sorted, (1 - level) / 2),
		high: sortedQuantile(sorted, (1 + level) / 2),
		standardError: Math.sqrt(sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (sorted.length - 1)),
	};
}
