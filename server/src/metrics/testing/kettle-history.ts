import { definitionsSchema } from '@touchstone/domain/definitions/definitions';
import { periodQuerySchema } from '@touchstone/domain/metrics/period-query';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import type { ColumnsDoor } from '../../database/columns-door.ts';
import { type Scope, wholeWorkspace } from '../../database/scope.ts';
import type { InForce } from '../../definitions/definitions-in-force.ts';
import { customersIn, everyCustomer, keepVerdicts } from '../../verdicts/judgement.queries.ts';
import { askedPeriod } from '../asked-period.ts';
import type { PanelAsk } from '../panels.queries.ts';
import type { Repeated } from '../repeated-rows.queries.ts';
import { testedCounts } from '../tested.queries.ts';

// Ninety-five orders of kettles, few enough to count by hand, with everything the pages ask about.

export const workspace = workspaceIdSchema.parse('kettles');
/** When the tests look. */
export const now = new Date(Date.UTC(2026, 9, 1));

export const definitions = definitionsSchema.parse({
	touchstone: 1,
	company: { name: 'Kettle & Co', currency: 'EUR', timeZone: 'Europe/Berlin' },
	units: [
		{ id: 'DE', name: 'Germany' },
		{ id: 'DE-N', name: 'North', parent: 'DE' },
		{ id: 'AT', name: 'Austria' },
	],
	owners: [
		{ id: 'chief', name: 'Chief', businessFunction: 'marketing' },
		{ id: 'logistics', name: 'Logistics', businessFunction: 'logistics', reportsTo: 'chief' },
	],
	moments: [
		{ id: 'ordered', name: 'Orders', stage: 'buy', channel: 'web', owner: 'chief' },
		{ id: 'delivered', name: 'Delivered', stage: 'first-use', channel: 'delivery' },
	],
	promises: [
		{
			id: 'in-three-days',
			wording: 'With you in three days.',
			moment: 'delivered',
			target: 0.9,
			keptBy: 'logistics',
			rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '3d' } },
		},
		{
			id: 'felt-good',
			wording: 'A pleasure.',
			moment: 'ordered',
			target: 0.5,
			rule: { kind: 'felt', moment: 'ordered', scale: 'csat-5', atLeast: 4 },
		},
		{ id: 'someday', wording: 'We shall see.' },
	],
});

const versions: PromiseVersion[] = definitions.promises.flatMap(promise =>
	promise.rule ? [{ promise: { ...promise, rule: promise.rule }, version: 1, from: null, to: null }] : [],
);
export const inForce: InForce = { revision: 1, definitions, nameOf: () => '', versions };

const dayMs = 86_400_000;

/**
 * Orders from 1 June on by fifty customers: customer n orders on day n and, unless n % 10 = 1, again on day n + 50. Every third customer is in Austria, the others in the north; every other one orders on the web, the others in the store; every
 * fifth acts for a firm; every fourth came by the campaign `summer`. Of the first orders every fifth (n % 5 = 1) comes on the
 * fifth day, every tenth (n % 10 = 4) never, the others on the second; of the second orders only n % 10 = 4 is late. Each order
 * brings 100 EUR. Who got theirs answers six days after the order: 5 where it was in time and 4 from customer 40 on, 2 where it
 * was late; and rates the delivery 9 in time, 3 late.
 */
export async function insertHistory(door: ColumnsDoor): Promise<void> {
	const interactions: unknown[][] = [];
	const feedback: unknown[][] = [];
	for (let order = 0; order < 100; order++) {
		const customer = order % 50;
		const isFirst = order < 50;
		if (!isFirst && customer % 10 === 1) continue;
		const ordered = Date.UTC(2026, 5, 1, 12) + order * dayMs;
		const lost = isFirst && customer % 10 === 4;
		const late = isFirst ? customer % 5 === 1 : customer % 10 === 4;
		const delivered = ordered + (late ? 5 : 2) * dayMs;
		const place = [
			customer % 3 === 0 ? 'AT' : 'DE-N',
			customer % 2 === 0 ? 'web' : 'store',
			customer % 5 === 0 ? `firm-${customer}` : '',
		];
		const who = [workspace, `user:k${customer}`];
		const subject = `order-${order}`;
		const met = (moment: string, time: number, revenue: string | null) =>
			interactions.push([
				...who,
				`${subject}-${moment}`,
				new Date(time).toISOString(),
				moment,
				subject,
				...place,
				customer % 4 === 0 ? 'summer' : '',
				revenue,
				revenue === null ? '' : 'EUR',
				'7',
				'1',
			]);
		met('ordered', ordered, '100.00');
		if (lost) continue;
		met('delivered', delivered, null);
		const answered = new Date(ordered + 6 * dayMs).toISOString();
		const score = late ? 2 : customer >= 40 ? 4 : 5;
		const said = (id: string, moment: string, scale: string, points: number, words: string) =>
			feedback.push([
				...who,
				`${subject}-${id}`,
				answered,
				moment,
				subject,
				...place,
				scale,
				points,
				words,
				'7',
				'1',
			]);
		said('f', '', 'csat-5', score, late ? 'Too late' : '');
		said('n', 'delivered', 'nps', late ? 3 : 9, '');
	}
	const { house } = door;
	await house.insertLines('interactions', interactionColumns, lines(interactions));
	await house.insertLines('feedback', feedbackColumns, lines(feedback));
	await keepVerdicts(house, versions, customersIn(workspace, everyCustomer), now, 1n);
}

/** A question as a page asks it, with nothing kept from earlier ones. */
export function askOf(
	door: ColumnsDoor,
	query: object = {},
	scope: Scope = wholeWorkspace(workspace),
	repeated: Repeated = 'everyone',
): PanelAsk {
	const asked = askedPeriod(periodQuerySchema.parse(query), definitions, now);
	const columns = door.forScope(scope);
	return {
		columns,
		inForce,
		asked,
		repeated,
		tested: () => testedCounts(columns, asked.filter, asked.periods, asked.zone),
	};
}

const place = ['unit', 'channel', 'account'];
const interactionColumns = [
	...['workspace', 'person', 'id', 'time', 'moment', 'subject'],
	...place,
	...['campaign', 'revenue', 'currency', 'batch', 'version'],
];
const feedbackColumns = [
	...['workspace', 'person', 'id', 'time', 'moment', 'subject'],
	...place,
	...['scale', 'score', 'words', 'batch', 'version'],
];

function lines(rows: readonly unknown[][]): string {
	return rows.map(row => `${JSON.stringify(row)}\n`).join('');
}
