import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import { ruleSchema } from '@touchstone/domain/promises/rule';
import type { HouseColumns } from '@touchstone/server/database/columns-door';

// A log to judge, made inside the engine: orders of ten interactions each, three orders a customer, ten moments, a quarter of
// the orders with an answer; and five promises of all four kinds about them.

export const workspace = workspaceIdSchema.parse('judged');

/** The promises kept or broken in the log; four of its ten moments matter to none of them. */
export const promises: readonly PromiseVersion[] = [
	promise('arrives-in-time', {
		kind: 'by',
		start: 'order-placed',
		end: 'delivered',
		due: { property: 'properties.promised', endOfDay: true, zone: 'Europe/Berlin' },
		voidedBy: ['cancelled'],
	}),
	promise('ships-fast', { kind: 'by', start: 'approved', end: 'shipped', due: { within: '2d' } }),
	promise('answers-fast', {
		kind: 'value',
		moment: 'support-answered',
		measure: 'waitSeconds',
		comparison: 'at-most',
		promised: { constant: 120 },
	}),
	promise('fits', { kind: 'never', start: 'delivered', event: 'returned', within: '14d' }),
	promise('feels-good', { kind: 'felt', moment: 'delivered', scale: 'csat-5', atLeast: 4, within: '30d' }),
];

const interactionsPerOrder = 10;
const ordersPerCustomer = 3;
const ordersPerInsert = 50_000;
/** When the last order of the log was placed. */
const newest = Date.UTC(2026, 5, 1);
/** Orders spread over 18 months. */
const spanSeconds = 540 * 86_400;

/** Fills the log in inserts of half a million interactions, whose customers lie all over the key, and lets merges settle. */
export async function fillLog(columns: HouseColumns, interactions: number, arrived?: Date): Promise<void> {
	const orders = interactions / interactionsPerOrder;
	for (let first = 0; first < orders; first += ordersPerInsert) {
		const count = Math.min(ordersPerInsert, orders - first);
		const params = {
			workspace,
			first,
			count,
			customers: customersOf(interactions),
			newest: newest / 1000,
			arrived: arrived?.getTime() ?? 0,
		};
		await columns.run(interactionsInsert, params, { timeoutSeconds: 600 });
		await columns.run(feedbackInsert, params, { timeoutSeconds: 600 });
	}
}

/** How many customers the log is about. */
export function customersOf(interactions: number): number {
	return Math.ceil(interactions / interactionsPerOrder / ordersPerCustomer);
}

/** One order's facts, from its number alone: `k` and hashes of it. */
const orders = `
	SELECT {first:UInt64} + number AS k, cityHash64(k) AS h, k % {customers:UInt64} AS c,
		{newest:Int64} - toInt64(h % ${spanSeconds}) AS placed, concat('user:c', toString(c)) AS person, concat('order-', toString(k)) AS subject,
		concat('DE-', toString(h % 27)) AS unit, ['web', 'app', 'store', 'phone'][1 + h % 4] AS channel, if(h % 5 = 0, concat('spring-', toString(h % 7)), '') AS campaign
	FROM numbers({count:UInt64})`;

const arrivedAt = `if({arrived:Int64} = 0, now64(3, 'UTC'), fromUnixTimestamp64Milli({arrived:Int64}, 'UTC'))`;

const interactionsInsert = `
INSERT INTO interactions (arrived_at, batch, workspace, person, id, time, received_at, type, event, moment, named_by, subject, unit, channel,
	campaign, outcome, wait_seconds, revenue, currency, properties, context, source, version)
SELECT ${arrivedAt}, {first:UInt64} + 1, {workspace:String}, person, concat('i-', toString(k), '-', toString(j)), toDateTime64(at, 3, 'UTC'), toDateTime64(at + 2, 3, 'UTC'),
	'track', moment, moment, 1, subject, unit, channel, campaign, if(j = 7, 'solved', ''),
	if(moment = 'support-answered', r % 200, NULL), if(j = 0, toDecimal64((r % 90000) / 100, 4), NULL), if(j = 0, 'EUR', ''),
	concat('{"promised":"', toString(toDate(placed + 5 * 86400)), '","items":', toString(1 + r % 4), ',"carrier":"', ['north', 'south', 'west'][1 + r % 3], '","weight":', toString((r % 9000) / 100), '}'),
	'{"library":{"name":"web","version":"2.1.0"}}', 'shop', 1
FROM (
	SELECT *, arrayJoin(range(${interactionsPerOrder})) AS j, cityHash64(k, j) AS r,
		placed + [0, 900, 40000, 80000, 300000, 390000, 600000, 603600, 900000, 120000][j + 1] + toInt64(r % ([1, 3000, 30000, 120000, 260000, 90000, 90000, 7200, 600000, 30000][j + 1])) AS at,
		multiIf(j = 8 AND h % 10 > 0, 'installed', j = 9 AND h % 33 > 0, 'packed',
			['order-placed', 'approved', 'packed', 'shipped', 'delivered', 'installed', 'support-asked', 'support-answered', 'returned', 'cancelled'][j + 1]) AS moment
	FROM (${orders})
)`;

const feedbackInsert = `
INSERT INTO feedback (arrived_at, batch, workspace, person, id, time, received_at, type, moment, named_by, subject, unit, channel, source, scale, score, score_low, score_high, words, version)
SELECT ${arrivedAt}, {first:UInt64} + 1, {workspace:String}, person, concat('f-', toString(k)), toDateTime64(placed + 700000, 3, 'UTC'), toDateTime64(placed + 700002, 3, 'UTC'),
	'survey', 'delivered', 1, subject, unit, channel, 'shop', 'csat-5', 1 + h % 5, 1, 5, if(h % 3 = 0, 'It came when it was said to come', ''), 1
FROM (${orders})
WHERE h % 4 = 0`;

/** The columns that `arrivingLine` fills. */
export const arrivingColumns = [
	'batch',
	'workspace',
	'person',
	'id',
	'time',
	'received_at',
	'type',
	'event',
	'moment',
	'named_by',
	'subject',
	'unit',
	'channel',
	'wait_seconds',
	'properties',
	'source',
	'version',
] as const;

/** One more interaction of some customer of the log: support answered about an order of theirs, or another moment. */
export function arrivingLine(
	n: number,
	at: { readonly batch: number; readonly time: Date; readonly customer: number; readonly moment: string },
): string {
	const time = at.time.toISOString();
	return `${JSON.stringify([
		at.batch,
		workspace,
		`user:c${at.customer}`,
		`new-${n}`,
		time,
		time,
		'track',
		at.moment,
		at.moment,
		1,
		`order-${at.customer}`,
		`DE-${n % 27}`,
		'web',
		n % 200,
		'{"promised":"2026-06-10","items":2}',
		'shop',
		n,
	])}\n`;
}

/** The moments that arrive, six of ten read by some promise. */
export const arrivingMoments = [
	'support-answered',
	'order-placed',
	'approved',
	'shipped',
	'delivered',
	'packed',
	'installed',
	'support-asked',
	'packed',
	'returned',
] as const;

function promise(id: string, rule: unknown): PromiseVersion {
	return {
		promise: { ...brandPromiseSchema.parse({ id, wording: id }), rule: ruleSchema.parse(rule) },
		version: 1,
		from: null,
		to: null,
	};
}
