import type { DeviceStore } from './surroundings.ts';

/** One event that waits, as the text it will be sent as. */
export type Waiting = { readonly key: string; readonly text: string };

/** Why an event was given up: the outbox was full, the server refused it for good, or it was too large or not JSON. */
export type Loss = 'full' | 'refused' | 'invalid';
export type Losses = Readonly<Partial<Record<Loss, number>>>;

export type OutboxLimits = {
	/** Most events that wait. */
	readonly events: number;
	/** Most characters that they take. */
	readonly characters: number;
};

/**
 * The events that the server has not yet confirmed, oldest first, on the device.
 *
 * Every event has a key of its own, because pages of one origin share the disk: two that rewrote one list would lose what the
 * other had just added. What is given up is counted in an event of its own, written before the loss happens: after a crash a
 * loss may be counted that did not happen, never the other way round.
 */
export type Outbox = {
	/** @param event an event with a `messageId`; what cannot be kept is counted */
	add(event: { readonly messageId: string }): void;
	/** The oldest events that fit into a request; at least one when any waits. */
	oldest(limits: OutboxLimits): readonly Waiting[];
	/** The same, to be sent: they are not given up for others before `settle`. */
	take(limits: OutboxLimits): readonly Waiting[];
	/** What was taken has arrived, or was refused for good, or (undefined) will be tried again. */
	settle(taken: readonly Waiting[], outcome: 'arrived' | 'refused' | undefined): void;
	clear(): void;
};

/** Whether it only says what was lost. */
export function isReport(waiting: Waiting): boolean {
	return waiting.key.startsWith(reports);
}

/** @param reportOf the event that says so many were lost, with a `messageId` of its own */
export function outboxIn(
	store: DeviceStore,
	surroundings: { readonly now: () => number; readonly newId: () => string },
	limits: OutboxLimits,
	reportOf: (losses: Losses) => object,
): Outbox {
	const underWay = new Set<string>();
	let sequence = 0;
	/** The report this page still adds to; one that was taken is left alone. */
	let report: { readonly key: string; losses: Losses; stored: boolean } | undefined;

	const newKey = (kind: string) =>
		kind +
		Math.max(0, surroundings.now()).toString(36).padStart(9, '0') +
		(sequence++ % 1_296).toString(36).padStart(2, '0') +
		surroundings.newId();
	const waiting = (): Waiting[] =>
		store
			.keys()
			.filter(key => key.startsWith(reports) || key.startsWith(events))
			.sort()
			.flatMap(key => {
				const text = store.get(key);
				return text === null ? [] : [{ key, text }];
			});

	/** Counts losses, together with those that a report about to go had counted. */
	function count(losses: Losses): void {
		if (!report || underWay.has(report.key) || (report.stored && store.get(report.key) === null)) {
			report = { key: newKey(reports), losses: {}, stored: false };
		}
		report.losses = sum(report.losses, losses);
		report.stored = false;
		storeReport();
	}

	function storeReport(): void {
		if (report && !report.stored)
			report.stored = store.set(report.key, JSON.stringify(reportOf(report.losses)));
	}

	function giveUp(lost: Waiting, why: Loss): void {
		count(isReport(lost) ? lossesIn(lost.text) : { [why]: 1 });
		store.remove(lost.key);
		// On a disk without room the loss itself makes it.
		storeReport();
	}

	/** Gives up the oldest until so much more fits, beside counts of what was lost. @returns whether it fits */
	function makeRoom(entries: number, characters: number): boolean {
		for (;;) {
			const all = waiting();
			const free = Math.max(0, reportsAtOnce - all.filter(isReport).length);
			const fits =
				all.length + entries + free <= limits.events &&
				size(all) + characters + free * longestReport <= limits.characters;
			if (fits) return true;
			if (!giveUpOldest(all)) return false;
		}
	}

	/** Counts of losses are given up last. @returns whether there was anything to give up */
	function giveUpOldest(all: readonly Waiting[]): boolean {
		const idle = all.filter(({ key }) => !underWay.has(key) && key !== report?.key);
		const oldest = idle.find(entry => !isReport(entry)) ?? idle[0];
		if (oldest) giveUp(oldest, 'full');
		return oldest !== undefined;
	}

	function oldest(request: OutboxLimits): readonly Waiting[] {
		const all = waiting();
		let characters = 0;
		const tooMany = all.findIndex(({ text }, place) => {
			characters += text.length + 1;
			return place > 0 && (place >= request.events || characters > request.characters);
		});
		return tooMany < 0 ? all : all.slice(0, tooMany);
	}

	return {
		add(event) {
			const text = asJson(event);
			if (text === undefined || text.length > longestEvent) {
				count({ invalid: 1 });
				makeRoom(0, 0);
				return;
			}
			const key = newKey(events);
			// Everything else is on its way: then the newest is the one for which there is no room.
			if (!makeRoom(1, key.length + text.length)) return count({ full: 1 });
			// The disk may be full of what others keep there, below our own limits.
			while (!store.set(key, text)) {
				if (!giveUpOldest(waiting())) return count({ full: 1 });
			}
		},
		oldest,
		take(request) {
			const taken = oldest(request);
			for (const { key } of taken) underWay.add(key);
			return taken;
		},
		settle(taken, outcome) {
			for (const entry of taken) {
				underWay.delete(entry.key);
				if (entry.key === report?.key) report = undefined;
				// Another page may have counted further losses in it meanwhile; then it has to go once more.
				if (outcome === 'arrived' && store.get(entry.key) === entry.text) store.remove(entry.key);
				if (outcome === 'refused' && store.get(entry.key) !== null) giveUp(entry, 'refused');
			}
		},
		clear() {
			report = undefined;
			for (const { key } of waiting()) store.remove(key);
		},
	};
}

const reports = 'd.';
const events = 'e.';

/** Room is kept free for a count of losses that is on its way and one that is added to, so that counting never takes more than the limits. */
const reportsAtOnce = 2;
const longestReport = 700;

/** Our server takes 32 KB of JSON for one event. */
const longestEvent = 32_000;

function size(all: readonly Waiting[]): number {
	return all.reduce((sum, { key, text }) => sum + key.length + text.length, 0);
}

function sum(one: Losses, other: Losses): Losses {
	const both: Partial<Record<Loss, number>> = { ...one };
	for (const why of ['full', 'refused', 'invalid'] as const) {
		const more = other[why];
		if (more) both[why] = (both[why] ?? 0) + more;
	}
	return both;
}

function asJson(event: object): string | undefined {
	try {
		return JSON.stringify(event);
	} catch {
		return undefined;
	}
}

/** What a report that was never heard had counted. */
function lossesIn(text: string): Losses {
	const report: unknown = JSON.parse(text);
	if (!(report instanceof Object && 'properties' in report)) return {};
	const { properties } = report;
	return properties instanceof Object ? properties : {};
}
