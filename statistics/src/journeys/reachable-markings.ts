import { fire, type Marking, missingTokens, type PetriNet } from './petri-net.ts';

/** A way to go on from a marking: the step it shows (null for routing) and the marking it leads to. */
export type Onward = { readonly step: string | null; readonly marking: number };

/**
 * The markings of a net by number, worked out once and only when asked for; alignments of many journeys share them.
 *
 * @example
 * const net = { places: ['s', 'e'], transitions: [{ step: 'a', consumes: [0], produces: [1] }], initial: [1, 0], final: [0, 1] }
 * new ReachableMarkings(net).after(0) // => [{ step: 'a', marking: 1 }]
 */
export class ReachableMarkings {
	readonly #net: PetriNet;
	readonly #numbers = new Map<string, number>();
	readonly #markings: Marking[] = [];
	readonly #onward: Onward[][] = [];
	/** Number of the initial marking. */
	readonly initial: number;
	/** Number of the final marking. */
	readonly final: number;

	constructor(net: PetriNet) {
		this.#net = net;
		this.initial = this.#numberOf(net.initial);
		this.final = this.#numberOf(net.final);
	}

	/** What can happen next at this marking. */
	after(number: number): readonly Onward[] {
		const known = this.#onward[number];
		if (known) return known;
		const marking = this.#markings[number];
		if (!marking) throw new RangeError(`number must be of a marking seen before, got ${number}`);
		const onward = this.#net.transitions
			.filter(transition => missingTokens(marking, transition) === 0)
			.map(transition => ({ step: transition.step, marking: this.#numberOf(fire(marking, transition)) }));
		this.#onward[number] = onward;
		return onward;
	}

	/** These markings and all that routing alone leads to from them. */
	afterRouting(numbers: Iterable<number>, limit = 100_000): Set<number> {
		const reached = new Set(numbers);
		for (const number of reached) {
			if (reached.size > limit) break;
			for (const { step, marking } of this.after(number)) if (step === null) reached.add(marking);
		}
		return reached;
	}

	#numberOf(marking: Marking): number {
		const key = marking.join();
		const known = this.#numbers.get(key);
		if (known !== undefined) return known;
		this.#markings.push(marking);
		this.#numbers.set(key, this.#markings.length - 1);
		return this.#markings.length - 1;
	}
}
