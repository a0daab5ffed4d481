import { shownPerson } from '@touchstone/domain/customers/shown-person';
import type { Segment } from '@touchstone/domain/metrics/period-query';
import type { UnitId, WorkspaceId } from '@touchstone/domain/owners/ids';
import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import type { Rule } from '@touchstone/domain/promises/rule';
import { type Verdict, verdictSchema } from '@touchstone/domain/verdicts/verdict';
import type { Occasion } from '@touchstone/domain/verdicts/verdicts.contract';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { type Statement, verdictSelect } from './verdict-sql.queries.ts';

export type OccasionQuestion = {
	readonly promise: string;
	readonly verdict?: Verdict | undefined;
	readonly units?: readonly UnitId[] | undefined;
	readonly channel?: string | undefined;
	/** Whether a person or a firm was met. */
	readonly segment?: Segment | undefined;
	readonly from?: Date | undefined;
	readonly to?: Date | undefined;
	/** Where the last page ended: time in milliseconds and occasion. */
	readonly after?: { readonly time: number; readonly occasion: string };
	readonly limit: number;
};

const time = z.coerce.number().transform(milliseconds => new Date(milliseconds).toISOString());

export const occasionRow: z.ZodType<Occasion> = z.object({
	promise: z.string(),
	promiseVersion: z.number(),
	occasion: z.string(),
	customer: z.string().transform(shownPerson),
	subject: z.string(),
	unit: z.string(),
	channel: z.string(),
	campaign: z.string(),
	moment: z.string(),
	time,
	due: time.nullable(),
	decidedAt: time.nullable(),
	verdict: verdictSchema,
	promised: z.number().nullable(),
	delivered: z.number().nullable(),
	margin: z.number().nullable(),
	late: z.coerce.boolean(),
	evidence: z.array(z.string()),
});

const shown = (occasion: string) =>
	`promise, promise_version AS promiseVersion, ${occasion} AS occasion, person AS customer, subject, unit, channel, campaign, moment,
	toUnixTimestamp64Milli(occasion_time) AS time, toUnixTimestamp64Milli(due) AS due, toUnixTimestamp64Milli(decided_at) AS decidedAt,
	toString(verdict) AS verdict, promised, delivered, margin, late, evidence`;

/** The columns of a verdict that an occasion is shown with. */
export const occasionColumns =
	'promise, promise_version, occasion AS id, person, subject, unit, channel, campaign, moment, occasion_time, due, decided_at, verdict, promised, delivered, margin, late, evidence';

/** The same as an answer names them; for a select around the one that asks, where these names mean nothing else. */
export const occasionShown = shown('id');

/** One page of the occasions of a promise, newest first. */
export function occasionsOf(columns: ScopedColumns, question: OccasionQuestion): Promise<Occasion[]> {
	const { promise, verdict, units, channel, segment, from, to, after, limit } = question;
	const conditions = [
		'promise = {promise:String}',
		...(verdict ? ['verdict = {verdict:String}'] : []),
		...(units ? ['unit IN {units:Array(String)}'] : []),
		...(channel ? ['channel = {channel:String}'] : []),
		...(segment ? [`account ${segment === 'account' ? '!=' : '='} ''`] : []),
		...(from ? ["occasion_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')"] : []),
		...(to ? ["occasion_time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')"] : []),
		...(after
			? [
					"(occasion_time, occasion) < (fromUnixTimestamp64Milli({afterTime:Int64}, 'UTC'), {afterOccasion:String})",
				]
			: []),
	];
	return columns.rows({
		sql: `SELECT ${occasionShown} FROM (
	SELECT ${occasionColumns}
	FROM verdicts FINAL WHERE ${conditions.join(' AND ')} ORDER BY occasion_time DESC, id DESC LIMIT {limit:UInt32}
)`,
		params: {
			promise,
			limit,
			...(verdict ? { verdict } : {}),
			...(units ? { units: [...units] } : {}),
			...(channel ? { channel } : {}),
			...(from ? { from: from.getTime() } : {}),
			...(to ? { to: to.getTime() } : {}),
			...(after ? { afterTime: after.time, afterOccasion: after.occasion } : {}),
		},
		row: occasionRow,
	});
}

/** What verdicts an unsaved rule would give: counts over everything received, and the newest occasions as examples. */
export async function previewOf(columns: ScopedColumns, workspace: WorkspaceId, rule: Rule, now: Date) {
	const promise = { ...brandPromiseSchema.parse({ id: 'preview', wording: 'Preview' }), rule };
	const among: Statement = { sql: 'workspace = {workspace:String}', params: { workspace } };
	const select = verdictSelect([{ promise, version: 1, from: null, to: null }], among, now, null);
	const [counts, examples] = await Promise.all([
		columns.rows({
			sql: `SELECT verdict, count() AS n FROM (${select.sql}) GROUP BY verdict`,
			params: select.params,
			row: z.object({ verdict: verdictSchema, n: z.coerce.number().int() }),
		}),
		columns.rows({
			sql: `SELECT ${shown('occasion_id')} FROM (${select.sql}) ORDER BY occasion_time DESC LIMIT 20`,
			params: select.params,
			row: occasionRow,
		}),
	]);
	const verdicts = { kept: 0, broken: 0, pending: 0, unknown: 0, void: 0 };
	for (const { verdict, n } of counts) verdicts[verdict] = n;
	return { occasions: counts.reduce((sum, { n }) => sum + n, 0), verdicts, examples };
}
