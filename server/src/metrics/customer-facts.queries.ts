import type { VerdictCounts } from '@touchstone/domain/metrics/kept-rate';
import { countsOf, tallyOf } from '@touchstone/domain/metrics/kept-rate';
import { verdictSchema } from '@touchstone/domain/verdicts/verdict';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';

/** Where a customer was met, for whom they acted, and how promises to them ended. */
export type CustomerFacts = {
	readonly accounts: string[];
	readonly units: string[];
	readonly channels: string[];
	readonly verdicts: VerdictCounts;
};

/** @param customers the keys of one person in the log */
export async function customerFacts(
	columns: ScopedColumns,
	customers: readonly string[],
): Promise<CustomerFacts> {
	const params = { customers: customers.map(BigInt) };
	const among = 'customer IN {customers:Array(UInt64)}';
	const fields = 'account, toString(unit) AS atUnit, toString(channel) AS byChannel';
	const [places, verdicts] = await Promise.all([
		columns.rows({
			sql: `SELECT arraySort(groupUniqArrayIf(100)(account, account != '')) AS accounts, arraySort(groupUniqArrayIf(100)(atUnit, atUnit != '')) AS units,
	arraySort(groupUniqArrayIf(100)(byChannel, byChannel != '')) AS channels
FROM (
	SELECT ${fields} FROM interactions FINAL WHERE ${among}
	UNION ALL
	SELECT ${fields} FROM feedback FINAL WHERE ${among}
)`,
			params,
			row: z.object({
				accounts: z.array(z.string()),
				units: z.array(z.string()),
				channels: z.array(z.string()),
			}),
		}),
		columns.rows({
			sql: `SELECT toString(given) AS verdict, count() AS n, sum(wasLate) AS late
FROM (SELECT verdict AS given, late AS wasLate FROM verdicts FINAL WHERE ${among}) GROUP BY given`,
			params,
			row: z.object({ verdict: verdictSchema, n: z.coerce.number(), late: z.coerce.number() }),
		}),
	]);
	return {
		...(places[0] ?? { accounts: [], units: [], channels: [] }),
		verdicts: countsOf(tallyOf(verdicts)),
	};
}
