import type { Tally } from '@touchstone/domain/metrics/kept-rate';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import { type OccasionFilter, rowCondition, spanCondition } from './occasion-filter.queries.ts';

export const groupings = ['unit', 'channel', 'campaign'] as const;
export type Grouping = (typeof groupings)[number];

/** More groups of a kind than this are not shown: those with the most occasions are. */
const mostGroups = 500;

const count = z.coerce.number().int();

/** The occasions of promises by unit, channel and campaign, in one pass. */
export async function occasionGroups(
	columns: ScopedColumns,
	promises: readonly string[],
	filter: OccasionFilter,
): Promise<Readonly<Record<Grouping, ReadonlyMap<string, Tally>>>> {
	const rows = rowCondition(filter);
	const span = spanCondition('occasion_time', filter);
	const answer = await columns.rows({
		sql: `SELECT multiIf(grouping(atUnit) = 0, 'unit', grouping(byChannel) = 0, 'channel', 'campaign') AS kind,
	concat(toString(atUnit), toString(byChannel), toString(ofCampaign)) AS id, count() AS n, countIf(given = 'kept') AS kept, countIf(given = 'broken') AS broken,
	countIf(given = 'pending') AS pending, countIf(given = 'unknown') AS unknown, countIf(given = 'void') AS withdrawn, sum(wasLate) AS late
FROM (
	SELECT verdict AS given, late AS wasLate, unit AS atUnit, channel AS byChannel, campaign AS ofCampaign
	FROM verdicts FINAL
	WHERE promise IN {promises:Array(String)} AND ${rows.sql} AND ${span.sql}
)
GROUP BY GROUPING SETS ((atUnit), (byChannel), (ofCampaign))
ORDER BY n DESC, id LIMIT ${mostGroups} BY kind`,
		params: { promises: [...promises], ...rows.params, ...span.params },
		row: z.object({
			kind: z.enum(groupings),
			id: z.string(),
			kept: count,
			broken: count,
			pending: count,
			unknown: count,
			withdrawn: count,
			late: count,
		}),
	});
	const byKind = Map.groupBy(answer, row => row.kind);
	const tallies = (kind: Grouping) =>
		new Map(
			(byKind.get(kind) ?? []).map(({ id, kept, broken, pending, unknown, withdrawn, late }) => [
				id,
				{ kept, broken, pending, unknown, void: withdrawn, late },
			]),
		);
	return { unit: tallies('unit'), channel: tallies('channel'), campaign: tallies('campaign') };
}
