import type { Estimate, TooFew } from '../figure.ts';
import { wilson } from '../scores/wilson.ts';

/** How often things are done again. */
export type Rework = {
	/** Share of journeys in which some step happened more than once, with a Wilson interval. */
	readonly share: Estimate | TooFew;
	/** Steps that were repeated: journeys that repeated it, and how many times it was done again in all. */
	readonly steps: ReadonlyMap<string, { readonly journeys: number; readonly repeats: number }>;
};

/**
 * How often does a customer have to do something again?
 *
 * Assumption: a step that happens twice in one journey is the same thing done again; name steps so that it is.
 * Refuses the share with `too-few` when there are no journeys.
 *
 * @param journeys Journeys with their steps.
 * @param options `level` of the interval, 0.95 unless given.
 *
 * @example
 * rework([{ steps: ['call', 'call'] }, { steps: ['call'] }]).share.value // => 0.5
 */
export function rework(
	journeys: readonly { readonly steps: readonly string[] }[],
	{ level = 0.95 }: { readonly level?: number } = {},
): Rework {
	const steps = new Map<string, { journeys: number; repeats: number }>();
	let withRework = 0;
	for (const journey of journeys) {
		const times = new Map<string, number>();
		for (const step of journey.steps) times.set(step, (times.get(step) ?? 0) + 1);
		if (times.size < journey.steps.length) withRework += 1;
		for (const [step, count] of times) {
			if (count < 2) continue;
			const tally = steps.get(step) ?? { journeys: 0, repeats: 0 };
			steps.set(step, { journeys: tally.journeys + 1, repeats: tally.repeats + count - 1 });
		}
	}
	return { share: wilson({ successes: withRework, n: journeys.length, level }), steps };
}
