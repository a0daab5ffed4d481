import { Readable } from 'node:stream';
import type { PersonKey } from '@touchstone/domain/customers/person';
import { shownPerson } from '@touchstone/domain/customers/shown-person';
import {
	exportCustomer,
	listCustomers,
	readCustomer,
	readCustomerTimeline,
} from '@touchstone/domain/metrics/customer-history.contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { knownAs } from '../customers/person-ids.queries.ts';
import { suppressionOf } from '../customers/suppression.queries.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { Caller, House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { exportOf } from './customer-export.queries.ts';
import { customerFacts } from './customer-facts.queries.ts';
import { customerRows, findCustomers, keysOfPersons } from './customer-rows.queries.ts';
import { placeOf, timelineOf } from './customer-timeline.queries.ts';

const inList = z.tuple([z.number(), z.number(), z.string().regex(/^\d+$/)]);
const inTimeline = z.tuple([z.number(), z.number().int().min(0).max(2), z.string()]);

/** Customers: who they are, what happened between them and the company, and everything held about one as a file. */
export function customerRoutes(app: FastifyInstance, house: House, definitions: DefinitionsInForce): void {
	const currencyOf = async (caller: Caller) =>
		(await definitions.of(caller.workspace)).definitions.company.currency;

	serve(app, house, listCustomers, async ({ caller, query: { search = '', cursor, limit } }) => {
		const columns = house.columns.forScope(caller.scope);
		const currency = await currencyOf(caller);
		const after = cursor === undefined ? undefined : readCursor(inList, cursor);
		// An id that was given up is found in no row any more, but leads to whom it belongs to.
		const known = after || search === '' ? undefined : await whoIs(caller, search);
		const first =
			known && known.aliases.length > 0 ? await keysOfPersons(columns, caller.workspace, [known.person]) : [];
		const found = await findCustomers(columns, search, after, limit + 1);
		const page = found.slice(0, limit);
		const keys = [...new Set([...first, ...page.map(({ customer }) => customer)])];
		const rows = await customerRows(columns, keys, currency);
		const last = page.at(-1);
		return {
			items: [...rows.values()],
			limit,
			nextCursor: found.length > limit && last ? writeCursor(last.place) : null,
			currency,
		};
	});

	serve(app, house, readCustomer, async ({ caller, params: { id } }) => {
		const columns = house.columns.forScope(caller.scope);
		const currency = await currencyOf(caller);
		const { person, aliases, suppression } = await whoIs(caller, id);
		const [key = ''] = await keysOfPersons(columns, caller.workspace, [person]);
		const row = (await customerRows(columns, [key], currency)).get(key);
		if (!row) throw unknown(id);
		return {
			...row,
			currency,
			alsoKnownAs: aliases.map(shownPerson),
			...(await customerFacts(columns, [key])),
			suppression,
		};
	});

	serve(app, house, readCustomerTimeline, async ({ caller, params: { id }, query: { cursor, limit } }) => {
		const { person, aliases } = await whoIs(caller, id);
		const after = cursor === undefined ? undefined : readCursor(inTimeline, cursor);
		const columns = house.columns.forScope(caller.scope);
		const entries = await timelineOf(columns, caller.workspace, [person, ...aliases], after, limit + 1);
		if (entries.length === 0 && !after) throw unknown(id);
		const items = entries.slice(0, limit);
		const last = items.at(-1);
		return {
			items,
			limit,
			nextCursor: entries.length > limit && last ? writeCursor(placeOf(last)) : null,
		};
	});

	// The answer is sent as it is read; that it has the shape of the contract is what its test says.
	serve<typeof exportCustomer.params & z.ZodType<{ id: string }>, z.ZodType, z.ZodType, z.ZodType>(
		app,
		house,
		exportCustomer,
		async ({ caller, params: { id }, reply }) => {
			const { person, aliases, suppression } = await whoIs(caller, id);
			const persons: PersonKey[] = [person, ...aliases];
			const columns = house.columns.forScope(caller.scope);
			if ((await timelineOf(columns, caller.workspace, persons, undefined, 1)).length === 0)
				throw unknown(id);
			reply
				.type('application/json; charset=utf-8')
				.header('content-disposition', 'attachment; filename="customer.json"');
			return Readable.from(
				exportOf(columns, caller.workspace, persons, {
					customer: shownPerson(person),
					exportedAt: house.now().toISOString(),
					alsoKnownAs: aliases.map(shownPerson),
					suppression,
				}),
			);
		},
	);

	async function whoIs(caller: Caller, id: string) {
		return house.postgres.inWorkspace(caller.scope, async trx => {
			const known = await knownAs(trx, caller.workspace, id);
			const row = await suppressionOf(trx, caller.workspace, known.person);
			const suppression = row
				? { customer: shownPerson(row.person), reason: row.reason, at: row.at.toISOString() }
				: null;
			return { ...known, suppression };
		});
	}
}

function unknown(id: string): Refusal {
	return new Refusal('not-found', `There is no customer ${id}.`);
}
