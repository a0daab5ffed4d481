import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { interactionSchema } from './interaction.ts';
import { type SegmentType, segmentEvents, segmentLimits, segmentTypes } from './segment.ts';

const intakeProblems = [
	'body-not-json',
	'body-too-large',
	'media-type-unsupported',
	'items-refused',
	'overloaded',
	'store-unavailable',
] as const;

/** What the strict interfaces answer: how many were stored, and for the others why not. */
export const receiptSchema = z.object({
	accepted: z.number().int(),
	refused: z.number().int(),
	/** The first refusals; all of them are counted, and listed under /v1/refusals. */
	refusals: z.array(
		z.object({
			/** The line of a stream, or the place in a list, from 1. */
			line: z.number().int(),
			code: z.string(),
			reason: z.string(),
		}),
	),
});
export type Receipt = z.output<typeof receiptSchema>;

/** How many refusals a receipt spells out. */
export const receiptRefusals = 100;

const id = z.union([z.string(), z.number()]);
const json = z.record(z.string(), z.json());
const common = {
	userId: id.optional(),
	anonymousId: id.optional(),
	messageId: z.string().max(100).optional(),
	timestamp: z.string().optional(),
	originalTimestamp: z.string().optional(),
	sentAt: z.string().optional(),
	context: json.optional(),
	integrations: json.optional(),
	writeKey: z.string().optional(),
};
const besides: Record<SegmentType, Record<string, z.ZodType>> = {
	identify: { traits: json.optional() },
	track: { event: z.string().max(200), properties: json.optional(), subject: z.string().optional() },
	page: { name: z.string().optional(), category: z.string().optional(), properties: json.optional() },
	screen: { name: z.string().optional(), category: z.string().optional(), properties: json.optional() },
	group: { groupId: id, traits: json.optional() },
	alias: { previousId: id, userId: id },
};

const segmentDescription = `The Segment HTTP tracking API. The key goes into HTTP Basic as the user, into the header X-Write-Key, into the body as writeKey, or into Authorization: Bearer. An event may take ${segmentLimits.eventSize / 1024} KB. Answers 200 {"success": true} once everything is durable; what an event lacks does not change that, the event is listed under /v1/refusals. With the header X-Strict-Mode: 1 such an event answers 400 instead.`;

export const segmentAnswerSchema = z.object({ success: z.literal(true) });

/** One contract for each call of the Segment API. */
export const segmentContracts = segmentTypes.map(type =>
	contract({
		id: type,
		method: 'POST',
		path: `/v1/${type}`,
		room: 'interactions',
		summary: summaryOf(type),
		description: segmentDescription,
		allows: ['intake'],
		roles: ['analyst'],
		audited: 'nothing',
		body: z.looseObject({ ...common, ...besides[type] }),
		answer: segmentAnswerSchema,
		problems: ['body-not-json', 'event-too-large', 'items-refused'],
	}),
);

export const batchContract = contract({
	id: 'batch',
	method: 'POST',
	path: '/v1/batch',
	room: 'interactions',
	summary: 'Send many Segment calls at once',
	description: `${segmentDescription} A batch may take ${segmentLimits.batchSize / 1024} KB and ${segmentLimits.batchEvents} events; its context and sentAt hold for every event that does not say otherwise. POST /v1/import is the same.`,
	allows: ['intake'],
	roles: ['analyst'],
	audited: 'nothing',
	body: z.looseObject({
		batch: z.array(z.looseObject({ type: z.enum(segmentTypes), ...common })).max(segmentLimits.batchEvents),
		context: json.optional(),
		sentAt: z.string().optional(),
		writeKey: z.string().optional(),
	}),
	answer: segmentAnswerSchema,
	problems: ['body-not-json', 'event-too-large', 'items-refused'],
});

export const cloudEventsContract = contract({
	id: 'sendCloudEvents',
	method: 'POST',
	path: '/v1/cloudevents',
	room: 'interactions',
	summary: 'Send CloudEvents 1.0',
	description:
		'Structured (application/cloudevents+json), batched (application/cloudevents-batch+json) or binary (ce- headers). data may carry the fields of an interaction; otherwise the type names the event and the subject its errand. The customer stands in data.customer, data.userId or the extension attribute customer.',
	allows: ['intake'],
	roles: ['analyst'],
	audited: 'nothing',
	body: z.looseObject({
		specversion: z.literal('1.0'),
		id: z.string(),
		source: z.string(),
		type: z.string(),
		subject: z.string().optional(),
		time: z.string().optional(),
		data: z.json().optional(),
	}),
	answer: receiptSchema,
	problems: intakeProblems,
});

export const sendInteractionsContract = contract({
	id: 'sendInteractions',
	method: 'POST',
	path: '/v1/interactions',
	room: 'interactions',
	summary: 'Send interactions',
	description:
		'One interaction, a JSON list of them, or a stream with one on each line (application/x-ndjson), up to 100 MB. Each is checked by itself: those that fit are stored, the others are named in the receipt and listed under /v1/refusals. When none fits the answer is 400. Sending the same ids again is harmless.',
	allows: ['intake'],
	roles: ['analyst'],
	audited: 'nothing',
	body: interactionSchema,
	answer: receiptSchema,
	problems: intakeProblems,
});

function summaryOf(type: SegmentType): string {
	if (type === 'track') return 'Say that something happened';
	return `Segment ${type}: stored as the event "${segmentEvents[type]}"`;
}
