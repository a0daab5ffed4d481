import type { TooFew } from '../figure.ts';
import { lacking, type Panel } from './panel.ts';
import { controlWeights } from './synthetic-weights.ts';

/** How the treated unit stands among all units, each taken for treated in turn. */
export type PlaceboInSpace = {
	readonly kind: 'test';
	/** Share of units whose fit broke down at least as much after the start, the treated among them. */
	readonly p: number;
	/** Mean square of the gap after over that before, by unit, largest first. */
	readonly ratios: readonly { readonly unit: string; readonly ratio: number; readonly isTreated: boolean }[];
	/** The smallest p that this many units can give. */
	readonly smallestP: number;
	readonly n: number;
	readonly method: string;
};

/**
 * Would the same effect have been found for units that were not treated?
 *
 * A synthetic control is built for each unit in turn from the controls; for each, the mean square of the gap after is
 * divided by that before, so that units without a good fit do not look affected.
 *
 * Assumption: had nothing happened, the treated unit could have been any of them. With 19 controls p cannot be below
 * 0.05, whatever the effect.
 *
 * Source: Abadie, Diamond & Hainmueller, JASA 105, 2010, §3.4.
 *
 * @param panel With exactly one treated unit.
 * @returns `too-few` below 5 controls or 3 times before.
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * const controls = ['a', 'b', 'c', 'd', 'e', 'f'].map((unit, i) => path(unit, [1, 2, 3, 4, 5].map(t => Math.sin(9 * i + 5 * t))))
 * placeboInSpace({ times: [1, 2, 3, 4, 5], before: 4, controls, treated: [path('t', [0, 0.2, 0, 0.3, 9])] }).p // => 0.14285714...
 */
export function placeboInSpace(panel: Panel): PlaceboInSpace | TooFew {
	const refusal = lacking(panel, { controlsNeeded: 5, beforeNeeded: 3 });
	if (refusal) return refusal;
	const [treated, ...others] = panel.treated;
	if (!treated || others.length > 0) {
		throw new RangeError(`panel must have exactly one treated unit, got ${panel.treated.length}`);
	}
	const ratioOf = (unit: string): number => {
		const taken = unit === treated.unit ? treated : panel.controls.find(control => control.unit === unit);
		return breakdown({
			...panel,
			controls: panel.controls.filter(control => control.unit !== unit),
			treated: taken ? [taken] : [],
		});
	};
	const ratios = [treated, ...panel.controls]
		.map(({ unit }) => ({ unit, ratio: ratioOf(unit), isTreated: unit === treated.unit }))
		.sort((a, b) => b.ratio - a.ratio);
	const own = ratios.find(({ isTreated }) => isTreated)?.ratio ?? 0;
	return {
		kind: 'test',
		p: ratios.filter(({ ratio }) => ratio >= own).length / ratios.length,
		ratios,
		smallestP: 1 / ratios.length,
		n: ratios.length,
		method: 'placebo in space, ratio of mean squared gaps',
	};
}

function breakdown(panel: Panel): number {
	const { units } = controlWeights(panel);
	let before = 0;
	let after = 0;
	for (let t = 0; t < panel.times.length; t += 1) {
		let gap = panel.treated[0]?.outcomes[t] ?? 0;
		for (const [j, { outcomes }] of panel.controls.entries()) gap -= (units[j] ?? 0) * (outcomes[t] ?? 0);
		if (t < panel.before) before += (gap * gap) / panel.before;
		else after += (gap * gap) / (panel.times.length - panel.before);
	}
	// A perfect fit before leaves nothing to divide by; the floor keeps the order of the ratios.
	return after / Math.max(before, 1e-12 * (after || 1));
}
