import type { TimelineEntry } from '@touchstone/domain/metrics/customer-history.contract';

export const entryKinds = ['interaction', 'feedback', 'verdict'] as const;
export type EntryKind = (typeof entryKinds)[number];

export type TimelineDay = { readonly day: string; readonly entries: readonly TimelineEntry[] };

/**
 * The entries of the chosen kinds, day by day, in the order given.
 * @param dayOf the day as the person reads it, in the company's time zone
 */
export function timelineDays(
	entries: readonly TimelineEntry[],
	kinds: ReadonlySet<EntryKind>,
	dayOf: (time: string) => string,
): TimelineDay[] {
	const chosen = entries.filter(({ kind }) => kinds.has(kind));
	return [...Map.groupBy(chosen, ({ time }) => dayOf(time))].map(([day, inDay]) => ({ day, entries: inDay }));
}

/** What an entry is known by on its page, so that the evidence of a verdict leads to it. */
export function entryKey(entry: TimelineEntry): string {
	return entry.kind === 'verdict'
		? `verdict-${entry.promise}-${entry.occasion}`
		: `${entry.kind}-${entry.id}`;
}
