import type { Estimate, TooFew } from '../figure.ts';
import { meanOfValues } from '../numerics/mean-of-values.ts';
import { median } from '../numerics/quantile.ts';
import type { Journey } from './journeys-from-events.ts';

/** How often one step was followed at once by another, and how long that took. */
export type FollowingSteps = {
	readonly from: string;
	readonly to: string;
	/** Times the step was taken. */
	readonly count: number;
	/** Journeys that took it at least once. */
	readonly journeys: number;
	/** Mean wait between the two in seconds, with a t interval. */
	readonly meanWait: Estimate | TooFew;
	/** Middle wait in seconds: the one to read, because waits are skewed. */
	readonly medianWaitSeconds: number;
};

/** The directly-follows graph of a set of journeys. */
export type DirectlyFollows = {
	readonly events: number;
	readonly journeys: number;
	/** Times each step happened. */
	readonly steps: ReadonlyMap<string, number>;
	/** Journeys that began with each step. */
	readonly starts: ReadonlyMap<string, number>;
	/** Journeys whose last known step was each step. */
	readonly ends: ReadonlyMap<string, number>;
	/** Edges, most travelled first; ties by name. */
	readonly edges: readonly FollowingSteps[];
	/** Mean time from first to last step in seconds, with a t interval. */
	readonly meanDuration: Estimate | TooFew;
};

/**
 * What do people do next, how often, and how long do they wait before it?
 *
 * Assumptions: 1. each event is a point in time (merge start and completion first); 2. the order within a journey is
 * the order of events (ties keep the order given). Counts are of the graph as it is: dropping steps before or after
 * would create edges nobody travelled, so filter edges for display only and never re-read counts as people.
 *
 * Source: van der Aalst, "Process Mining: Data Science in Action", 2nd ed. 2016, ch. 5 and 7.
 *
 * @param journeys From {@link journeysFromEvents}.
 * @param options `level` of the intervals, 0.95 unless given. An interval needs two waits.
 *
 * @example
 * const journey = { id: 'j', steps: ['order', 'pay', 'pay'], at: [0, 60_000, 180_000] }
 * directlyFollows([journey]).edges.map(edge => [edge.from, edge.to, edge.count, edge.medianWaitSeconds]) // => [['order', 'pay', 1, 60], ['pay', 'pay', 1, 120]]
 */
export function directlyFollows(
	journeys: readonly Journey[],
	{ level = 0.95 }: { readonly level?: number } = {},
): DirectlyFollows {
	const steps = new Map<string, number>();
	const starts = new Map<string, number>();
	const ends = new Map<string, number>();
	const edges = new Map<string, Map<string, EdgeTally>>();
	const durations: number[] = [];
	let events = 0;
	for (const journey of journeys) {
		const last = journey.steps.length - 1;
		if (last < 0) throw new RangeError(`journeys must each have a step, got none in ${journey.id}`);
		events += journey.steps.length;
		durations.push(secondsBetween(journey, 0, last));
		for (const [position, step] of journey.steps.entries()) {
			increase(steps, step);
			if (position === 0) increase(starts, step);
			const next = journey.steps[position + 1];
			if (next === undefined) increase(ends, step);
			else tallyOf(edges, step, next).add(journey.id, secondsBetween(journey, position, position + 1));
		}
	}
	const list: FollowingSteps[] = [];
	for (const [from, targets] of edges) {
		for (const [to, tally] of targets) list.push(tally.summary(from, to, level));
	}
	list.sort((a, b) => b.count - a.count || compare(a.from, b.from) || compare(a.to, b.to));
	return {
		events,
		journeys: journeys.length,
		steps,
		starts,
		ends,
		edges: list,
		meanDuration: meanOfValues(durations, level),
	};
}

class EdgeTally {
	readonly #waits: number[] = [];
	#lastJourney: string | undefined;
	#journeys = 0;

	add(journey: string, waitSeconds: number): void {
		this.#waits.push(waitSeconds);
		if (journey !== this.#lastJourney) this.#journeys += 1;
		this.#lastJourney = journey;
	}

	summary(from: string, to: string, level: number): FollowingSteps {
		return {
			from,
			to,
			count: this.#waits.length,
			journeys: this.#journeys,
			meanWait: meanOfValues(this.#waits, level),
			medianWaitSeconds: median(this.#waits),
		};
	}
}

function tallyOf(edges: Map<string, Map<string, EdgeTally>>, from: string, to: string): EdgeTally {
	let targets = edges.get(from);
	if (!targets) {
		targets = new Map();
		edges.set(from, targets);
	}
	let tally = targets.get(to);
	if (!tally) {
		tally = new EdgeTally();
		targets.set(to, tally);
	}
	return tally;
}

function increase(counts: Map<string, number>, key: string): void {
	counts.set(key, (counts.get(key) ?? 0) + 1);
}

function secondsBetween(journey: Journey, from: number, to: number): number {
	const [start, end] = [journey.at[from], journey.at[to]];
	if (start === undefined || end === undefined) {
		throw new RangeError(`at must be as long as steps, got ${journey.at.length} times in ${journey.id}`);
	}
	return (end - start) / 1000;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
