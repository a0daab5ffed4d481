import { requireAboveZero, requireNumber } from '../require-argument.ts';

/** An EWMA chart, in the unit of the values. */
export type EwmaChart = {
	readonly kind: 'ewma';
	/** The weighted average after each observation. */
	readonly average: readonly number[];
	/** Lower and upper limit at each observation. */
	readonly low: readonly number[];
	readonly high: readonly number[];
	/** First observation (counted from 0) outside its limits. */
	readonly firstOutside: number | undefined;
	readonly n: number;
	readonly method: string;
};

/**
 * Has the level drifted from where it should be? (online; smoother to look at than a CUSUM, equally quick)
 *
 * average = λ x + (1 − λ) average, starting at the target; limits target ± L σ √(λ/(2−λ) (1 − (1−λ)^2t)). How long an
 * alarm takes, by chance and after a shift, is answered by {@link ewmaRunLength}; choose λ and L by it.
 *
 * Assumptions as for {@link cusum}: independent observations, target and σ from an undisturbed time.
 * Source: Roberts, Technometrics 1, 1959; Lucas & Saccucci, Technometrics 32, 1990.
 *
 * @param values The series in order.
 * @param target The level it should have.
 * @param standardDeviation Of single observations, above 0.
 * @param lambda Weight of the newest observation, above 0, at most 1; 0.2 unless given.
 * @param width L, limits in standard deviations of the average; 2.962 unless given (a false alarm every 500).
 *
 * @example
 * ewma({ values: [10, 10, 14, 14, 14], target: 10, standardDeviation: 1 }).firstOutside // => 3
 */
export function ewma({
	values,
	target,
	standardDeviation,
	lambda = 0.2,
	width = 2.962,
}: {
	readonly values: readonly number[];
	readonly target: number;
	readonly standardDeviation: number;
	readonly lambda?: number;
	readonly width?: number;
}): EwmaChart {
	requireNumber('target', target);
	requireAboveZero('standardDeviation', standardDeviation);
	requireNumber('lambda', requireAboveZero('lambda', lambda), 0, 1);
	requireAboveZero('width', width);
	const average: number[] = [];
	const low: number[] = [];
	const high: number[] = [];
	let current = target;
	for (const [time, value] of values.entries()) {
		current = lambda * requireNumber('values', value) + (1 - lambda) * current;
		const settled = 1 - (1 - lambda) ** (2 * (time + 1));
		const half = width * standardDeviation * Math.sqrt((lambda / (2 - lambda)) * settled);
		average.push(current);
		low.push(target - half);
		high.push(target + half);
	}
	const first = average.findIndex((at, time) => at < (low[time] ?? at) || at > (high[time] ?? at));
	return {
		kind: 'ewma',
		average,
		low,
		high,
		firstOutside: first < 0 ? undefined : first,
		n: values.length,
		method: `EWMA, λ ${lambda}, L ${width}`,
	};
}
