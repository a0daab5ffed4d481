/** Whatever a caller puts into properties, traits and contexts. */
export type Fields = Readonly<Record<string, unknown>>;

/** What may stand beside the properties of a call. */
export type CallOptions = {
	/** When it happened, if not now. */
	readonly timestamp?: Date | string;
	/** The errand this belongs to: an order, a ticket, a subscription. */
	readonly subject?: string;
	/** Added to what the SDK says about page, campaign and device, and outranking it. */
	readonly context?: Fields;
	readonly integrations?: Fields;
};

/** The arguments of `page`: words first (category and name, or only the name), then properties, then options. */
export function pageArguments(given: readonly unknown[]): {
	readonly category?: string;
	readonly name?: string;
	readonly properties: Fields;
	readonly options: CallOptions;
} {
	const words = given.filter(argument => typeof argument === 'string');
	const [properties = {}, options = {}] = given.filter(isFields);
	const name = words.at(-1);
	const category = words.length > 1 ? words[0] : undefined;
	return {
		...(category === undefined ? {} : { category }),
		...(name === undefined ? {} : { name }),
		properties,
		options,
	};
}

/** The arguments of `identify` and `group`: an id that may be missing, traits, options. */
export function whoArguments(given: readonly unknown[]): {
	readonly id: string | undefined;
	readonly traits: Fields;
	readonly options: CallOptions;
} {
	const [traits = {}, options = {}] = given.filter(isFields);
	return { id: idOf(given[0]), traits, options };
}

/** An id as a text; undefined when there is none. */
export function idOf(value: unknown): string | undefined {
	return (typeof value === 'string' && value) || typeof value === 'number' ? String(value) : undefined;
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null;
}
