/**
 * My changes on top of theirs: every field as they left it, except those that I changed since we both began at `base`.
 */
export function mergedOver<Draft extends object>(base: Draft, mine: Draft, theirs: Draft): Draft {
	const merged = { ...theirs };
	for (const name in mine) if (!same(base[name], mine[name])) merged[name] = mine[name];
	return merged;
}

/** The fields that both changed, and not to the same: there one of the two is lost. */
export function contestedFields<Draft extends object>(base: Draft, mine: Draft, theirs: Draft): string[] {
	const contested: string[] = [];
	for (const name in mine) {
		const bothChanged = !same(base[name], mine[name]) && !same(base[name], theirs[name]);
		if (bothChanged && !same(mine[name], theirs[name])) contested.push(name);
	}
	return contested;
}

function same(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
