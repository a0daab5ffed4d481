import type { Estimate, TooFew } from '../figure.ts';
import { wilson } from '../scores/wilson.ts';

/**
 * Of the journeys that reached their goal, how many did so the first time, without detours?
 *
 * A journey is right the first time when, up to the goal, no step happened twice and none of the unwanted steps (a
 * complaint, a call, a return) happened at all. Journeys that never reached the goal are another question and are not
 * counted. Refuses with `too-few` when no journey reached it. Interval: Wilson.
 *
 * @param journeys Journeys with their steps in order.
 * @param options `goal` step; `unwanted` steps; `level` of the interval, 0.95 unless given.
 *
 * @example
 * firstTimeRight([{ steps: ['order', 'delivered'] }, { steps: ['order', 'call', 'delivered'] }], { goal: 'delivered', unwanted: ['call'] }).value // => 0.5
 */
export function firstTimeRight(
	journeys: readonly { readonly steps: readonly string[] }[],
	{
		goal,
		unwanted = [],
		level = 0.95,
	}: { readonly goal: string; readonly unwanted?: readonly string[]; readonly level?: number },
): Estimate | TooFew {
	const reached = journeys.flatMap(({ steps }) => {
		const position = steps.indexOf(goal);
		return position < 0 ? [] : [steps.slice(0, position)];
	});
	const right = reached.filter(
		steps => new Set(steps).size === steps.length && !steps.some(step => unwanted.includes(step)),
	);
	return wilson({ successes: right.length, n: reached.length, level });
}
