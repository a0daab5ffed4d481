/**
 * Why the intake refuses something, and what to do about it. Each refused item is listed under one of these codes with a
 * detail; docs/intake.md lists the same set and a test compares both ways.
 */
export const refusalReasons = {
	'body-not-json': 'The request, or the line, is not JSON. Send one valid JSON value.',
	'not-an-object': 'An item must be a JSON object.',
	'too-large': 'The item is larger than this address takes. Leave out what nobody will ask about.',
	'too-deep': 'The item is nested deeper than 200 levels. Flatten it.',
	'batch-too-long':
		'A batch holds at most 2,500 events; the later ones were refused. Send them in a batch of their own.',
	'type-unknown': 'The type must be identify, track, page, screen, group or alias.',
	'who-missing': 'It does not say who it was. Send userId or anonymousId (customer or anonymousId).',
	'event-missing': 'It does not say what happened. Send the name of the event.',
	'group-missing': 'A group call needs the groupId.',
	'previous-missing': 'An alias call needs previousId and userId.',
	'id-invalid': 'An id is too long or holds control characters.',
	'time-invalid': 'A time must be ISO 8601 with a zone, between the years 1970 and 2299.',
	'field-invalid': 'A field does not fit; the detail names it.',
	suppressed: 'This customer must not be recorded. Nothing of the item was kept.',
	'not-storable': 'The store refused the item although it passed every check; the detail has its words.',
} as const satisfies Record<string, string>;

export type RefusalReasonCode = keyof typeof refusalReasons;

/** One thing that is wrong with an item: where, and in words. */
export type RefusalReason = {
	readonly code: RefusalReasonCode;
	/** The path of the field, `''` for the item as a whole. */
	readonly field: string;
	readonly reason: string;
};

/** A reason in the words of its code, unless something more exact is said. */
export function because(
	code: RefusalReasonCode,
	field = '',
	reason: string = refusalReasons[code],
): RefusalReason {
	return { code, field, reason };
}

/** All reasons in one sentence each, for lists people read. */
export function reasonsInWords(reasons: readonly RefusalReason[]): string {
	return reasons
		.map(({ field, reason }) => (field ? `${field}: ${reason}` : reason))
		.join(' ')
		.slice(0, 1000);
}
