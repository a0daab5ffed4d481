type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Label = {
	readonly seriesIndex: number;
	readonly dataIndex?: number | undefined;
	/** The point it names. */
	readonly rect: Box;
	/** Where it stands now, which may be moved already: only its size is of use. */
	readonly labelRect: Box;
};

const mostSteps = 12;
const lineHeight = 14;

/**
 * Places the labels of a chart one after the other, each beside its point and as near to it as those before it leave room. Asked again about
 * a label it answers the same; once a label has another place, the chart was drawn anew and all are placed anew.
 * @returns how far a label moves up or down
 */
export function labelsApart(): (label: Label) => { readonly dy: number } {
	const placed = new Map<string, { readonly wished: Box; readonly box: Box }>();
	return ({ seriesIndex, dataIndex, rect, labelRect }) => {
		const key = `${seriesIndex} ${dataIndex}`;
		const { width } = labelRect;
		const height = Math.max(labelRect.height, lineHeight);
		const wished = { x: rect.x + rect.width, y: rect.y + rect.height / 2 - height / 2, width, height };
		const before = placed.get(key);
		if (before && same(before.wished, wished)) return { dy: before.box.y - wished.y };
		if (before) placed.clear();
		const moves = [0, ...Array.from({ length: mostSteps }, (_, step) => [-(step + 1), step + 1]).flat()];
		const dy =
			moves
				.map(move => move * wished.height)
				.find(
					down => ![...placed.values()].some(({ box }) => overlap({ ...wished, y: wished.y + down }, box)),
				) ?? 0;
		placed.set(key, { wished, box: { ...wished, y: wished.y + dy } });
		return { dy };
	};
}

function same(one: Box, other: Box): boolean {
	return one.x === other.x && one.y === other.y && one.width === other.width;
}

function overlap(one: Box, other: Box): boolean {
	return (
		one.x < other.x + other.width &&
		other.x < one.x + one.width &&
		one.y < other.y + other.height &&
		other.y < one.y + one.height
	);
}
