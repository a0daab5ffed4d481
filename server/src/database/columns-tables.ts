/** The tables of the log and what was made of it, with who may be shown their rows. */
export type ColumnsTable = {
	readonly name: string;
	/** Rows carry a unit, so they can be shown to people who see only some units. */
	readonly hasUnit: boolean;
};

/** Every table whose rows belong to a workspace. A table missing here could be read without a scope, so a test compares. */
export const scopedTables: readonly ColumnsTable[] = [
	{ name: 'interactions', hasUnit: true },
	{ name: 'feedback', hasUnit: true },
	{ name: 'verdicts', hasUnit: true },
	{ name: 'arrivals', hasUnit: false },
	{ name: 'events_seen', hasUnit: false },
];
