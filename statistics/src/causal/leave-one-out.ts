import type { TooFew } from '../figure.ts';
import { lacking, type Panel } from './panel.ts';
import { type PanelMethod, panelEstimator } from './panel-effect.ts';

/** The effect as it is, and as it would be without each control. */
export type LeaveOneOut = {
	readonly kind: 'leave-one-out';
	readonly effect: number;
	/** By control, the one that moves the effect most first. */
	readonly without: readonly { readonly unit: string; readonly effect: number }[];
	/** Range of all these effects. */
	readonly low: number;
	readonly high: number;
	readonly n: number;
	readonly method: string;
};

/**
 * Does the effect hang on a single control?
 *
 * @param panel From {@link panel}.
 * @param options `method` as for {@link panelEffect}.
 * @returns `too-few` below 3 controls, a treated unit or two times before. The range is not a confidence interval.
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * const controls = [path('a', [1, 2, 3]), path('b', [2, 4, 4]), path('c', [5, 5, 7])]
 * leaveOneOut({ times: [1, 2, 3], before: 2, controls, treated: [path('t', [1, 3, 9])] }, { method: 'difference-in-differences' }).without[0].unit // => 'b'
 */
export function leaveOneOut(
	panel: Panel,
	{ method = 'synthetic-difference' }: { readonly method?: PanelMethod } = {},
): LeaveOneOut | TooFew {
	const refusal = lacking(panel, { controlsNeeded: 3 });
	if (refusal) return refusal;
	const estimator = panelEstimator(method);
	const effect = estimator(panel);
	const without = panel.controls
		.map(({ unit }) => ({
			unit,
			effect: estimator({ ...panel, controls: panel.controls.filter(control => control.unit !== unit) }),
		}))
		.sort((a, b) => Math.abs(b.effect - effect) - Math.abs(a.effect - effect));
	const effects = [effect, ...without.map(each => each.effect)];
	return {
		kind: 'leave-one-out',
		effect,
		without,
		low: Math.min(...effects),
		high: Math.max(...effects),
		n: panel.controls.length,
		method: `${method}, one control left out at a time`,
	};
}
