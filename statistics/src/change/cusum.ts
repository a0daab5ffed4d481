import { requireAboveZero, requireNumber } from '../require-argument.ts';

/** A CUSUM chart, in units of the standard deviation. */
export type CusumChart = {
	readonly kind: 'cusum';
	/** Accumulated evidence of a higher level after each observation, 0 or more. */
	readonly above: readonly number[];
	/** Accumulated evidence of a lower level after each observation, 0 or more. */
	readonly below: readonly number[];
	/** First observation (counted from 0) at which a sum passed the threshold. */
	readonly firstAbove: number | undefined;
	readonly firstBelow: number | undefined;
	readonly threshold: number;
	readonly n: number;
	readonly method: string;
};

/**
 * Has the level shifted since it was known to be right? (online, the first alarm counts)
 *
 * With z = (x − target) / σ: above = max(0, above + z − k), below = max(0, below − z − k); an alarm when one passes h.
 * How long that takes, by chance and after a real shift, is answered by {@link cusumRunLength}; choose h by it.
 *
 * Assumptions: 1. independent, normal observations with known target and σ (an autocorrelated series alarms far too
 * often); 2. target and σ come from a time known to be undisturbed: a σ taken from shifted data hides the shift.
 *
 * Source: Page, Biometrika 41, 1954; tabular form: Montgomery, "Introduction to Statistical Quality Control", ch. 9.
 *
 * @param values The series in order.
 * @param target The level it should have.
 * @param standardDeviation Of single observations, above 0.
 * @param k Allowance in standard deviations, half the shift to be found quickly; 0.5 unless given.
 * @param h Threshold in standard deviations; 5 unless given (a false alarm every 465 observations).
 *
 * @example
 * cusum({ values: [0, 0, 3, 3, 3], target: 0, standardDeviation: 1 }).firstAbove // => 4
 */
export function cusum({
	values,
	target,
	standardDeviation,
	k = 0.5,
	h = 5,
}: {
	readonly values: readonly number[];
	readonly target: number;
	readonly standardDeviation: number;
	readonly k?: number;
	readonly h?: number;
}): CusumChart {
	requireNumber('target', target);
	requireAboveZero('standardDeviation', standardDeviation);
	requireNumber('k', k, 0);
	requireAboveZero('h', h);
	const above: number[] = [];
	const below: number[] = [];
	let [up, down] = [0, 0];
	for (const value of values) {
		const z = (requireNumber('values', value) - target) / standardDeviation;
		up = Math.max(0, up + z - k);
		down = Math.max(0, down - z - k);
		above.push(up);
		below.push(down);
	}
	return {
		kind: 'cusum',
		above,
		below,
		firstAbove: firstBeyond(above, h),
		firstBelow: firstBeyond(below, h),
		threshold: h,
		n: values.length,
		method: `CUSUM, k ${k}, h ${h}`,
	};
}

function firstBeyond(sums: readonly number[], h: number): number | undefined {
	const first = sums.findIndex(sum => sum > h);
	return first < 0 ? undefined : first;
}
