import type { z } from 'zod';
import { Refusal } from './problems.ts';

/** Where a page ended, as text that means nothing to whoever hands it back. */
export function writeCursor(place: readonly (string | number)[]): string {
	return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * The place that a cursor stands for.
 * @param name the parameter it came in
 * @throws Refusal when it is none that we wrote
 */
export function readCursor<Place extends z.ZodType>(
	place: Place,
	cursor: string,
	name = 'cursor',
): z.output<Place> {
	const read = place.safeParse(parsed(cursor));
	if (read.success) return read.data;
	throw new Refusal('request-invalid', undefined, {
		invalidParams: [{ name: `query.${name}`, reason: 'must be what an earlier answer gave' }],
	});
}

function parsed(cursor: string): unknown {
	try {
		return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
	} catch {
		return undefined;
	}
}
