import type { PersonKey } from '@touchstone/domain/customers/person';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { saidColumns, saidFields, saidShown } from '../feedback/said-rows.queries.ts';
import { metColumns, metFields, metShown } from '../interactions/met-rows.queries.ts';
import { storedObject } from '../interactions/stored-object.ts';
import { occasionColumns, occasionRow, occasionShown } from '../verdicts/occasions.queries.ts';

const rowsPerPage = 2_000;

/**
 * Everything held about some persons as the text of one JSON object, a piece at a time, so that a long history needs no more
 * memory than a short one.
 * @param about what stands before the rows: who it is and when it was asked
 */
export async function* exportOf(
	columns: ScopedColumns,
	workspace: string,
	persons: readonly PersonKey[],
	about: Readonly<Record<string, unknown>>,
): AsyncGenerator<string> {
	yield JSON.stringify(about).slice(0, -1);
	for (const { name, ...list } of lists) {
		yield `,\n"${name}":[`;
		let after: readonly [number, string] | undefined;
		let isFirst = true;
		for (;;) {
			const rows = await columns.rows({
				sql: `SELECT ${list.shown}, toUnixTimestamp64Milli(placed) AS placedAt, place FROM (
	SELECT ${list.columns}, ${list.time} AS placed, ${list.key} AS place FROM ${list.table} FINAL
	WHERE customer IN (SELECT sipHash64({workspace:String}, arrayJoin({persons:Array(String)}))) AND person IN {persons:Array(String)}
		AND ${after ? `(${list.time}, ${list.key}) > (fromUnixTimestamp64Milli({afterTime:Int64}, 'UTC'), {afterKey:String})` : '1'}
	ORDER BY placed, place LIMIT ${rowsPerPage}
)`,
				params: {
					workspace,
					persons: [...persons],
					...(after ? { afterTime: after[0], afterKey: after[1] } : {}),
				},
				row: z.object({ placedAt: z.coerce.number(), place: z.string() }).loose(),
			});
			for (const { placedAt, place, ...row } of rows) {
				yield `${isFirst ? '' : ','}\n${JSON.stringify(list.row.parse(row))}`;
				isFirst = false;
				after = [placedAt, place];
			}
			if (rows.length < rowsPerPage) break;
		}
		yield ']';
	}
	yield '}\n';
}

const lists = [
	{
		name: 'interactions',
		table: 'interactions',
		columns: `${metColumns}, context, anonymous_id`,
		shown: `${metShown}, context, anonymous_id AS anonymousId`,
		time: 'time',
		key: 'id',
		row: z.object({ ...metFields, context: storedObject, anonymousId: z.string() }),
	},
	{
		name: 'feedback',
		table: 'feedback',
		columns: `${saidColumns}, properties`,
		shown: `${saidShown}, properties`,
		time: 'time',
		key: 'id',
		row: z.object({ ...saidFields, properties: storedObject }),
	},
	{
		name: 'verdicts',
		table: 'verdicts',
		columns: occasionColumns,
		shown: occasionShown,
		time: 'occasion_time',
		key: "concat(promise, ' ', occasion)",
		row: occasionRow,
	},
] as const;
