import { type MarginBins, marginBins } from '@touchstone/domain/metrics/margin-bins';
import { marginFigures, marginPositions } from '@touchstone/domain/metrics/margin-figures';
import type { MarginHistogram } from '@touchstone/domain/metrics/promise-figures.contract';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import type { OccasionFilter } from './occasion-filter.queries.ts';
import { filtered, marginsAt, standingVerdicts } from './promise-figures.queries.ts';

const withMargin = "isNotNull(margin) AND isNotNull(delivered) AND verdict != 'void'";

/**
 * How far delivered lay from promised: a histogram whose bins suit the middle of the margins, and quantiles.
 * @param unit what the margins are measured in
 */
export async function marginHistogram(
	columns: ScopedColumns,
	promise: string,
	filter: OccasionFilter,
	unit: string,
): Promise<MarginHistogram> {
	const verdicts = standingVerdicts(promise);
	const source = filtered(verdicts, filter);
	const [counted] = await columns.rows({
		sql: `SELECT countIf(${withMargin}) AS n, countIf(verdict = 'void') AS withdrawn, count() AS occasions FROM (${source.sql})`,
		params: source.params,
		row: z.object({ n: z.coerce.number(), withdrawn: z.coerce.number(), occasions: z.coerce.number() }),
	});
	const { n, withdrawn, occasions } = counted ?? { n: 0, withdrawn: 0, occasions: 0 };
	const leftOut = { void: withdrawn, 'no-delivered-amount': occasions - withdrawn - n };
	if (n === 0) return { unit, n, bins: [], quantiles: marginFigures([], 0, leftOut) };
	const positions = marginPositions(n);
	const found = await marginsAt(columns, verdicts, filter, [...positions, ...middle]);
	const [low = 0, high = 0] = found.slice(positions.length);
	const bins = marginBins(low, high, unit);
	return {
		unit,
		n,
		bins: await countedBins(columns, source, bins),
		quantiles: marginFigures(found, n, leftOut),
	};
}

/** Between these shares of all margins the bins lie; what is further out goes to the open ends. */
const middle = [0.02, 0.98];

async function countedBins(
	columns: ScopedColumns,
	source: ReturnType<typeof filtered>,
	{ width, first, last }: MarginBins,
): Promise<MarginHistogram['bins']> {
	const rows = await columns.rows({
		sql: `SELECT toInt32(greatest({first:Float64} - 1, least({last:Float64}, floor(assumeNotNull(margin) / {width:Float64})))) AS place, count() AS n
FROM (${source.sql}) WHERE ${withMargin} GROUP BY place`,
		params: { ...source.params, first, last, width },
		row: z.object({ place: z.number(), n: z.coerce.number().int() }),
	});
	const counts = new Map(rows.map(({ place, n }) => [place, n]));
	return Array.from({ length: last - first + 2 }, (_, index) => {
		const place = first - 1 + index;
		return {
			from: place < first ? null : place * width,
			to: place >= last ? null : (place + 1) * width,
			n: counts.get(place) ?? 0,
		};
	});
}
