import { readInteractionsById, tailInteractions } from '@touchstone/domain/interactions/tail.contract';
import { z } from 'zod';
import { knownAs } from '../customers/person-ids.queries.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { House, Room } from '../http/house.ts';
import { serve } from '../http/serve.ts';
import { arrivedRows, rowsById } from './tail.queries.ts';

const place = z.tuple([z.number(), z.string().regex(/^\d+$/), z.string()]);

/** What arrives, and the interactions behind a verdict. */
export function tailRoom(house: House): Room {
	return {
		name: 'the log to read',
		routes(app) {
			serve(app, house, tailInteractions, async ({ caller, query: { after, limit } }) => {
				const rows = await arrivedRows(
					house.columns.forScope(caller.scope),
					after === undefined ? undefined : readCursor(place, after, 'after'),
					limit,
				);
				const last = rows.at(-1);
				return {
					items: rows.map(({ customerKey: _, arrivedAt, ...met }) => ({
						...met,
						arrivedAt: new Date(arrivedAt).toISOString(),
					})),
					nextAfter: last ? writeCursor([last.arrivedAt, last.customerKey, last.id]) : (after ?? null),
				};
			});
			serve(app, house, readInteractionsById, async ({ caller, query: { customer, ids } }) => {
				const { person, aliases } = await house.postgres.inWorkspace(caller.scope, trx =>
					knownAs(trx, caller.workspace, customer),
				);
				return rowsById(house.columns.forScope(caller.scope), caller.workspace, [person, ...aliases], ids);
			});
		},
	};
}
