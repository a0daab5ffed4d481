import { scopedTables } from './columns-tables.ts';
import { type Topology, tableNames } from './columns-topology.ts';
import type { Scope } from './scope.ts';

/** Filters the engine lays over tables wherever a statement reads them: full table name → condition. */
export type TableFilters = Readonly<Record<string, string>>;

/** The filters that keep a question inside `scope`, in every place it may name a table: subqueries, joins, views. */
export function scopeFilters(scope: Scope, topology: Topology, database: string): TableFilters {
	const { workspace, units } = scope;
	const rows = `workspace = ${literal(workspace)}`;
	const condition = units === 'all' ? rows : `${rows} AND ${unitCondition(units)}`;
	return filtersFor(topology, database, (_table, part) => [condition, part]);
}

/** The filters of a question that may read every workspace: none, but for a shard's part. */
export function unscopedFilters(topology: Topology, database: string): TableFilters {
	return filtersFor(topology, database, (_table, part) => [part]);
}

/**
 * Filters that make the engine refuse to read any scoped table. They are what a statement starts from, so that a question
 * which came past the door gets an error and never somebody else's rows. The condition names a column no table has: unlike
 * one that throws when it is computed, it is refused before a row is looked for, so also on an empty table.
 */
export function refusingFilters(topology: Topology, database: string): TableFilters {
	return filtersFor(topology, database, () => ['read_without_a_scope_and_past_the_columns_door']);
}

/** Writes filters as the value of the engine's setting `additional_table_filters`. */
export function tableFiltersSetting(filters: TableFilters): string {
	return `{${Object.entries(filters)
		.map(([table, condition]) => `${literal(table)}:${literal(condition)}`)
		.join(',')}}`;
}

function filtersFor(
	topology: Topology,
	database: string,
	conditions: (table: string, part: string | undefined) => readonly (string | undefined)[],
): TableFilters {
	const filters = scopedTables.flatMap(table =>
		tableNames(topology, database, table).map(({ name, part }) => {
			const all = conditions(table, part).filter(condition => condition !== undefined);
			return [name, all.join(' AND ')] as const;
		}),
	);
	return Object.fromEntries(filters.filter(([, condition]) => condition !== ''));
}

/** One string instead of a list of strings: quoted twice on its way, a list would grow to several times its length. */
function unitCondition(units: readonly string[]): string {
	if (units.length === 0) return '0';
	const separated = units.find(unit => unit.includes(','));
	if (separated !== undefined)
		throw new RangeError(`unit ids cannot hold commas, but one is ${JSON.stringify(separated)}`);
	return `unit IN splitByChar(',', ${literal(units.join(','))})`;
}

function literal(text: string): string {
	return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
