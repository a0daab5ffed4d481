import {
	createDatabase,
	createFeed,
	createTable,
	type Topology,
} from '../../src/database/columns-topology.ts';

// The log (interactions, feedback), what was judged of it, and two small tables that follow the log as it grows.
//
// No time stands in a key and nothing is partitioned by time: correcting a device's clock can give an event that is sent
// again another time, and it must still count once. The customer leads the key as a hash, so that one customer's rows lie
// together, a key range is a truthful sample of customers, and shards are cut along it.

export const name = 'the-log';

export function statements(topology: Topology, database: string): readonly string[] {
	return [
		...createDatabase(topology, database),
		...createTable(topology, database, {
			name: 'interactions',
			columns: interactionColumns,
			engine: { family: 'ReplacingMergeTree', arguments: 'version, is_deleted' },
			orderBy: '(workspace, customer, id)',
			settings: durable,
			shardBy: 'customer',
		}),
		...createTable(topology, database, {
			name: 'feedback',
			columns: feedbackColumns,
			engine: { family: 'ReplacingMergeTree', arguments: 'version, is_deleted' },
			orderBy: '(workspace, customer, id)',
			settings: durable,
			shardBy: 'customer',
		}),
		...createTable(topology, database, {
			name: 'verdicts',
			columns: verdictColumns,
			engine: { family: 'ReplacingMergeTree', arguments: 'version, is_deleted' },
			orderBy: '(workspace, promise, customer, occasion)',
			settings: durable,
			shardBy: 'customer',
		}),
		...createTable(topology, database, {
			name: 'arrivals',
			columns: arrivalColumns,
			engine: { family: 'MergeTree', arguments: '' },
			orderBy: '(at, batch)',
			ttl: 'toDateTime(at) + INTERVAL 7 DAY',
			settings: durable,
			shardBy: 'customer',
		}),
		...createTable(topology, database, {
			name: 'events_seen',
			columns: eventsSeenColumns,
			engine: { family: 'SummingMergeTree', arguments: 'n' },
			orderBy: '(workspace, event, type, source, day)',
			shardBy: 'rand()',
		}),
		...['interactions', 'feedback'].flatMap(table =>
			createFeed(topology, database, {
				name: `${table}_arrive`,
				from: table,
				to: 'arrivals',
				select: 'DISTINCT workspace, customer, batch',
			}),
		),
		...createFeed(topology, database, {
			name: 'interactions_seen',
			from: 'interactions',
			to: 'events_seen',
			select: 'workspace, event, type, source, toDate(time) AS day, count() AS n',
			where: "WHERE moment = '' GROUP BY workspace, event, type, source, day",
		}),
	];
}

/** An insert is on the disk when it is answered. */
const durable = 'fsync_after_insert = 1, fsync_part_directory = 1';

const word = 'LowCardinality(String)';
const instant = "DateTime64(3, 'UTC')";

const interactionColumns = `
	workspace ${word},
	person String,
	customer UInt64 DEFAULT sipHash64(workspace, person),
	id String,
	time ${instant},
	received_at ${instant},
	original_time Nullable(${instant}),
	sent_at Nullable(${instant}),
	type ${word},
	event ${word},
	moment ${word},
	named_by UInt32,
	subject String,
	account String,
	anonymous_id String,
	unit ${word},
	channel ${word},
	campaign ${word},
	agent ${word},
	outcome ${word},
	duration_seconds Nullable(Float64),
	wait_seconds Nullable(Float64),
	revenue Nullable(Decimal(18, 4)),
	cost Nullable(Decimal(18, 4)),
	currency ${word},
	reach Nullable(UInt64),
	properties String CODEC(ZSTD(1)),
	context String CODEC(ZSTD(1)),
	source ${word},
	batch UInt64,
	version UInt64,
	is_deleted UInt8 DEFAULT 0
`;

const feedbackColumns = `
	workspace ${word},
	person String,
	customer UInt64 DEFAULT sipHash64(workspace, person),
	id String,
	time ${instant},
	received_at ${instant},
	type ${word},
	moment ${word},
	named_by UInt32,
	subject String,
	account String,
	unit ${word},
	channel ${word},
	campaign ${word},
	agent ${word},
	source ${word},
	scale ${word},
	score Nullable(Float64),
	score_low Float64,
	score_high Float64,
	words String CODEC(ZSTD(1)),
	language ${word},
	reach Nullable(UInt64),
	properties String CODEC(ZSTD(1)),
	batch UInt64,
	version UInt64,
	is_deleted UInt8 DEFAULT 0
`;

const verdictColumns = `
	workspace ${word},
	promise ${word},
	promise_version UInt32,
	customer UInt64,
	person String,
	occasion String,
	subject String,
	unit ${word},
	channel ${word},
	campaign ${word},
	account String,
	moment ${word},
	occasion_time ${instant},
	due Nullable(${instant}),
	decided_at Nullable(${instant}),
	verdict Enum8('kept' = 1, 'broken' = 2, 'pending' = 3, 'unknown' = 4, 'void' = 5),
	promised Nullable(Float64),
	delivered Nullable(Float64),
	margin Nullable(Float64),
	late UInt8,
	evidence Array(String),
	version UInt64,
	is_deleted UInt8 DEFAULT 0
`;

const arrivalColumns = `
	workspace ${word},
	customer UInt64,
	batch UInt64,
	at ${instant} DEFAULT now64(3)
`;

const eventsSeenColumns = `
	workspace ${word},
	event ${word},
	type ${word},
	source ${word},
	day Date,
	n UInt64
`;
