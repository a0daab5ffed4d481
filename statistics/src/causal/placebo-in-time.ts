import type { TooFew } from '../figure.ts';
import { lacking, type Panel } from './panel.ts';
import { type PanelEffect, type PanelMethod, panelEffect } from './panel-effect.ts';

/** The effect found when the treatment is pretended to have begun earlier. */
export type PlaceboStart = { readonly start: string | number; readonly effect: PanelEffect | TooFew };

/**
 * Would the method have found an effect before there was one?
 *
 * Only times before the real start are used; the treatment is pretended to begin at each of the given times. Effects
 * whose interval leaves out 0 say that treated and controls were already parting, or that the change was expected.
 *
 * @param panel From {@link panel}.
 * @param options `starts` (pretended, each with two times before it), `method`, `draws`, `seed`, `level` as for
 *   {@link panelEffect}.
 * @throws RangeError when a pretended start is not between the second time and the real start.
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * const controls = [path('a', [1, 2, 3, 4]), path('b', [2, 4, 4, 5]), path('c', [5, 5, 7, 8])]
 * const treated = [path('t', [1, 2, 4, 30])]
 * placeboInTime({ times: [1, 2, 3, 4], before: 3, controls, treated }, { starts: [3], method: 'difference-in-differences', seed: 1 })[0].effect.value // => 1
 */
export function placeboInTime(
	panel: Panel,
	{
		starts,
		...options
	}: {
		readonly starts: readonly (string | number)[];
		readonly method?: PanelMethod;
		readonly draws?: number;
		readonly seed: number;
		readonly level?: number;
	},
): PlaceboStart[] {
	const cut = <T extends { readonly outcomes: Float64Array }>(units: readonly T[]): T[] =>
		units.map(unit => ({ ...unit, outcomes: unit.outcomes.subarray(0, panel.before) }));
	return starts.map(start => {
		const before = panel.times.indexOf(start);
		if (before < 2 || before >= panel.before) {
			throw new RangeError(`starts must be after the second time and before the real start, got ${start}`);
		}
		const pretended: Panel = {
			times: panel.times.slice(0, panel.before),
			before,
			controls: cut(panel.controls),
			treated: cut(panel.treated),
		};
		return { start, effect: lacking(pretended) ?? panelEffect(pretended, options) };
	});
}
