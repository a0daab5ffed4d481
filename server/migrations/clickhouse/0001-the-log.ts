import {
	createDatabase,
	createTable,
	createView,
	type LogTables,
	type Topology,
} from '../../src/database/columns-topology.ts';

// The log (interactions, feedback), what was judged of it, and two views that follow the log as it grows.
//
// No time stands in a key and nothing is partitioned by time: correcting a device's clock can give an event that is sent
// again another time, and it must still count once. The customer leads the key as a hash, so that one customer's rows lie
// together, a key range is a truthful sample of customers, and shards are cut along it.
//
// What arrives is followed by views and not by tables which materialized views would fill: those doubled the cost of an
// insert of a few rows (8.4 ms of CPU became 14 with one and 18 with two, against 8.9 with an indexed time of arrival), and
// after a crash they could disagree with the rows they were made from.

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
		...createView(topology, database, { name: 'arrivals', select: arrivals }),
		...createView(topology, database, { name: 'events_seen', select: eventsSeen }),
	];
}

/**
 * An insert is on the disk when it is answered. Statistics of every column, which newer servers keep by themselves, would cost
 * a tenth of an insert (5,000 rows: 55.8 ms with, 49.6 without), and no question here is planned by them.
 */
const durable = "fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = ''";

const word = 'LowCardinality(String)';
const instant = "DateTime64(3, 'UTC')";

/** Parts hold few batches and a short time of arrival until they grow old, so the index leads straight to what is new. */
const arrival = `arrived_at ${instant} DEFAULT now64(3),
	INDEX arrived (arrived_at, batch) TYPE minmax GRANULARITY 1`;

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
	is_deleted UInt8 DEFAULT 0,
	${arrival}
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
	is_deleted UInt8 DEFAULT 0,
	${arrival}
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

/** Which customers have rows that arrived since a given time; `at` is set by the store when the insert reaches it. */
const arrivals = (log: LogTables) => `
SELECT workspace, customer, batch, arrived_at AS at FROM ${log('interactions')}
UNION ALL
SELECT workspace, customer, batch, arrived_at AS at FROM ${log('feedback')}
`;

/** The events no moment claims, a day at a time. */
const eventsSeen = (log: LogTables) => `
SELECT workspace, event, type, source, unit, toDate(time) AS day, count() AS n
FROM ${log('interactions')} FINAL
WHERE moment = ''
GROUP BY workspace, event, type, source, unit, day
`;
