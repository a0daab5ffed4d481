import { marginPositions } from '@touchstone/domain/metrics/margin-figures';
import type { Unit } from '@touchstone/domain/owners/unit';
import { unitsBelow } from '@touchstone/domain/owners/units-below';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import type { PromiseReport, Report, ReportQuery } from '@touchstone/domain/reports/report';
import type { ColumnsDoor, ScopedColumns } from '../database/columns-door.ts';
import type { Scope } from '../database/scope.ts';
import type { InForce } from '../definitions/definitions-in-force.ts';
import type { OccasionFilter } from '../metrics/occasion-filter.queries.ts';
import {
	customersAtStake,
	marginsAt,
	scoreSums,
	standingVerdicts,
	verdictCountsByUnit,
} from '../metrics/promise-figures.queries.ts';
import { type Statement, verdictSelect } from '../verdicts/verdict-sql.queries.ts';
import { promiseReport } from './promise-report.ts';

/**
 * The promise report for those who may see `scope`. Without `asOf` it reads the standing verdicts; with it, every promise is
 * judged anew from what had happened by then, with the promises as they are defined now.
 */
export async function loadReport(
	door: ColumnsDoor,
	scope: Scope,
	{ definitions, versions }: InForce,
	query: ReportQuery,
	now: Date,
	findings: readonly string[],
): Promise<Report> {
	const columns = door.forScope(scope);
	const asOf = query.asOf ?? now;
	const filter = occasionFilter(query, definitions.units);
	const byPromise = Map.groupBy(versions, (version): string => version.promise.id);
	const promises: PromiseReport[] = [];
	for (const [id, list] of byPromise) {
		if (query.promise !== undefined && query.promise !== id) continue;
		const newest = list.at(-1);
		if (!newest) continue;
		const verdicts = query.asOf ? verdictsAsOf(scope, list, query.asOf) : standingVerdicts(id);
		promises.push(await onePromise(columns, newest, verdicts, filter, asOf, definitions.company.currency));
	}
	return {
		report: 1,
		company: definitions.company.name,
		currency: definitions.company.currency,
		asOf: asOf.toISOString(),
		period: { from: query.from?.toISOString() ?? null, to: query.to?.toISOString() ?? null },
		filters: { promise: query.promise ?? null, unit: query.unit ?? null, channel: query.channel ?? null },
		promises,
		findings: [...findings],
	};
}

async function onePromise(
	columns: ScopedColumns,
	{ promise }: PromiseVersion,
	verdicts: Statement,
	filter: OccasionFilter,
	asOf: Date,
	currency: string,
): Promise<PromiseReport> {
	const [counts, scores, stake] = await Promise.all([
		verdictCountsByUnit(columns, verdicts, filter),
		scoreSums(columns, verdicts, filter, asOf),
		customersAtStake(columns, verdicts, filter, asOf, currency),
	]);
	const marginCount = counts.reduce((sum, row) => sum + row.margins, 0);
	const margins =
		marginCount === 0 ? [] : await marginsAt(columns, verdicts, filter, marginPositions(marginCount));
	return promiseReport(promise, counts, margins, scores, stake);
}

/** Each version judges its own span of occasions; together they are the verdicts as of a time. */
function verdictsAsOf({ workspace }: Scope, versions: readonly PromiseVersion[], asOf: Date): Statement {
	const among: Statement = { sql: 'workspace = {workspace:String}', params: { workspace } };
	const select = verdictSelect(versions, among, asOf, asOf);
	return {
		sql: `SELECT customer, subject, unit, channel, account, occasion_time, verdict, late, margin, delivered FROM (${select.sql})`,
		params: select.params,
	};
}

function occasionFilter(query: ReportQuery, units: readonly Unit[]): OccasionFilter {
	return {
		...(query.unit ? { units: unitsBelow(units, query.unit) } : {}),
		...(query.channel ? { channel: query.channel } : {}),
		...(query.from ? { from: query.from } : {}),
		...(query.to ? { to: query.to } : {}),
	};
}
