import type { ReceivedEvent } from '@touchstone/domain/definitions/findings';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';

const row = z
	.object({ event: z.string(), stored: z.string(), last_day: z.string() })
	.transform(({ event, stored, last_day }) => ({ event, rows: Number(stored), lastDay: last_day }));

/**
 * The events that were ever stored without a moment, most frequent first, at most 1,000. Whether a moment
 * claims the event by now is for the caller to say. Calls that only say who somebody is meet no moment.
 */
export async function unnamedEvents(columns: ScopedColumns): Promise<ReceivedEvent[]> {
	return await columns.rows({
		sql: `
			SELECT event, sum(n) AS stored, max(day) AS last_day
			FROM events_seen
			WHERE type NOT IN ('identify', 'group', 'alias')
			GROUP BY event
			ORDER BY stored DESC, event
			LIMIT 1000`,
		row,
	});
}
