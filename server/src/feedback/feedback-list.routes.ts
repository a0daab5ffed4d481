import { listFeedback } from '@touchstone/domain/feedback/feedback-list.contract';
import { unitsBelow } from '@touchstone/domain/owners/units-below';
import { z } from 'zod';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { House, Room } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { feedbackNewestFirst } from './feedback-list.queries.ts';

const place = z.tuple([z.number(), z.string()]);

/** What customers said, for people to read. */
export function feedbackListRoom(house: House, definitions: DefinitionsInForce): Room {
	return {
		name: 'feedback to read',
		routes(app) {
			serve(app, house, listFeedback, async ({ caller, query }) => {
				const { unit, cursor, limit, ...question } = query;
				const { units } = (await definitions.of(caller.workspace)).definitions;
				const below = unit === undefined ? undefined : unitsBelow(units, unit);
				if (below?.length === 0) throw new Refusal('not-found', `There is no unit ${unit}.`);
				const rows = await feedbackNewestFirst(house.columns.forScope(caller.scope), {
					...question,
					units: below,
					after: cursor === undefined ? undefined : readCursor(place, cursor),
					limit: limit + 1,
				});
				const items = rows.slice(0, limit);
				const last = items.at(-1);
				const more = rows.length > limit && last !== undefined;
				return { items, limit, nextCursor: more ? writeCursor([Date.parse(last.time), last.id]) : null };
			});
		},
	};
}
