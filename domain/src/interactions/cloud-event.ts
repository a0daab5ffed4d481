import { z } from 'zod';
import { isInstant } from '../units/instant.ts';
import { interactionSchema } from './interaction.ts';
import { isJsonObject } from './json-weight.ts';
import { rowOf, schemaReason, unfitJson } from './native.ts';
import { because } from './refusal-reason.ts';
import type { Arrival, Normalised } from './segment.ts';

/** The attributes CloudEvents 1.0 defines; other attributes are extensions. `data` may be anything. */
const attributesSchema = z.looseObject({
	specversion: z.literal('1.0', 'must be 1.0'),
	id: z.string().min(1),
	source: z.string().min(1),
	type: z.string().min(1).max(200),
	subject: z.string().max(256).optional(),
	time: z.string().refine(isInstant, 'must be an RFC 3339 time with a zone').optional(),
	data: z.unknown().optional(),
});

/** Fields of an interaction that `data` may carry under their own names; everything else in it becomes properties. */
const ownFields: ReadonlySet<string> = new Set(Object.keys(interactionSchema.shape));

/**
 * A CloudEvent as a row of the log. `data` may carry the fields of an interaction; where it does not, the type names the event
 * and the subject its errand. Who it was stands in `data.customer` or `data.userId`, in `data.anonymousId`, or in the
 * extension attributes `customer`, `userid` and `anonymousid`. Source and id together identify it, so that two sources may
 * count from 1.
 */
export function normaliseCloudEvent(event: unknown, arrival: Arrival): Normalised {
	const unfit = unfitJson(event);
	if (unfit) return { refused: [unfit] };
	const envelope = attributesSchema.safeParse(event);
	if (!envelope.success) return { refused: envelope.error.issues.slice(0, 20).map(schemaReason) };
	const attributes = envelope.data;
	const id = `${attributes.source} ${attributes.id}`;
	if (id.length > idLimit) {
		return {
			refused: [because('id-invalid', 'id', `source and id may take ${idLimit} characters together.`)],
		};
	}
	const data = isJsonObject(attributes.data) ? attributes.data : {};
	const own: Record<string, unknown> = {};
	const others: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(data)) {
		if (ownFields.has(name)) own[name] = value;
		else if (name !== 'userId') others[name] = value;
	}
	if (!isJsonObject(attributes.data) && attributes.data !== undefined) others.data = attributes.data;
	if (attributes.data_base64 !== undefined) others.data_base64 = attributes.data_base64;
	const parsed = interactionSchema.safeParse({
		event: attributes.type,
		...(attributes.subject === undefined ? {} : { subject: attributes.subject }),
		...own,
		...person(attributes, data),
		time: attributes.time ?? own.time ?? new Date(arrival.receivedAt).toISOString(),
		id: 'stands apart',
		properties: isJsonObject(own.properties) ? { ...others, ...own.properties } : others,
	});
	if (!parsed.success) return { refused: parsed.error.issues.slice(0, 20).map(schemaReason) };
	return rowOf({ ...parsed.data, id }, arrival, { context: { cloudevent: besidesData(attributes) } });
}

/** Long enough for a URI and a UUID. */
const idLimit = 256;

function person(
	attributes: Readonly<Record<string, unknown>>,
	data: Readonly<Record<string, unknown>>,
): { customer?: unknown; anonymousId?: unknown } {
	const customer = data.customer ?? data.userId ?? attributes.customer ?? attributes.userid;
	const anonymousId = data.anonymousId ?? attributes.anonymousid;
	return {
		...(customer === undefined || customer === null ? {} : { customer: asText(customer) }),
		...(anonymousId === undefined || anonymousId === null ? {} : { anonymousId: asText(anonymousId) }),
	};
}

function asText(value: unknown): unknown {
	return typeof value === 'number' ? String(value) : value;
}

/** The attributes as they came, without the payload and without the names of persons, which have columns of their own. */
function besidesData(attributes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		Object.entries(attributes).filter(
			([name]) => !['data', 'data_base64', 'customer', 'userid', 'anonymousid'].includes(name),
		),
	);
}
