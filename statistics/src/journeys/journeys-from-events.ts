/** One thing that happened in a journey. */
export type JourneyEvent = {
	/** Which journey it belongs to. */
	readonly journey: string;
	/** What happened. */
	readonly step: string;
	/** When, in milliseconds on any common clock. */
	readonly at: number;
};

/** One journey: what happened, in order, and when. `steps` and `at` are equally long and never empty. */
export type Journey = {
	readonly id: string;
	readonly steps: readonly string[];
	readonly at: readonly number[];
};

/**
 * Which journeys do these events make?
 *
 * Events are ordered by time within their journey; events at the same moment keep the order in which they were given,
 * because the order of ties decides every directly-follows count. Journeys come in the order of their first mention.
 *
 * @param events Events in any order.
 * @throws RangeError when a time is not a finite number.
 *
 * @example
 * journeysFromEvents([{ journey: 'j', step: 'pay', at: 9 }, { journey: 'j', step: 'order', at: 1 }])[0].steps // => ['order', 'pay']
 */
export function journeysFromEvents(events: readonly JourneyEvent[]): Journey[] {
	const byJourney = new Map<string, JourneyEvent[]>();
	for (const event of events) {
		if (!Number.isFinite(event.at)) throw new RangeError(`at must be a finite time, got ${event.at}`);
		const known = byJourney.get(event.journey);
		if (known) known.push(event);
		else byJourney.set(event.journey, [event]);
	}
	return [...byJourney].map(([id, own]) => {
		own.sort((a, b) => a.at - b.at);
		return { id, steps: own.map(event => event.step), at: own.map(event => event.at) };
	});
}
