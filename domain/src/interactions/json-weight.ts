/** Deeper nesting than this is refused; what a person would ask about lies far above it. */
export const deepestNesting = 200;

/**
 * About how many characters a JSON value takes when written, found without writing it: texts and names are counted exactly,
 * numbers and punctuation about right. `Infinity` when it is nested deeper than 200 levels, which no later step could bear.
 */
export function jsonWeight(value: unknown, depth = 0): number {
	if (typeof value === 'string') return value.length + 2;
	if (typeof value !== 'object' || value === null) return 5;
	if (depth >= deepestNesting) return Infinity;
	let weight = 2;
	if (Array.isArray(value)) {
		for (const item of value) weight += jsonWeight(item, depth + 1) + 1;
		return weight;
	}
	// Parsed JSON has no inherited names to pass over, and this loop is a part of every event's way.
	for (const name in value) {
		const item: unknown = Reflect.get(value, name);
		weight += name.length + 4;
		if (typeof item === 'string') weight += item.length + 2;
		else weight += typeof item === 'object' ? jsonWeight(item, depth + 1) : 5;
	}
	return weight;
}

/** Whether a parsed JSON value is an object with names, neither a list nor null. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
