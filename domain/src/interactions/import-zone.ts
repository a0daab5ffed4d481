const dayMillis = 86_400_000;
/** No zone is further from UTC than this, so a day and this much around it holds every instant of that local day. */
const furthestMillis = 15 * 3_600_000;

/** Turns what a clock on the wall showed into the instant it was; both in milliseconds, the wall time as if it were UTC. */
export type WallClock = (wallMillis: number) => number;

/**
 * The clock on the walls of an IANA zone. A time that was skipped in spring is moved forward by what was skipped; of a time
 * that came twice in autumn the first is meant, as calendars commonly read them.
 */
export function wallClock(zone: string): WallClock {
	if (zone === 'UTC' || zone === 'Etc/UTC' || zone === 'GMT') return wall => wall;
	const offsetAt = offsetReader(zone);
	const days = new Map<number, { before: number; after: number }>();
	return wall => {
		const day = Math.floor(wall / dayMillis);
		let offsets = days.get(day);
		if (!offsets) {
			// A year of days is asked for over and over; asking the zone data for every row would take most of an import's time.
			if (days.size > 20_000) days.clear();
			offsets = {
				before: offsetAt(day * dayMillis - furthestMillis),
				after: offsetAt((day + 1) * dayMillis + furthestMillis),
			};
			days.set(day, offsets);
		}
		const { before, after } = offsets;
		if (before === after) return wall - before;
		if (offsetAt(wall - before) === before) return wall - before;
		if (offsetAt(wall - after) === after) return wall - after;
		return wall - before;
	};
}

/** What a clock on the wall shows at an instant, in milliseconds as if it were UTC. */
export function wallTime(zone: string): (instant: number) => number {
	if (zone === 'UTC') return instant => instant;
	const offsetAt = offsetReader(zone);
	return instant => instant + offsetAt(instant);
}

function offsetReader(zone: string): (instant: number) => number {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	return instant => {
		const parts = new Map(format.formatToParts(instant).map(part => [part.type, Number(part.value)]));
		const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
		const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
		return wall - Math.floor(instant / 1000) * 1000;
	};
}
