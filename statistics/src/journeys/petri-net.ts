/** A step of the intended journey: it takes a token from each place in `from` and puts one on each in `to`. */
export type Transition = {
	/** The step people see, or null for one that only routes. */
	readonly step: string | null;
	/** Places it needs; name a place twice to need two tokens. */
	readonly from: readonly string[];
	/** Places it fills. */
	readonly to: readonly string[];
};

/** Tokens on each place, in the order of {@link PetriNet.places}. */
export type Marking = readonly number[];

/** The intended journey as a workflow net, from one token on the start to one on the end. */
export type PetriNet = {
	readonly places: readonly string[];
	readonly transitions: readonly CompiledTransition[];
	readonly initial: Marking;
	readonly final: Marking;
};

/** A transition with its places as positions in {@link PetriNet.places}. */
export type CompiledTransition = {
	readonly step: string | null;
	readonly consumes: readonly number[];
	readonly produces: readonly number[];
};

/**
 * What should happen, written as a Petri net.
 *
 * @param net `transitions`, the `start` place (one token at the beginning) and the `end` place (one token when done).
 * @throws RangeError when there are no transitions, one needs or fills nothing, or start or end is not used.
 *
 * @example
 * const net = petriNet({ start: 's', end: 'e', transitions: [{ step: 'pay', from: ['s'], to: ['e'] }] })
 * net.places // => ['s', 'e']
 */
export function petriNet(net: {
	readonly transitions: readonly Transition[];
	readonly start: string;
	readonly end: string;
}): PetriNet {
	if (net.transitions.length === 0) throw new RangeError('transitions must hold at least one, got 0');
	const positions = new Map<string, number>([[net.start, 0]]);
	const positionOf = (place: string): number => {
		const known = positions.get(place);
		if (known !== undefined) return known;
		positions.set(place, positions.size);
		return positions.size - 1;
	};
	const transitions = net.transitions.map(({ step, from, to }) => {
		if (from.length === 0 || to.length === 0) {
			throw new RangeError(
				`transitions must each need and fill a place, got ${from.length} and ${to.length} for ${step}`,
			);
		}
		return { step, consumes: from.map(positionOf), produces: to.map(positionOf) };
	});
	if (!transitions.some(transition => transition.consumes.includes(0))) {
		throw new RangeError(`start must be needed by a transition, got ${net.start}`);
	}
	const end = positions.get(net.end);
	if (end === undefined || !transitions.some(transition => transition.produces.includes(end))) {
		throw new RangeError(`end must be filled by a transition, got ${net.end}`);
	}
	const places = [...positions.keys()];
	return {
		places,
		transitions,
		initial: places.map((_, place) => (place === 0 ? 1 : 0)),
		final: places.map((_, place) => (place === end ? 1 : 0)),
	};
}

/** Tokens that are missing for this transition to happen; 0 when it can.
 *
 * @example
 * missingTokens([1, 0], { step: 'a', consumes: [0, 1], produces: [1] }) // => 1
 */
export function missingTokens(marking: Marking, transition: CompiledTransition): number {
	const { consumes } = transition;
	let missing = 0;
	for (const [index, place] of consumes.entries()) {
		let neededBefore = 0;
		for (let earlier = 0; earlier < index; earlier += 1) if (consumes[earlier] === place) neededBefore += 1;
		if ((marking[place] ?? 0) <= neededBefore) missing += 1;
	}
	return missing;
}

/** The marking after the transition; missing tokens are supplied.
 *
 * @example
 * fire([1, 0], { step: 'a', consumes: [0], produces: [1] }) // => [0, 1]
 */
export function fire(marking: Marking, transition: CompiledTransition): Marking {
	const next = [...marking];
	for (const place of transition.consumes) next[place] = Math.max(0, (next[place] ?? 0) - 1);
	for (const place of transition.produces) next[place] = (next[place] ?? 0) + 1;
	return next;
}

/** The nearest marking, by routing transitions alone, that is acceptable; `marking` itself when it is.
 *
 * @param limit Most markings looked at; a net that routes in circles and fills up has no end of them.
 * @returns undefined when no such marking was found.
 *
 * @example
 * const net = { places: ['s', 'e'], transitions: [{ step: null, consumes: [0], produces: [1] }], initial: [1, 0], final: [0, 1] }
 * nearestMarking(net, [1, 0], marking => marking[1] === 1) // => [0, 1]
 */
export function nearestMarking(
	net: PetriNet,
	marking: Marking,
	isAcceptable: (marking: Marking) => boolean,
	limit = 10_000,
): Marking | undefined {
	if (isAcceptable(marking)) return marking;
	const silent = net.transitions.filter(transition => transition.step === null);
	if (silent.length === 0) return undefined;
	const queue: Marking[] = [marking];
	const seen = new Set([marking.join()]);
	for (let head = 0; head < queue.length && queue.length < limit; head += 1) {
		const current = queue[head] ?? marking;
		for (const transition of silent) {
			if (missingTokens(current, transition) > 0) continue;
			const next = fire(current, transition);
			const key = next.join();
			if (seen.has(key)) continue;
			if (isAcceptable(next)) return next;
			seen.add(key);
			queue.push(next);
		}
	}
	return undefined;
}
