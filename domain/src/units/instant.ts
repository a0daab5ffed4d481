import { z } from 'zod';

/** A moment in time, ISO 8601 with an explicit zone; `2019-01-01` alone is read as the start of that day in UTC. */
export const instantSchema = z
	.string()
	.refine(
		isInstant,
		'must be an ISO 8601 time with a zone, like 2026-03-01T09:30:00Z, or a date like 2026-03-01',
	)
	.transform(text => new Date(text));

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const withZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Whether the text is an instant that our stores can hold: years 1970 to 2299, a real calendar date, an explicit zone. */
export function isInstant(text: string): boolean {
	if (!dateOnly.test(text) && !withZone.test(text)) return false;
	const time = Date.parse(text);
	if (Number.isNaN(time) || time < 0 || time >= Date.UTC(2300, 0, 1)) return false;
	const day = Number(text.slice(8, 10));
	return day <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
}
