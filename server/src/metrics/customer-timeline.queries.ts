import type { PersonKey } from '@touchstone/domain/customers/person';
import type { TimelineEntry } from '@touchstone/domain/metrics/customer-history.contract';
import type { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { saidColumns, saidRow, saidShown } from '../feedback/said-rows.queries.ts';
import { metColumns, metRow, metShown } from '../interactions/met-rows.queries.ts';
import { occasionColumns, occasionRow, occasionShown } from '../verdicts/occasions.queries.ts';

/** Where in a timeline: time, then kind, then what tells entries of a kind apart. */
export type TimelinePlace = readonly [time: number, rank: number, key: string];

/** Entries of the same time: the verdict stands above what was said, and that above what happened. */
const ranks = { interaction: 0, feedback: 1, verdict: 2 } as const;

/** One page of everything about some persons, newest first. The key leads to their rows, however long the log is. */
export async function timelineOf(
	columns: ScopedColumns,
	workspace: string,
	persons: readonly PersonKey[],
	after: TimelinePlace | undefined,
	limit: number,
): Promise<TimelineEntry[]> {
	const ask = <Row>(kind: keyof typeof ranks, source: Source<Row>) =>
		columns.rows({
			sql: `SELECT ${source.shown} FROM (
	SELECT ${source.columns} FROM ${source.table} FINAL
	WHERE customer IN (SELECT sipHash64({workspace:String}, arrayJoin({persons:Array(String)}))) AND person IN {persons:Array(String)}
		AND ${after ? `(${source.time}, ${ranks[kind]}, ${source.key}) < (fromUnixTimestamp64Milli({afterTime:Int64}, 'UTC'), {afterRank:UInt8}, {afterKey:String})` : '1'}
	ORDER BY ${source.time} DESC, ${source.key} DESC LIMIT {limit:UInt32}
)`,
			params: {
				workspace,
				persons: [...persons],
				limit,
				...(after ? { afterTime: after[0], afterRank: after[1], afterKey: after[2] } : {}),
			},
			row: source.row,
		});
	const [interactions, feedback, verdicts] = await Promise.all([
		ask('interaction', met),
		ask('feedback', said),
		ask('verdict', judged),
	]);
	return [
		...interactions.map((row): TimelineEntry => ({ kind: 'interaction', ...row })),
		...feedback.map((row): TimelineEntry => ({ kind: 'feedback', ...row })),
		...verdicts.map((row): TimelineEntry => ({ kind: 'verdict', ...row })),
	]
		.sort((a, b) => comparePlaces(placeOf(b), placeOf(a)))
		.slice(0, limit);
}

export function placeOf(entry: TimelineEntry): TimelinePlace {
	const key = entry.kind === 'verdict' ? `${entry.promise} ${entry.occasion}` : entry.id;
	return [Date.parse(entry.time), ranks[entry.kind], key];
}

type Source<Row> = {
	readonly table: string;
	readonly columns: string;
	readonly shown: string;
	readonly time: string;
	readonly key: string;
	readonly row: z.ZodType<Row>;
};

const met = {
	table: 'interactions',
	columns: metColumns,
	shown: metShown,
	time: 'time',
	key: 'id',
	row: metRow,
} as const;
const said = {
	table: 'feedback',
	columns: saidColumns,
	shown: saidShown,
	time: 'time',
	key: 'id',
	row: saidRow,
} as const;
const judged = {
	table: 'verdicts',
	columns: occasionColumns,
	shown: occasionShown,
	time: 'occasion_time',
	key: "concat(promise, ' ', occasion)",
	row: occasionRow,
} as const;

/** As the engine compares: texts by their bytes. */
function comparePlaces(a: TimelinePlace, b: TimelinePlace): number {
	return a[0] - b[0] || a[1] - b[1] || Buffer.compare(Buffer.from(a[2]), Buffer.from(b[2]));
}
