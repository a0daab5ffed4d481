import { shownPerson } from '@touchstone/domain/customers/shown-person';
import type { CustomerRow } from '@touchstone/domain/metrics/customer-history.contract';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';

const milliseconds = z.coerce.number();
const count = z.coerce.number().int();

/** Where in the list of customers: exact matches first, then who was seen last, then the key. */
export type CustomerPlace = readonly [exact: number, seen: number, customer: string];

export type FoundCustomer = { readonly customer: string; readonly place: CustomerPlace };

/**
 * Customers whose id, account, visitor's id or subject holds a text, those that are exactly it first; without a text, everyone,
 * seen last first. Older versions of a row that changed are looked at too: who has nothing left is found out afterwards.
 */
export async function findCustomers(
	columns: ScopedColumns,
	search: string,
	after: CustomerPlace | undefined,
	limit: number,
): Promise<FoundCustomer[]> {
	// What is compared without regard to case costs several times as much beyond ASCII.
	const holds = /^[ -~]*$/.test(search) ? 'positionCaseInsensitive' : 'positionCaseInsensitiveUTF8';
	const within = (fields: readonly string[]) =>
		search === '' ? '1' : `(${fields.map(field => `${holds}(${field}, {search:String}) > 0`).join(' OR ')})`;
	const exactly = (fields: readonly string[]) =>
		search === '' ? '0' : `(${fields.map(field => `${field} = {search:String}`).join(' OR ')})`;
	const common = ['substring(person, 6)', 'account', 'subject'];
	const part = (table: string, fields: readonly string[]) =>
		`SELECT customer, time AS at, ${exactly(fields)} AS isExact FROM ${table} WHERE is_deleted = 0 AND ${within(fields)}`;
	const rows = await columns.rows({
		sql: `SELECT toString(customer) AS key, max(isExact) AS exact, toUnixTimestamp64Milli(max(at)) AS seen
FROM (${part('interactions', [...common, 'anonymous_id'])} UNION ALL ${part('feedback', common)})
GROUP BY customer
${after ? 'HAVING (exact, seen, customer) < ({exact:UInt8}, {seen:Int64}, {customer:UInt64})' : ''}
ORDER BY exact DESC, seen DESC, customer DESC LIMIT {limit:UInt32}`,
		params: {
			limit,
			...(search === '' ? {} : { search }),
			...(after ? { exact: after[0], seen: after[1], customer: after[2] } : {}),
		},
		row: z.object({ key: z.string(), exact: z.number(), seen: milliseconds }),
	});
	return rows.map(({ key, exact, seen }) => ({ customer: key, place: [exact, seen, key] }));
}

const metSums = z.object({
	key: z.string(),
	person: z.string(),
	first: milliseconds,
	last: milliseconds,
	interactions: count,
	paidTimes: count,
	revenue: z.string(),
});
const saidSums = z.object({
	key: z.string(),
	person: z.string(),
	first: milliseconds,
	last: milliseconds,
	feedback: count,
	scored: count,
	newest: z.tuple([z.string(), z.number(), z.number(), z.number(), milliseconds]),
});

/** A line for each of these customers who has anything to show, in the order given. */
export async function customerRows(
	columns: ScopedColumns,
	customers: readonly string[],
	currency: string,
): Promise<Map<string, CustomerRow>> {
	if (customers.length === 0) return new Map();
	const among = 'customer IN {customers:Array(UInt64)}';
	const params = { customers: customers.map(BigInt) };
	const [met, said, broken] = await Promise.all([
		columns.rows({
			sql: `SELECT toString(customer) AS key, any(whose) AS person, toUnixTimestamp64Milli(min(at)) AS first, toUnixTimestamp64Milli(max(at)) AS last, count() AS interactions,
	countIf(isPaid) AS paidTimes, toString(sumIf(amount, isPaid)) AS revenue
FROM (
	SELECT customer, person AS whose, time AS at, isNotNull(revenue) AND currency IN ('', {currency:String}) AS isPaid, ifNull(revenue, 0) AS amount
	FROM interactions FINAL WHERE ${among}
) GROUP BY customer`,
			params: { ...params, currency },
			row: metSums,
		}),
		columns.rows({
			sql: `SELECT toString(customer) AS key, any(whose) AS person, toUnixTimestamp64Milli(min(at)) AS first, toUnixTimestamp64Milli(max(at)) AS last, count() AS feedback,
	countIf(isScored) AS scored, argMaxIf((onScale, points, low, high, toUnixTimestamp64Milli(at)), (at, what), isScored) AS newest
FROM (
	SELECT customer, person AS whose, time AS at, id AS what, isNotNull(score) AS isScored, ifNull(score, 0) AS points, toString(scale) AS onScale, score_low AS low, score_high AS high
	FROM feedback FINAL WHERE ${among}
) GROUP BY customer`,
			params,
			row: saidSums,
		}),
		columns.rows({
			sql: `SELECT toString(customer) AS key, count() AS broken FROM verdicts FINAL WHERE ${among} AND verdict = 'broken' GROUP BY customer`,
			params,
			row: z.object({ key: z.string(), broken: count }),
		}),
	]);
	const saidOf = new Map(said.map(row => [row.key, row]));
	const metOf = new Map(met.map(row => [row.key, row]));
	const brokenOf = new Map(broken.map(row => [row.key, row.broken]));
	const rows = customers.flatMap((key): [string, CustomerRow][] => {
		const [one, other] = [metOf.get(key), saidOf.get(key)];
		const person = one?.person ?? other?.person;
		if (person === undefined) return [];
		return [
			[
				key,
				{
					id: shownPerson(person),
					firstSeen: shownTime(Math.min(one?.first ?? Infinity, other?.first ?? Infinity)),
					lastSeen: shownTime(Math.max(one?.last ?? 0, other?.last ?? 0)),
					interactions: one?.interactions ?? 0,
					feedback: other?.feedback ?? 0,
					brokenPromises: brokenOf.get(key) ?? 0,
					lastScore: other && other.scored > 0 ? scoreOf(other.newest) : null,
					revenue: one && one.paidTimes > 0 ? one.revenue : null,
				},
			],
		];
	});
	return new Map(rows);
}

/** The keys under which persons stand in the log. */
export async function keysOfPersons(
	columns: ScopedColumns,
	workspace: string,
	persons: readonly string[],
): Promise<string[]> {
	const rows = await columns.rows({
		sql: 'SELECT toString(sipHash64({workspace:String}, arrayJoin({persons:Array(String)}))) AS key',
		params: { workspace, persons: [...persons] },
		row: z.object({ key: z.string() }),
	});
	return rows.map(({ key }) => key);
}

function scoreOf([scale, score, scoreLow, scoreHigh, time]: z.output<typeof saidSums>['newest']) {
	return { scale, score, scoreLow, scoreHigh, time: shownTime(time) };
}

function shownTime(time: number): string {
	return new Date(time).toISOString();
}
