/** A column that a mapping reads and a file does not have, with the one that may have been meant. */
export type MissingColumn = { readonly column: string; readonly meant: string | undefined };

/**
 * Which of the columns read a file lacks. A path such as `cart.total` is there when the file has it as a column or, where
 * columns can hold objects, when it has `cart`.
 */
export function missingColumns(
	read: readonly string[],
	present: readonly string[],
	holdsObjects: boolean,
): MissingColumn[] {
	const known = new Set(present);
	return read
		.filter(column => !known.has(column) && !(holdsObjects && known.has(column.split('.', 1)[0] ?? '')))
		.map(column => ({ column, meant: nearest(column, present) }));
}

/** The name nearest to a misspelt one; undefined when none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
	const bare = (text: string) => text.toLowerCase().replaceAll(/[\s_.-]/g, '');
	const near = names
		.map(candidate => ({ candidate, steps: editDistance(bare(name), bare(candidate)) }))
		.toSorted((one, other) => one.steps - other.steps)[0];
	return near && near.steps <= Math.max(2, Math.floor(name.length / 4)) ? near.candidate : undefined;
}

/** How many letters must be changed, added or taken away to get from one word to the other. */
function editDistance(one: string, other: string): number {
	let row = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (let i = 1; i <= one.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= other.length; j += 1) {
			const replaced = (row[j - 1] ?? 0) + (one.charAt(i - 1) === other.charAt(j - 1) ? 0 : 1);
			next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[other.length] ?? 0;
}
