/** What has arrived while somebody looked on, newest first, and where to ask on. */
export type Tail<Item> = { readonly items: readonly Item[]; readonly after: string | undefined };

/** A page that is looked at all day must not grow all day. */
const shownAtMost = 300;

/** Puts what arrived since, oldest first, before what was there. */
export function withNewer<Item>(
	tail: Tail<Item>,
	{ items, nextAfter }: { readonly items: readonly Item[]; readonly nextAfter: string | null },
): Tail<Item> {
	if (items.length === 0) return { items: tail.items, after: nextAfter ?? tail.after };
	return {
		items: [...items.toReversed(), ...tail.items].slice(0, shownAtMost),
		after: nextAfter ?? tail.after,
	};
}
