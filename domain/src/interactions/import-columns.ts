/** A row as a reader hands it over: column → what it holds. CSV holds texts; NDJSON and Parquet hold what they hold. */
export type Row = Readonly<Record<string, unknown>>;

/** A row together with the rows joined to it, by the name of the join. */
export type Scene = { readonly row: Row; readonly joined: Readonly<Record<string, Row | undefined>> };

/** Where a column of a mapping is found: in the row itself, or in a joined row. */
export type ColumnPlace = { readonly join: string | undefined; readonly column: string };

/** What every reading of columns depends on: the joins there are, and the texts that mean nothing. */
export type ColumnRules = { readonly joins: readonly string[]; readonly empty: ReadonlySet<string> };

/** `customer.customer_state` is the column of a join where there is a join of that name, otherwise a column of the row. */
export function columnPlace(name: string, joins: readonly string[]): ColumnPlace {
	const dot = name.indexOf('.');
	const join = dot < 0 ? undefined : name.slice(0, dot);
	return join !== undefined && joins.includes(join)
		? { join, column: name.slice(dot + 1) }
		: { join: undefined, column: name };
}

/** Reads a column; undefined when it holds nothing. */
export function columnReader(name: string, rules: ColumnRules): (scene: Scene) => unknown {
	const { join, column } = columnPlace(name, rules.joins);
	const read = fieldReader(column, rules.empty);
	if (join === undefined) return scene => read(scene.row);
	return scene => {
		const row = scene.joined[join];
		return row === undefined ? undefined : read(row);
	};
}

/** Reads a field of a row by its name or, where no field has that name, by its path through nested objects (`cart.total`). */
export function fieldReader(name: string, empty: ReadonlySet<string>): (row: Row) => unknown {
	const path = name.split('.');
	return row => {
		const held = Object.hasOwn(row, name) ? row[name] : path.length > 1 ? atPath(row, path) : undefined;
		if (typeof held === 'string') {
			const text = held.trim();
			return text === '' || empty.has(text) ? undefined : text;
		}
		return held ?? undefined;
	};
}

/** What a column holds, as text; undefined for lists and objects, which have none. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
		return String(value);
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	return undefined;
}

function atPath(row: Row, path: readonly string[]): unknown {
	let held: unknown = row;
	for (const step of path) {
		if (typeof held !== 'object' || held === null || !Object.hasOwn(held, step)) return undefined;
		held = Reflect.get(held, step);
	}
	return held;
}
