/** One person followed for a while: how long, and whether the event (leaving, say) ended it. */
export type FollowUp = {
	/** Time at which following ended, in one unit; above the entry. */
	readonly time: number;
	/** True when the event happened at `time`, false when the person was merely last seen then (censored). */
	readonly event: boolean;
	/** Time at which following began; 0 unless the person was already there before tracking started. */
	readonly entry?: number;
	/** Persons with this record; 1 unless given. */
	readonly count?: number;
};

/** One moment with at least one event: how many were at risk just before, how many had the event. */
export type RiskMoment = { readonly time: number; readonly atRisk: number; readonly events: number };

/**
 * Number at risk and number of events at each moment with an event, in time order.
 *
 * A person is at risk at t when entry < t ≤ time: events come before censoring at the same moment, and someone who
 * enters at the moment of an event was not at risk of it.
 *
 * @throws RangeError when a time is not above its entry
 * @example
 * riskMoments([{ time: 2, event: true }, { time: 3, event: false }]) // => [{ time: 2, atRisk: 2, events: 1 }]
 */
export function riskMoments(people: readonly FollowUp[]): RiskMoment[] {
	requireFollowUps(people);
	const leaving = new Map<number, { events: number; gone: number }>();
	const entering = new Map<number, number>();
	let atRisk = 0;
	for (const { time, event, entry = 0, count = 1 } of people) {
		const known = leaving.get(time) ?? { events: 0, gone: 0 };
		known.gone += count;
		if (event) known.events += count;
		leaving.set(time, known);
		if (entry > 0) entering.set(entry, (entering.get(entry) ?? 0) + count);
		else atRisk += count;
	}
	const entries = [...entering].sort(([a], [b]) => a - b);
	const moments: RiskMoment[] = [];
	let next = 0;
	for (const [time, { events, gone }] of [...leaving].sort(([a], [b]) => a - b)) {
		for (; next < entries.length; next++) {
			const [entered, count] = entries[next] ?? [0, 0];
			if (entered >= time) break;
			atRisk += count;
		}
		if (events > 0) moments.push({ time, atRisk, events });
		atRisk -= gone;
	}
	return moments;
}

/**
 * Refuses follow-ups that cannot be, and counts persons and events of the others.
 *
 * @throws RangeError naming the field and its value
 * @example
 * requireFollowUps([{ time: 2, event: true, count: 3 }, { time: 3, event: false }]) // => { people: 4, events: 3 }
 */
export function requireFollowUps(people: readonly FollowUp[]): { people: number; events: number } {
	let total = 0;
	let events = 0;
	for (const { time, event, entry = 0, count = 1 } of people) {
		if (!(entry >= 0 && Number.isFinite(entry)))
			throw new RangeError(`entry must be 0 or more, got ${entry}`);
		if (!(time > entry && Number.isFinite(time)))
			throw new RangeError(`time must be above its entry ${entry}, got ${time}`);
		if (!(count >= 0 && Number.isFinite(count)))
			throw new RangeError(`count must be 0 or more, got ${count}`);
		total += count;
		if (event) events += count;
	}
	return { people: total, events };
}
