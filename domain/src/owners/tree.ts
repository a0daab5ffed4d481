/** A member of a tree: its id and the id it stands under; no parent at the top. */
export type Branch<Id extends string> = { readonly id: Id; readonly parent: Id | undefined };

/**
 * The way from a member up to the top, beginning with itself. Stops where a parent is unknown or would come twice, so that it
 * ends for any input; an unknown id gives an empty way.
 */
export function wayUp<Id extends string>(tree: readonly Branch<Id>[], id: Id): Id[] {
	const parents = new Map(tree.map(branch => [branch.id, branch.parent]));
	const way = new Set<Id>();
	let next: Id | undefined = id;
	while (next !== undefined && parents.has(next) && !way.has(next)) {
		way.add(next);
		next = parents.get(next);
	}
	return [...way];
}

/** A member and all below it, each once, in the order of the tree's list level by level; an unknown id gives an empty list. */
export function below<Id extends string>(tree: readonly Branch<Id>[], id: Id): Id[] {
	if (!tree.some(branch => branch.id === id)) return [];
	const children = Map.groupBy(tree, branch => branch.parent);
	const found = new Set<Id>([id]);
	// A Set may grow while it is walked, which makes it the queue as well.
	for (const member of found) for (const child of children.get(member) ?? []) found.add(child.id);
	return [...found];
}

/**
 * The circles in which members stand under themselves, each once, beginning with its member that comes first in the list.
 */
export function circles<Id extends string>(tree: readonly Branch<Id>[]): Id[][] {
	const parents = new Map(tree.map(branch => [branch.id, branch.parent]));
	const walked = new Set<Id>();
	const found: Id[][] = [];
	for (const { id } of tree) {
		const way: Id[] = [];
		let next: Id | undefined = id;
		while (next !== undefined && parents.has(next) && !walked.has(next)) {
			walked.add(next);
			way.push(next);
			next = parents.get(next);
		}
		const entry = next === undefined ? -1 : way.indexOf(next);
		if (entry >= 0) found.push(fromFirstListed(way.slice(entry), tree));
	}
	return found;
}

function fromFirstListed<Id extends string>(circle: Id[], tree: readonly Branch<Id>[]): Id[] {
	const first = tree.find(branch => circle.includes(branch.id));
	const start = first ? circle.indexOf(first.id) : 0;
	return [...circle.slice(start), ...circle.slice(0, start)];
}
