import { type Estimate, estimate, type TooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { lacking, meanPath, type Panel } from './panel.ts';
import { placeboDraws } from './placebo-error.ts';
import {
	controlWeights,
	differenceWeights,
	doubleDifference,
	equalWeights,
	type PanelWeights,
	stepSpread,
} from './synthetic-weights.ts';

/** How controls and times before are weighed. */
export type PanelMethod = 'synthetic-difference' | 'synthetic-control' | 'difference-in-differences';

/** The effect on the treated, averaged over the times after. */
export type PanelEffect = Estimate & {
	readonly standardError: number;
	/** How far another seed would move the standard error. */
	readonly monteCarloError: number;
	/** Effects found among controls, where there is none. */
	readonly placeboEffects: readonly number[];
	/** Weight of each control, by name, largest first; those of 0 are left out. */
	readonly unitWeights: readonly { readonly unit: string; readonly weight: number }[];
	/** Weight of each time before; those of 0 are left out. */
	readonly timeWeights: readonly { readonly time: string | number; readonly weight: number }[];
	/** Treated and weighted controls at each time, as they are (a constant gap is part of the comparison). */
	readonly path: readonly {
		readonly time: string | number;
		readonly treated: number;
		readonly synthetic: number;
	}[];
	/** Root mean square of the gap before, around its mean where levels may differ: the fit that must be good. */
	readonly misfitBefore: number;
};

/**
 * What did a change do to those it touched, judged by others it did not touch?
 *
 * `synthetic-difference` (default) weighs controls and times so that before the change the controls move like the
 * treated; `synthetic-control` builds one mixture of controls with the same level and path; `difference-in-differences`
 * weighs all alike. The standard error is the spread of effects among placebos ({@link placeboDraws}), the interval
 * normal.
 *
 * Assumptions: 1. controls are not touched by the change; 2. without it, treated and weighted controls would have gone
 * on alike; 3. the treated are as noisy as the controls; 4. the start was not chosen after seeing the outcome. Look at
 * `misfitBefore`, at {@link placeboInTime} and at {@link leaveOneOut} before believing it.
 *
 * Source: Arkhangelsky et al., American Economic Review 111, 2021; Abadie et al., JASA 105, 2010.
 *
 * @param panel From {@link panel}.
 * @param options `method`; `draws` of placebos (200 unless given); `seed`; `level` of the interval (0.95).
 * @returns `too-few` without a treated unit, two times before, or at least two controls more than treated units.
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * const controls = [path('a', [1, 2, 3]), path('b', [2, 4, 4]), path('c', [5, 5, 7])]
 * panelEffect({ times: [1, 2, 3], before: 2, controls, treated: [path('t', [1, 3, 9])] }, { method: 'difference-in-differences', seed: 1 }).value // => 5.5
 */
export function panelEffect(
	panel: Panel,
	{
		method = 'synthetic-difference',
		draws = 200,
		seed,
		level = 0.95,
	}: {
		readonly method?: PanelMethod;
		readonly draws?: number;
		readonly seed: number;
		readonly level?: number;
	},
): PanelEffect | TooFew {
	const z = criticalValue(level);
	const refusal = lacking(panel, { controlsNeeded: panel.treated.length + 2 });
	if (refusal) return refusal;
	// Placebos are penalised like the original, so their noise is that of all controls.
	const weigh = weighingOf(method, stepSpread(panel));
	const weights = weigh(panel);
	const value = doubleDifference(panel, weights);
	const placebos = placeboDraws(panel, placebo => doubleDifference(placebo, weigh(placebo)), { draws, seed });
	const half = z * placebos.standardError;
	return estimate({
		value,
		low: value - half,
		high: value + half,
		n: (panel.controls.length + panel.treated.length) * panel.times.length,
		method: `${method}, placebo standard error`,
		level,
		standardError: placebos.standardError,
		monteCarloError: placebos.monteCarloError,
		placeboEffects: placebos.effects,
		...describe(panel, weights, method),
	});
}

/**
 * The effect alone, for placebos and leave-one-out.
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * const controls = [path('a', [1, 2, 3]), path('b', [2, 4, 4])]
 * panelEstimator('difference-in-differences')({ times: [1, 2, 3], before: 2, controls, treated: [path('t', [1, 3, 9])] }) // => 5.75
 */
export function panelEstimator(method: PanelMethod): (panel: Panel) => number {
	return panel => doubleDifference(panel, weighingOf(method, stepSpread(panel))(panel));
}

function weighingOf(method: PanelMethod, noise: number): (panel: Panel) => PanelWeights {
	switch (method) {
		case 'synthetic-difference':
			return panel => differenceWeights(panel, noise);
		case 'synthetic-control':
			return controlWeights;
		case 'difference-in-differences':
			return equalWeights;
	}
}

function describe(
	panel: Panel,
	{ units, times }: PanelWeights,
	method: PanelMethod,
): Pick<PanelEffect, 'unitWeights' | 'timeWeights' | 'path' | 'misfitBefore'> {
	const treated = meanPath(panel.treated);
	const path = panel.times.map((time, t) => ({
		time,
		treated: treated[t] ?? 0,
		synthetic: panel.controls.reduce((sum, { outcomes }, j) => sum + (units[j] ?? 0) * (outcomes[t] ?? 0), 0),
	}));
	const gaps = path.slice(0, panel.before).map(point => point.treated - point.synthetic);
	const level = method === 'synthetic-control' ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
	return {
		unitWeights: panel.controls
			.map(({ unit }, j) => ({ unit, weight: units[j] ?? 0 }))
			.filter(({ weight }) => weight > 0)
			.sort((a, b) => b.weight - a.weight),
		timeWeights: panel.times
			.slice(0, panel.before)
			.map((time, t) => ({ time, weight: times[t] ?? 0 }))
			.filter(({ weight }) => weight > 0),
		path,
		misfitBefore: Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - level) ** 2, 0) / gaps.length),
	};
}
