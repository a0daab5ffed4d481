import { type Estimate, estimate, type NotConverged, notConverged, type TooFew } from '../figure.ts';
import type { PetriNet } from './petri-net.ts';
import { ReachableMarkings } from './reachable-markings.ts';
import { shareOfSums } from './share-of-sums.ts';
import type { Variant } from './variants.ts';

/** One move of a journey beside the intended one. */
export type Move = {
	/** `together`: it happened as intended; `only-happened`: not intended here; `only-intended`: left out. */
	readonly kind: 'together' | 'only-happened' | 'only-intended';
	readonly step: string;
};

/** The cheapest way to read one journey as the intended one. */
export type Alignment = {
	readonly steps: readonly string[];
	readonly journeys: number;
	/** Moves that are not `together`. */
	readonly cost: number;
	/** 0…1: 1 − cost / (steps + the shortest way through). */
	readonly fitness: number;
	readonly moves: readonly Move[];
};

/** How well what happened fits what was intended, by alignment. */
export type Alignments = {
	readonly kind: 'alignments';
	/** Over all journeys together, with its interval. */
	readonly fitness: Estimate | TooFew;
	readonly meanFitness: number;
	readonly fittingJourneys: number;
	readonly journeys: number;
	/** Steps of the shortest way through the intended journey. */
	readonly shortestWay: number;
	readonly alignments: readonly Alignment[];
};

/**
 * Where do real journeys leave the intended one, and by how much? (exact)
 *
 * Each way through is laid beside the net so that the fewest moves stand alone: a step that happened but was not
 * intended costs 1, an intended step that did not happen costs 1, routing costs nothing.
 *
 * Assumptions: all deviations weigh the same; every journey should begin at the start and finish at the end of the
 * net, so a journey still under way is charged for what it has not done yet (leave open journeys out).
 *
 * Source: Adriansyah, "Aligning observed and modeled behavior", PhD thesis, TU Eindhoven 2014; solved here by
 * breadth-first search over 0/1 costs on the synchronous product.
 *
 * @param net From {@link petriNet}.
 * @param variants Ways through with the number of journeys that took each.
 * @param options `level` of the interval (0.95); `maximumStates` looked at for one way through (1,000,000).
 * @returns `not-converged` when the end of the net cannot be reached or a search grew past `maximumStates`.
 *
 * @example
 * const net = { places: ['s', 'e'], transitions: [{ step: 'a', consumes: [0], produces: [1] }], initial: [1, 0], final: [0, 1] }
 * align(net, [{ steps: ['a', 'b'], journeys: 2 }]).alignments[0].moves[1] // => { kind: 'only-happened', step: 'b' }
 */
export function align(
	net: PetriNet,
	variants: readonly Variant[],
	{
		level = 0.95,
		maximumStates = 1_000_000,
	}: { readonly level?: number; readonly maximumStates?: number } = {},
): Alignments | NotConverged {
	const markings = new ReachableMarkings(net);
	const shortest = cheapestMoves(markings, [], maximumStates);
	if (!shortest) {
		return notConverged(
			`the end of the net was not reached within ${maximumStates} states; check its routes`,
		);
	}
	const shortestWay = shortest.length;
	const alignments: Alignment[] = [];
	for (const { steps, journeys } of variants) {
		const moves = cheapestMoves(markings, steps, maximumStates);
		if (!moves) return notConverged(`no alignment within ${maximumStates} states for ${steps.join(' > ')}`);
		const cost = moves.filter(move => move.kind !== 'together').length;
		const fitness = 1 - cost / (steps.length + shortestWay);
		alignments.push({ steps, journeys, cost, fitness, moves });
	}
	const journeys = alignments.reduce((sum, each) => sum + each.journeys, 0);
	return {
		kind: 'alignments',
		fitness: logFitness(alignments, shortestWay, level),
		meanFitness:
			alignments.reduce((sum, each) => sum + each.journeys * each.fitness, 0) / Math.max(1, journeys),
		fittingJourneys: alignments.reduce((sum, each) => sum + (each.cost === 0 ? each.journeys : 0), 0),
		journeys,
		shortestWay,
		alignments,
	};
}

/** Search over (marking, position in the steps); states of equal cost are kept on one list, one dearer on the next. */
function cheapestMoves(
	markings: ReachableMarkings,
	steps: readonly string[],
	maximumStates: number,
): Move[] | undefined {
	const width = steps.length + 1;
	const cameFrom = new Map<number, { readonly previous: number; readonly move: Move | null }>();
	const finished = new Set<number>();
	let cheap: Reached[] = [{ state: markings.initial * width, previous: -1, move: null }];
	let dearer: Reached[] = [];
	while (cheap.length > 0) {
		for (let reached = cheap.pop(); reached; reached = cheap.pop()) {
			const { state, previous, move } = reached;
			if (finished.has(state)) continue;
			if (finished.size >= maximumStates) return undefined;
			finished.add(state);
			cameFrom.set(state, { previous, move });
			const marking = Math.floor(state / width);
			const position = state % width;
			const step = steps[position];
			if (step === undefined && marking === markings.final) return movesTo(cameFrom, state);
			if (step !== undefined) {
				dearer.push({ state: state + 1, previous: state, move: { kind: 'only-happened', step } });
			}
			for (const next of markings.after(marking)) {
				const target = next.marking * width + position;
				if (next.step === null) {
					cheap.push({ state: target, previous: state, move: null });
					continue;
				}
				dearer.push({ state: target, previous: state, move: { kind: 'only-intended', step: next.step } });
				if (next.step === step) {
					cheap.push({ state: target + 1, previous: state, move: { kind: 'together', step } });
				}
			}
		}
		[cheap, dearer] = [dearer, cheap];
	}
	return undefined;
}

type Reached = { readonly state: number; readonly previous: number; readonly move: Move | null };

function movesTo(
	cameFrom: ReadonlyMap<number, { readonly previous: number; readonly move: Move | null }>,
	state: number,
): Move[] {
	const moves: Move[] = [];
	for (let at = cameFrom.get(state); at; at = cameFrom.get(at.previous)) if (at.move) moves.push(at.move);
	return moves.reverse();
}

function logFitness(alignments: readonly Alignment[], shortestWay: number, level: number): Estimate | TooFew {
	const lack = shareOfSums(
		alignments.map(({ journeys, cost, steps }) => ({
			journeys,
			numerator: cost,
			denominator: steps.length + shortestWay,
		})),
		'alignment, linearised ratio interval',
		level,
	);
	if (lack.kind === 'too-few') return lack;
	return estimate({ ...lack, value: 1 - lack.value, low: 1 - lack.high, high: 1 - lack.low });
}
