import { type TooFew, tooFew } from '../figure.ts';
import type { PetriNet } from './petri-net.ts';
import { ReachableMarkings } from './reachable-markings.ts';
import type { Variant } from './variants.ts';

/** How much of what the intended journey allows was ever used. */
export type Precision = {
	readonly kind: 'precision';
	/** 0…1; near 0 the net allows almost anything and fits everybody without saying much. */
	readonly value: number;
	/** Journeys that were looked at. */
	readonly n: number;
	/** Choices the net offered, counted once for each journey that stood before them. */
	readonly offered: number;
	/** Of these, the choices nobody with the same past ever took. */
	readonly escaping: number;
	readonly method: string;
};

/**
 * Does the intended journey say something, or does it allow anything?
 *
 * At every point a journey stood, the steps the net offers are compared with the steps that journeys with the same
 * past took: 1 − escaping / offered, weighted by journeys. It describes this log and no population, so it carries no
 * sampling interval: more journeys can only raise it.
 *
 * Assumption: journeys are compared up to the point where they leave the net.
 * Source: Muñoz-Gama & Carmona, "A fresh look at precision in process conformance", BPM 2010 (ETC precision).
 *
 * @param net From {@link petriNet}.
 * @param variants Ways through with the number of journeys that took each.
 * @returns `too-few` when there are no journeys or the net offers nothing.
 *
 * @example
 * const net = { places: ['s', 'e'], transitions: [{ step: 'a', consumes: [0], produces: [1] }, { step: 'b', consumes: [0], produces: [1] }], initial: [1, 0], final: [0, 1] }
 * precision(net, [{ steps: ['a'], journeys: 3 }]).value // => 0.5
 */
export function precision(net: PetriNet, variants: readonly Variant[]): Precision | TooFew {
	const markings = new ReachableMarkings(net);
	const n = variants.reduce((sum, each) => sum + each.journeys, 0);
	const start: Point = { markings: markings.afterRouting([markings.initial]), journeys: n, next: new Map() };
	for (const { steps, journeys } of variants) {
		let point: Point | undefined = start;
		for (const [position, step] of steps.entries()) {
			if (!point) break;
			point = follow(markings, point, step);
			// The last step is followed by no choice, so nobody stands before one there.
			if (point && position < steps.length - 1) point.journeys += journeys;
		}
	}
	const total = { offered: 0, escaping: 0 };
	count(markings, start, total);
	if (total.offered === 0) return tooFew(0, 1);
	return {
		kind: 'precision',
		value: 1 - total.escaping / total.offered,
		n,
		...total,
		method: 'escaping edges',
	};
}

/** A past that journeys share: where the net may be, how many stand there with a step to come, and what they do. */
type Point = {
	readonly markings: ReadonlySet<number>;
	journeys: number;
	readonly next: Map<string, Point | undefined>;
};

/** The point after `step`; undefined when the net does not allow it. The step counts as taken either way. */
function follow(markings: ReachableMarkings, point: Point, step: string): Point | undefined {
	if (point.next.has(step)) return point.next.get(step);
	const targets = new Set<number>();
	for (const marking of point.markings) {
		for (const onward of markings.after(marking)) if (onward.step === step) targets.add(onward.marking);
	}
	const reached: Point | undefined =
		targets.size === 0
			? undefined
			: { markings: markings.afterRouting(targets), journeys: 0, next: new Map<string, Point | undefined>() };
	point.next.set(step, reached);
	return reached;
}

function count(
	markings: ReachableMarkings,
	point: Point,
	total: { offered: number; escaping: number },
): void {
	const offered = new Set<string>();
	for (const marking of point.markings) {
		for (const { step } of markings.after(marking)) if (step !== null) offered.add(step);
	}
	for (const step of offered) {
		total.offered += point.journeys;
		if (!point.next.has(step)) total.escaping += point.journeys;
	}
	for (const next of point.next.values()) if (next) count(markings, next, total);
}
