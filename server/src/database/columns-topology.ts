/**
 * How the columnar tables are laid out. `single`: one server, or the embedded engine. `two-shard-test`: as `single`, and
 * beside it a database in which every table is seen through two shards of one process. A cluster: replicated tables on every
 * shard behind distributed ones of the plain names.
 */
export type Topology = 'single' | 'two-shard-test' | { readonly cluster: string };

/** The database in which the two-shard test sees the tables of `database`. */
export function shardedDatabase(database: string): string {
	return `${database}_shards`;
}

/** The full names under which the engine may come across a table's rows in this topology. */
export function tableNames(topology: Topology, database: string, table: string): readonly string[] {
	if (topology === 'single') return [`${database}.${table}`];
	if (topology === 'two-shard-test') {
		const sharded = shardedDatabase(database);
		return [`${database}.${table}`, `${sharded}.${table}`, `${sharded}.${table}_local`];
	}
	return [`${database}.${table}`, `${database}.${table}_local`];
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
	const sharded = shardedDatabase(database);
	return [
		plain,
		`CREATE VIEW IF NOT EXISTS ${sharded}.${table.name}_local AS SELECT * FROM ${database}.${table.name}
WHERE shardNum() = 0 OR ${table.shardBy} % 2 = shardNum() - 1`,
		`CREATE TABLE IF NOT EXISTS ${sharded}.${table.name} AS ${database}.${table.name}
ENGINE = Distributed(two_shards, ${sharded}, ${table.name}_local, ${table.shardBy})`,
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
	const databases = topology === 'single' ? [database] : [database, shardedDatabase(database)];
	return databases.map(name => create(name, ''));
}

/** Statements that make the databases the topology needs. */
export function createDatabase(topology: Topology, database: string): readonly string[] {
	if (typeof topology === 'object') {
		return [`CREATE DATABASE IF NOT EXISTS ${database} ON CLUSTER ${topology.cluster} ENGINE = Atomic`];
	}
	const databases = topology === 'single' ? [database] : [database, shardedDatabase(database)];
	return databases.map(name => `CREATE DATABASE IF NOT EXISTS ${name} ENGINE = Atomic`);
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
