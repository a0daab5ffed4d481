import type { Estimate, TooFew } from '../figure.ts';
import { median } from '../numerics/quantile.ts';
import { wilson } from '../scores/wilson.ts';
import type { Journey } from './journeys-from-events.ts';

/** Whether and when one step follows another. */
export type EventuallyFollows = {
	/** Of the journeys with the first step, the share with the second at some later point; Wilson interval. */
	readonly share: Estimate | TooFew;
	/** Middle wait from the first `from` to the next `to`, in seconds; undefined when none followed. */
	readonly medianWaitSeconds: number | undefined;
};

/**
 * After this step, how many sooner or later take that one?
 *
 * Assumption: journeys are complete. In journeys still under way the second step may be yet to come, which makes the
 * share too low: ask survival for those. Refuses the share with `too-few` when no journey has the first step.
 *
 * @param journeys Journeys with steps and times in order.
 * @param options `from` and `to` step; `level` of the interval, 0.95 unless given.
 *
 * @example
 * const journeys = [{ id: '1', steps: ['complaint', 'reply', 'leave'], at: [0, 1000, 5000] }, { id: '2', steps: ['complaint'], at: [0] }]
 * eventuallyFollows(journeys, { from: 'complaint', to: 'leave' }).share.value // => 0.5
 */
export function eventuallyFollows(
	journeys: readonly Journey[],
	{ from, to, level = 0.95 }: { readonly from: string; readonly to: string; readonly level?: number },
): EventuallyFollows {
	const waits: number[] = [];
	let withFirst = 0;
	for (const { steps, at } of journeys) {
		const first = steps.indexOf(from);
		if (first < 0) continue;
		withFirst += 1;
		const second = steps.indexOf(to, first + 1);
		if (second >= 0) waits.push(((at[second] ?? 0) - (at[first] ?? 0)) / 1000);
	}
	return {
		share: wilson({ successes: waits.length, n: withFirst, level }),
		medianWaitSeconds: waits.length > 0 ? median(waits) : undefined,
	};
}
