import { feedbackSchema } from '@touchstone/domain/feedback/feedback';
import { interactionSchema } from '@touchstone/domain/interactions/interaction';
import { z } from 'zod';
import { withoutMark } from './unfit-record.ts';

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

/** What is wrong with a refused item: what the import did not understand, where it came by one, or what the server said. */
export function refusedFor({
	payload,
	detail,
}: {
	readonly payload: string;
	readonly detail: string;
}): string {
	const { notUnderstood } = editablePayload(payload);
	return notUnderstood.length === 0
		? detail
		: notUnderstood.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
}

/** A payload as one edits it, and what an import did not understand in it. */
export function editablePayload(stored: string): {
	readonly text: string;
	readonly notUnderstood: readonly PayloadProblem[];
} {
	try {
		const { item, wrong } = withoutMark(objectSchema.parse(JSON.parse(stored)));
		return {
			text: JSON.stringify(item, undefined, 2),
			notUnderstood: Object.entries(wrong).map(([field, reason]) => ({ field, reason })),
		};
	} catch {
		// Cut short, or nothing that JSON knows: shown as it is.
		return { text: stored, notUnderstood: [] };
	}
}
