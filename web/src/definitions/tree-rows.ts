export type TreeItem = { readonly id: string; readonly name: string; readonly parent: string | undefined };

/** One line of a tree as it is shown. */
export type TreeRow<Item extends TreeItem> = {
	readonly item: Item;
	readonly depth: number;
	/** How many stand directly under it. */
	readonly below: number;
	readonly open: boolean;
};

/**
 * The lines of a tree from the top down, siblings by name. What stands under a closed line is not shown; with words to look
 * for, exactly those are shown whose name or id has all of them, with the way to them. Whoever stands under nobody known, or in
 * a circle, stands at the top, so that nothing is ever missing.
 */
export function treeRows<Item extends TreeItem>(
	items: readonly Item[],
	closed: ReadonlySet<string>,
	typed = '',
): TreeRow<Item>[] {
	const known = new Map(items.map(item => [item.id, item]));
	const parentOf = (item: Item) => {
		const parent = item.parent === undefined ? undefined : known.get(item.parent);
		return parent && !leadsTo(parent, item.id, known) ? parent.id : '';
	};
	const below = Map.groupBy(items, parentOf);
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	const wanted = words.length > 0 ? wayToMatches(items, words, known) : undefined;
	const down = (parent: string, depth: number): TreeRow<Item>[] =>
		(below.get(parent) ?? [])
			.filter(({ id }) => !wanted || wanted.has(id))
			.toSorted((a, b) => a.name.localeCompare(b.name))
			.flatMap(item => {
				const open = wanted !== undefined || !closed.has(item.id);
				const row = { item, depth, below: below.get(item.id)?.length ?? 0, open };
				return open ? [row, ...down(item.id, depth + 1)] : [row];
			});
	return down('', 0);
}

function wayToMatches<Item extends TreeItem>(
	items: readonly Item[],
	words: readonly string[],
	known: ReadonlyMap<string, Item>,
): ReadonlySet<string> {
	const wanted = new Set<string>();
	for (const item of items) {
		const text = `${item.name} ${item.id}`.toLowerCase();
		if (!words.every(word => text.includes(word))) continue;
		for (
			let at: Item | undefined = item;
			at && !wanted.has(at.id);
			at = at.parent === undefined ? undefined : known.get(at.parent)
		) {
			wanted.add(at.id);
		}
	}
	return wanted;
}

/** Whether the way up from an item comes to an id. */
function leadsTo<Item extends TreeItem>(from: Item, id: string, known: ReadonlyMap<string, Item>): boolean {
	const walked = new Set<string>();
	for (
		let at: Item | undefined = from;
		at && !walked.has(at.id);
		at = at.parent === undefined ? undefined : known.get(at.parent)
	) {
		if (at.id === id) return true;
		walked.add(at.id);
	}
	return false;
}
