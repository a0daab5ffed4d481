import { feedbackSchema } from '@touchstone/domain/feedback/feedback';
import { interactionSchema } from '@touchstone/domain/interactions/interaction';
import { z } from 'zod';

const objectSchema = z.record(z.string(), z.json());
export type Payload = z.output<typeof objectSchema>;

export type ReadPayload =
	| { readonly kind: 'read'; readonly payload: Payload; readonly problems: readonly PayloadProblem[] }
	| { readonly kind: 'not-json'; readonly reason: string }
	| { readonly kind: 'not-an-object' };

/** What is wrong with a field of it, as the server would say. */
export type PayloadProblem = { readonly field: string; readonly reason: string };

/**
 * What somebody wrote to correct a refused item, and what the server would refuse it for again, where that can be told
 * beforehand: the strict interfaces have a schema, the Segment calls take nearly anything.
 *
 * @param route the way the item came
 */
export function readPayload(text: string, route: string): ReadPayload {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		return { kind: 'not-json', reason: error instanceof Error ? error.message : String(error) };
	}
	const object = objectSchema.safeParse(value);
	if (!object.success) return { kind: 'not-an-object' };
	const schema = /interactions/.test(route)
		? interactionSchema
		: /feedback/.test(route)
			? feedbackSchema
			: undefined;
	const issues = schema?.safeParse(object.data).error?.issues ?? [];
	return {
		kind: 'read',
		payload: object.data,
		problems: issues.map(({ path, message }) => ({ field: path.map(String).join('.'), reason: message })),
	};
}

/** A payload as one edits it. */
export function payloadText(stored: string): string {
	try {
		return JSON.stringify(JSON.parse(stored), undefined, 2);
	} catch {
		return stored;
	}
}
