import { type Estimate, estimate, type TooFew } from '../figure.ts';
import { fire, type Marking, missingTokens, nearestMarking, type PetriNet } from './petri-net.ts';
import { shareOfSums } from './share-of-sums.ts';
import type { Variant } from './variants.ts';

/** The tokens counted while one way through was replayed. */
export type Replay = {
	readonly steps: readonly string[];
	readonly journeys: number;
	readonly missing: number;
	readonly consumed: number;
	readonly remaining: number;
	readonly produced: number;
	/** 0…1; 1 when the steps are exactly a way through the intended journey. */
	readonly fitness: number;
};

/** How well what happened fits what was intended, by token replay. */
export type TokenReplay = {
	readonly kind: 'token-replay';
	/** Over all tokens of all journeys: the figure the literature calls log fitness, with its interval. */
	readonly fitness: Estimate | TooFew;
	/** Mean of the fitness of each journey, where long journeys count no more than short ones. */
	readonly meanFitness: number;
	/** Journeys that fit perfectly. */
	readonly fittingJourneys: number;
	/** All journeys replayed. */
	readonly journeys: number;
	readonly replays: readonly Replay[];
};

/**
 * How well do real journeys fit the intended one? (quick; for where they leave it, use {@link align})
 *
 * Each journey plays its steps on the net. Tokens that had to be supplied (missing) and tokens left over (remaining)
 * lower the fitness: ½(1 − missing/consumed) + ½(1 − remaining/produced).
 *
 * Assumptions: 1. steps the net does not know are ignored; 2. routing transitions fire only when they help (the
 * nearest marking that allows the step, and at the end the final one); 3. of two transitions with the same step the
 * one lacking fewest tokens is taken. A net that floods with tokens makes replay optimistic; alignment is not fooled.
 *
 * Source: Rozinat & van der Aalst, "Conformance checking of processes based on monitoring real behavior",
 * Information Systems 33(1), 2008.
 *
 * @param net From {@link petriNet}.
 * @param variants Ways through with the number of journeys that took each.
 * @param options `level` of the interval, 0.95 unless given. Fewer than 2 journeys give `too-few` as fitness.
 *
 * @example
 * const net = { places: ['s', 'e'], transitions: [{ step: 'a', consumes: [0], produces: [1] }], initial: [1, 0], final: [0, 1] }
 * tokenReplay(net, [{ steps: ['a'], journeys: 3 }, { steps: [], journeys: 1 }]).fittingJourneys // => 3
 */
export function tokenReplay(
	net: PetriNet,
	variants: readonly Variant[],
	{ level = 0.95 }: { readonly level?: number } = {},
): TokenReplay {
	const replays = variants.map(variant => replay(net, variant));
	const journeys = replays.reduce((sum, each) => sum + each.journeys, 0);
	return {
		kind: 'token-replay',
		fitness: logFitness(replays, level),
		meanFitness: replays.reduce((sum, each) => sum + each.journeys * each.fitness, 0) / Math.max(1, journeys),
		fittingJourneys: replays.reduce((sum, each) => sum + (each.fitness === 1 ? each.journeys : 0), 0),
		journeys,
		replays,
	};
}

function replay(net: PetriNet, { steps, journeys }: Variant): Replay {
	const known = new Set(net.transitions.map(transition => transition.step));
	const total = (marking: Marking): number => marking.reduce((sum, tokens) => sum + tokens, 0);
	let marking = net.initial;
	let produced = total(net.initial);
	let consumed = 0;
	let missing = 0;
	const moveTo = (target: Marking | undefined): void => {
		if (target) marking = target;
	};
	for (const step of steps) {
		if (!known.has(step)) continue;
		const candidates = net.transitions.filter(transition => transition.step === step);
		const isReady = (at: Marking): boolean => candidates.some(each => missingTokens(at, each) === 0);
		moveTo(nearestMarking(net, marking, isReady));
		const chosen = candidates.reduce((best, each) =>
			missingTokens(marking, each) < missingTokens(marking, best) ? each : best,
		);
		missing += missingTokens(marking, chosen);
		consumed += chosen.consumes.length;
		produced += chosen.produces.length;
		marking = fire(marking, chosen);
	}
	moveTo(nearestMarking(net, marking, at => at.join() === net.final.join()));
	consumed += total(net.final);
	let remaining = 0;
	for (const [place, needed] of net.final.entries()) {
		const tokens = marking[place] ?? 0;
		missing += Math.max(0, needed - tokens);
		remaining += Math.max(0, tokens - needed);
	}
	const fitness = 1 - missing / consumed / 2 - remaining / produced / 2;
	return { steps, journeys, missing, consumed, remaining, produced, fitness };
}

/** Sum over the log of both halves; its interval is that of the two lacks linearised together. */
function logFitness(replays: readonly Replay[], level: number): Estimate | TooFew {
	const sum = (pick: (each: Replay) => number): number =>
		replays.reduce((total, each) => total + each.journeys * pick(each), 0);
	const consumed = sum(each => each.consumed);
	const produced = sum(each => each.produced);
	const lack = shareOfSums(
		replays.map(each => ({
			journeys: each.journeys,
			// Scaled so that Σ numerator / Σ denominator is ½ missing/consumed + ½ remaining/produced.
			numerator: (each.missing + (each.remaining * consumed) / Math.max(1, produced)) / 2,
			denominator: (each.consumed + (each.produced * consumed) / Math.max(1, produced)) / 2,
		})),
		'token replay, linearised ratio interval',
		level,
	);
	if (lack.kind === 'too-few') return lack;
	return estimate({ ...lack, value: 1 - lack.value, low: 1 - lack.high, high: 1 - lack.low });
}
