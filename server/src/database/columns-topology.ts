/**
 * How the columnar tables are laid out. `single`: one server, or the embedded engine. `two-shard-test`: as `single`, and
 * beside it a database that reads and writes the same tables through two shards of one process. A cluster: replicated tables
 * on every shard behind distributed ones of the plain names.
 */
export type Topology = 'single' | 'two-shard-test' | { readonly cluster: string };

/** The database whose plain table names a connection uses. */
export function askedDatabase(topology: Topology, database: string): string {
	return topology === 'two-shard-test' ? `${database}_shards` : database;
}

/** A name under which the engine may come across a table's rows, and the part of them it may take there. */
export type TableName = { readonly name: string; readonly part: string | undefined };

/**
 * The full names under which the engine may come across a table's rows in this topology. The two shards of the test are one
 * table; each takes its part of it by the same key along which a cluster spreads rows.
 */
export function tableNames(topology: Topology, database: string, table: string): readonly TableName[] {
	const plain = { name: `${database}.${table}`, part: undefined };
	if (topology === 'single') return [plain];
	if (topology === 'two-shard-test') {
		const part = '(shardNum() = 0 OR customer % 2 = shardNum() - 1)';
		return [
			{ name: `${database}.${table}`, part },
			{ name: `${askedDatabase(topology, database)}.${table}`, part: undefined },
		];
	}
	return [plain, { name: `${database}.${table}_local`, part: undefined }];
}

export type TableLayout = {
	readonly name: string;
	readonly columns: string;
	/** The engine family and its arguments, such as `ReplacingMergeTree(version, is_deleted)`. */
	readonly engine: { readonly family: string; readonly arguments: string };
	readonly orderBy: string;
	readonly settings?: string;
	/** What decides the shard of a row. */
	readonly shardBy: string;
};

/** Statements that make a table, each of which may be repeated without harm. */
export function createTable(topology: Topology, database: string, table: TableLayout): readonly string[] {
	if (typeof topology === 'object') return clusterTable(topology.cluster, database, table);
	const plain = `CREATE TABLE IF NOT EXISTS ${database}.${table.name} (${table.columns})
ENGINE = ${table.engine.family}(${table.engine.arguments}) ${tail(table)}`;
	if (topology === 'single') return [plain];
	return [
		plain,
		`CREATE TABLE IF NOT EXISTS ${askedDatabase(topology, database)}.${table.name} AS ${database}.${table.name}
ENGINE = Distributed(two_shards, ${database}, ${table.name}, ${table.shardBy})`,
	];
}

/** Gives the full name under which a view finds a table of the log. */
export type LogTables = (table: string) => string;

/** Statements that make a view over tables of the plain names, wherever those names lead in this topology. */
export function createView(
	topology: Topology,
	database: string,
	view: { readonly name: string; readonly select: (log: LogTables) => string },
): readonly string[] {
	const create = (inDatabase: string, onCluster: string) =>
		`CREATE VIEW IF NOT EXISTS ${inDatabase}.${view.name}${onCluster} AS ${view.select(table => `${inDatabase}.${table}`)}`;
	if (typeof topology === 'object') return [create(database, ` ON CLUSTER ${topology.cluster}`)];
	return databasesOf(topology, database).map(name => create(name, ''));
}

/** Statements that make the databases the topology needs. */
export function createDatabase(topology: Topology, database: string): readonly string[] {
	if (typeof topology === 'object') {
		return [`CREATE DATABASE IF NOT EXISTS ${database} ON CLUSTER ${topology.cluster} ENGINE = Atomic`];
	}
	return databasesOf(topology, database).map(name => `CREATE DATABASE IF NOT EXISTS ${name} ENGINE = Atomic`);
}

function databasesOf(topology: Topology, database: string): readonly string[] {
	return [...new Set([database, askedDatabase(topology, database)])];
}

function clusterTable(cluster: string, database: string, table: TableLayout): readonly string[] {
	const replica = [`'/clickhouse/tables/{shard}/${database}/${table.name}'`, `'{replica}'`];
	const engineArguments = [
		...replica,
		...(table.engine.arguments === '' ? [] : [table.engine.arguments]),
	].join(', ');
	return [
		`CREATE TABLE IF NOT EXISTS ${database}.${table.name}_local ON CLUSTER ${cluster} (${table.columns})
ENGINE = Replicated${table.engine.family}(${engineArguments}) ${tail(table)}`,
		`CREATE TABLE IF NOT EXISTS ${database}.${table.name} ON CLUSTER ${cluster} AS ${database}.${table.name}_local
ENGINE = Distributed(${cluster}, ${database}, ${table.name}_local, ${table.shardBy})`,
	];
}

function tail(table: TableLayout): string {
	const settings = table.settings === undefined ? '' : ` SETTINGS ${table.settings}`;
	return `ORDER BY ${table.orderBy}${settings}`;
}
