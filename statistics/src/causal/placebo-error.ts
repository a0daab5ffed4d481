import { Random } from '../numerics/random.ts';
import type { Panel } from './panel.ts';

/** An estimate of the effect from a panel, without its uncertainty. */
export type PanelEstimator = (panel: Panel) => number;

/** The effects found where there was none. */
export type PlaceboDraws = {
	readonly effects: readonly number[];
	/** Their spread: the standard error of the real effect. */
	readonly standardError: number;
	/** How far that spread would move with another seed (its own standard error). */
	readonly monteCarloError: number;
};

/**
 * How large are the effects this method finds where there is none?
 *
 * In each draw as many controls as there are treated units are taken, at random, for treated and the rest for
 * controls. Assumption: treated units are as noisy as controls; with one treated unit this cannot be checked.
 *
 * Source: Arkhangelsky et al., American Economic Review 111, 2021, algorithm 4.
 *
 * @param panel With more controls than treated units.
 * @param estimator What is asked of each placebo panel.
 * @param options `draws` (200 unless given) and `seed`.
 *
 * @example
 * const path = (unit, values) => ({ unit, outcomes: new Float64Array(values) })
 * const still = { times: [1, 2], before: 1, controls: ['a', 'b', 'c'].map(unit => path(unit, [1, 1])), treated: [path('t', [1, 9])] }
 * placeboDraws(still, () => 0, { seed: 1 }).standardError // => 0
 */
export function placeboDraws(
	panel: Panel,
	estimator: PanelEstimator,
	{ draws = 200, seed }: { readonly draws?: number; readonly seed: number },
): PlaceboDraws {
	if (!Number.isInteger(draws) || draws < 20)
		throw new RangeError(`draws must be a whole number of at least 20, got ${draws}`);
	const { controls, treated } = panel;
	if (controls.length <= treated.length) {
		throw new RangeError(`controls must outnumber the treated (${treated.length}), got ${controls.length}`);
	}
	const dice = new Random(seed);
	const effects = Array.from({ length: draws }, () => {
		const shuffled = [...controls];
		for (let i = shuffled.length - 1; i > 0; i -= 1) {
			const j = dice.int(i + 1);
			const [a, b] = [shuffled[i], shuffled[j]];
			if (a && b) [shuffled[i], shuffled[j]] = [b, a];
		}
		return estimator({
			...panel,
			controls: shuffled.slice(treated.length),
			treated: shuffled.slice(0, treated.length),
		});
	});
	const mean = effects.reduce((sum, effect) => sum + effect, 0) / draws;
	const squares = effects.map(effect => (effect - mean) ** 2);
	const variance = squares.reduce((sum, square) => sum + square, 0) / draws;
	const fourth = squares.reduce((sum, square) => sum + square * square, 0) / draws;
	const standardError = Math.sqrt(variance);
	const monteCarloError =
		variance === 0 ? 0 : Math.sqrt(Math.max(0, fourth - variance ** 2) / draws) / (2 * standardError);
	return { effects, standardError, monteCarloError };
}
