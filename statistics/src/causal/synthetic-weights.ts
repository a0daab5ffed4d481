import { simplexLeastSquares } from '../numerics/simplex-least-squares.ts';
import { meanPath, type Panel } from './panel.ts';

/** How an estimator weighs controls and times before; each sums to 1 (times to 0 where the level is not compared). */
export type PanelWeights = { readonly units: Float64Array; readonly times: Float64Array };

/**
 * Weights of synthetic control: the mixture of controls whose path before the treatment is nearest to the treated.
 *
 * Outcomes only, no predictors, no penalty: a convex problem with one answer, whatever the starting point.
 *
 * Source: Abadie, Diamond & Hainmueller, JASA 105, 2010, in the outcome-only form of Doudchenko & Imbens 2016.
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * controlWeights({ times: [1, 2, 3], before: 2, controls: [path('a', [0, 0, 0]), path('b', [4, 8, 0])], treated: [path('c', [1, 2, 0])] }).units // => [0.75, 0.25]
 */
export function controlWeights(panel: Panel): PanelWeights {
	const { before, controls } = panel;
	const columns = controls.map(({ outcomes }) => outcomes.subarray(0, before));
	const target = meanPath(panel.treated).subarray(0, before);
	return { units: simplexLeastSquares(columns, target).weights, times: new Float64Array(before) };
}

/** Equal weights for all controls and all times before: difference in differences.
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * equalWeights({ times: [1, 2, 3], before: 2, controls: [path('a', [0, 0, 0])], treated: [path('c', [1, 2, 0])] }).times // => [0.5, 0.5]
 */
export function equalWeights({ controls, before }: Panel): PanelWeights {
	return {
		units: new Float64Array(controls.length).fill(1 / controls.length),
		times: new Float64Array(before).fill(1 / before),
	};
}

/**
 * Weights of synthetic difference in differences: controls that moved like the treated before (up to a constant, and
 * spread over many by a ridge), and times before that tell the controls' level after.
 *
 * Ridge on units ζ² T₀ with ζ = (N₁ T₁)^¼ σ, σ the spread of the controls' steps before; on times (10⁻⁶ σ)² N₀.
 *
 * Source: Arkhangelsky, Athey, Hirshberg, Imbens & Wager, American Economic Review 111, 2021, algorithm 1.
 *
 * @param noise σ; measured from the controls unless given (a placebo keeps that of the original).
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * differenceWeights({ times: [1, 2, 3], before: 2, controls: [path('a', [0, 1, 2]), path('b', [4, 8, 9])], treated: [path('c', [10, 11, 12])] }).units[0] // => 0.6000...
 */
export function differenceWeights(panel: Panel, noise = stepSpread(panel)): PanelWeights {
	const { before, controls, treated, times } = panel;
	const after = times.length - before;
	const zeta = (treated.length * after) ** 0.25 * noise;
	const columns = controls.map(({ outcomes }) => outcomes.subarray(0, before));
	const units = simplexLeastSquares(columns, meanPath(treated).subarray(0, before), {
		ridge: zeta * zeta * before,
		hasIntercept: true,
	}).weights;
	const rows = Array.from({ length: before }, () => new Float64Array(controls.length));
	const levelAfter = new Float64Array(controls.length);
	for (const [j, { outcomes }] of controls.entries()) {
		for (let t = 0; t < times.length; t += 1) {
			const row = rows[t];
			if (row) row[j] = outcomes[t] ?? 0;
			else levelAfter[j] = (levelAfter[j] ?? 0) + (outcomes[t] ?? 0) / after;
		}
	}
	const timesBefore = simplexLeastSquares(rows, levelAfter, {
		ridge: (1e-6 * noise) ** 2 * controls.length,
		hasIntercept: true,
	}).weights;
	return { units, times: timesBefore };
}

/** Standard deviation of the controls' steps from one time before to the next.
 *
 * @example
 * stepSpread({ times: [1, 2, 3, 4], before: 3, controls: [{ unit: 'a', outcomes: new Float64Array([0, 1, 4, 9]) }], treated: [] }) // => 1.41421356...
 */
export function stepSpread({ controls, before }: Panel): number {
	const steps = controls.flatMap(({ outcomes }) =>
		Array.from({ length: before - 1 }, (_, t) => (outcomes[t + 1] ?? 0) - (outcomes[t] ?? 0)),
	);
	if (steps.length < 2) return 0;
	const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
	return Math.sqrt(steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / (steps.length - 1));
}

/** The weighted double difference: (treated after − their weighted before) − (the same for the weighted controls).
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * doubleDifference({ times: [1, 2], before: 1, controls: [path('a', [1, 2])], treated: [path('c', [5, 9])] }, { units: [1], times: [1] }) // => 3
 */
export function doubleDifference(panel: Panel, { units, times }: PanelWeights): number {
	const { before, controls, treated } = panel;
	const gap = meanPath(treated);
	for (const [j, { outcomes }] of controls.entries()) {
		const weight = units[j] ?? 0;
		if (weight === 0) continue;
		for (let t = 0; t < gap.length; t += 1) gap[t] = (gap[t] ?? 0) - weight * (outcomes[t] ?? 0);
	}
	let effect = 0;
	for (let t = 0; t < gap.length; t += 1) {
		effect += (gap[t] ?? 0) * (t < before ? -(times[t] ?? 0) : 1 / (gap.length - before));
	}
	return effect;
}
