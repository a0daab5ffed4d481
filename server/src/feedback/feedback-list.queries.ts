import type { Said } from '@touchstone/domain/feedback/feedback-list.contract';
import type { ScopedColumns } from '../database/columns-door.ts';
import { saidColumns, saidRow, saidShown } from './said-rows.queries.ts';

export type FeedbackQuestion = {
	readonly moment?: string | undefined;
	readonly units?: readonly string[] | undefined;
	readonly channel?: string | undefined;
	readonly scale?: string | undefined;
	readonly from?: Date | undefined;
	readonly to?: Date | undefined;
	readonly withWords: boolean;
	/** Where the last page ended: time in milliseconds and id. */
	readonly after?: readonly [time: number, id: string] | undefined;
	readonly limit: number;
};

/** What customers said, newest first. */
export function feedbackNewestFirst(columns: ScopedColumns, question: FeedbackQuestion): Promise<Said[]> {
	const { moment, units, channel, scale, from, to, withWords, after, limit } = question;
	const at = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;
	const conditions = [
		...(moment === undefined ? [] : ['moment = {moment:String}']),
		...(units ? ['unit IN {units:Array(String)}'] : []),
		...(channel === undefined ? [] : ['channel = {channel:String}']),
		...(scale === undefined ? [] : ['scale = {scale:String}']),
		...(from ? [`time >= ${at('from')}`] : []),
		...(to ? [`time < ${at('to')}`] : []),
		...(withWords ? ["words != ''"] : []),
		...(after ? [`(time, id) < (${at('afterTime')}, {afterId:String})`] : []),
	];
	return columns.rows({
		sql: `SELECT ${saidShown} FROM (
	SELECT ${saidColumns} FROM feedback FINAL
	WHERE ${conditions.join(' AND ') || '1'} ORDER BY time DESC, id DESC LIMIT {limit:UInt32}
)`,
		params: {
			limit,
			...(moment === undefined ? {} : { moment }),
			...(units ? { units: [...units] } : {}),
			...(channel === undefined ? {} : { channel }),
			...(scale === undefined ? {} : { scale }),
			...(from ? { from: from.getTime() } : {}),
			...(to ? { to: to.getTime() } : {}),
			...(after ? { afterTime: after[0], afterId: after[1] } : {}),
		},
		row: saidRow,
	});
}
