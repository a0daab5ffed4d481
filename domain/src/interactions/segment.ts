import { type IdentityClaim, identifyClaim, mergeClaim } from '../customers/identity-link.ts';
import { isStorableId, personIdLimit, personOf } from '../customers/person.ts';
import { correctedTime, type Milliseconds, readInstant } from './clock.ts';
import type { InteractionRow } from './interaction-row.ts';
import { isJsonObject, jsonWeight } from './json-weight.ts';
import { because, type RefusalReason } from './refusal-reason.ts';
import { standardFields } from './standard-properties.ts';

/** The calls of the Segment HTTP tracking API. */
export const segmentTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type SegmentType = (typeof segmentTypes)[number];

/** The limits of the Segment API, in characters of JSON and events. */
export const segmentLimits = { eventSize: 32 * 1024, batchSize: 500 * 1024, batchEvents: 2_500 } as const;

/** The event names under which calls without a name of their own stand in the log, so that moments can claim them. */
export const segmentEvents = {
	page: 'Page Viewed',
	screen: 'Screen Viewed',
	identify: 'Identified',
	group: 'Group Joined',
	alias: 'Aliased',
} as const;

/** How something arrived: when, with whose key, and where ids come from for senders that give none. */
export type Arrival = {
	readonly receivedAt: Milliseconds;
	readonly source: string;
	readonly newId: () => string;
};

/** What a batch says once for all its events. */
export type BatchDefaults = { readonly context?: unknown; readonly sentAt?: unknown };

export type Normalised =
	| { readonly row: InteractionRow; readonly claim?: IdentityClaim }
	| { readonly refused: readonly RefusalReason[] };

/**
 * One call of the Segment API as a row of the log, and what it says about who is who; or everything that is wrong with it.
 *
 * Lenient, a standard property that does not fit its column stays in the properties only. Strict, it refuses the call, so that
 * a developer sees the mistake.
 */
export function normaliseSegment(
	message: unknown,
	type: SegmentType,
	arrival: Arrival,
	options: { readonly strict: boolean; readonly batch?: BatchDefaults },
): Normalised {
	if (!isJsonObject(message)) return { refused: [because('not-an-object')] };
	const weight = jsonWeight(message);
	if (weight > segmentLimits.eventSize) {
		return weight === Infinity
			? { refused: [because('too-deep')] }
			: { refused: [because('too-large', '', 'An event may take 32 KB of JSON.')] };
	}
	const wrong: RefusalReason[] = [];
	const refuse = (reason: RefusalReason) => {
		wrong.push(reason);
	};
	const doubt = options.strict ? refuse : ignore;

	const customer = idOf(message.userId, 'userId', refuse);
	const anonymousId = idOf(message.anonymousId, 'anonymousId', refuse);
	const previousId = type === 'alias' ? idOf(message.previousId, 'previousId', refuse) : '';
	const groupId = type === 'group' ? idOf(message.groupId, 'groupId', refuse) : '';
	const messageId = idOf(message.messageId, 'messageId', refuse, 100);
	const event = type === 'track' ? eventOf(message.event, refuse) : segmentEvents[type];
	const person = personOf(customer, anonymousId);
	if (wrong.length === 0) {
		if (type === 'alias' && (!previousId || !customer)) refuse(because('previous-missing'));
		else if (!person) refuse(because('who-missing'));
		if (type === 'group' && !groupId) refuse(because('group-missing', 'groupId'));
	}

	const sentAt = timeOf(message.sentAt ?? options.batch?.sentAt, 'sentAt', doubt);
	// Whoever forwards an event that was corrected before sends both; then `timestamp` is the truth already.
	const corrected =
		message.originalTimestamp !== undefined &&
		message.originalTimestamp !== null &&
		message.timestamp !== undefined &&
		message.timestamp !== null;
	const timestamp = timeOf(message.timestamp, 'timestamp', refuse);
	const original = corrected
		? timeOf(message.originalTimestamp, 'originalTimestamp', refuse)
		: (timestamp ?? timeOf(message.originalTimestamp, 'originalTimestamp', refuse));

	const context = mergedContext(options.batch?.context, message.context);
	const properties = propertiesOf(message, type);
	const standard = standardFields(
		event,
		properties,
		context,
		{ subject: message.subject, channel: type === 'page' ? 'web' : type === 'screen' ? 'app' : '' },
		doubt,
	);
	if (!person || wrong.length > 0) return { refused: wrong };

	const row: InteractionRow = {
		person,
		id: messageId || arrival.newId(),
		time: corrected && timestamp !== null ? timestamp : correctedTime(arrival.receivedAt, original, sentAt),
		receivedAt: arrival.receivedAt,
		originalTime: original,
		sentAt,
		type,
		event,
		account: groupId || idOf(context.groupId, 'context.groupId', ignore),
		anonymousId,
		properties,
		context,
		source: arrival.source,
		// Named one by one: spreading them costs more than everything else that is done to an event.
		subject: standard.subject,
		unit: standard.unit,
		channel: standard.channel,
		campaign: standard.campaign,
		agent: standard.agent,
		outcome: standard.outcome,
		durationSeconds: standard.durationSeconds,
		waitSeconds: standard.waitSeconds,
		revenue: standard.revenue,
		cost: standard.cost,
		currency: standard.currency,
		reach: standard.reach,
	};
	if (type === 'identify' && customer && anonymousId) {
		return { row, claim: identifyClaim(anonymousId, customer) };
	}
	if (type === 'alias' && previousId && customer) return { row, claim: mergeClaim(previousId, customer) };
	return { row };
}

/** Which call an item of a batch is; undefined when it says none we know. */
export function segmentTypeOf(item: unknown): SegmentType | undefined {
	if (!isJsonObject(item)) return undefined;
	return segmentTypes.find(type => type === item.type);
}

/** An item of a batch as a message of its own, with all the batch said for it; what is listed when it is refused. */
export function standingAlone(item: unknown, batch: BatchDefaults): unknown {
	if (!isJsonObject(item)) return item;
	return {
		...item,
		...(isJsonObject(batch.context) ? { context: mergedContext(batch.context, item.context) } : {}),
		...(item.sentAt === undefined && batch.sentAt !== undefined ? { sentAt: batch.sentAt } : {}),
	};
}

function ignore(): void {}

const none: Readonly<Record<string, unknown>> = {};

function idOf(
	value: unknown,
	field: string,
	refuse: (reason: RefusalReason) => void,
	limit = personIdLimit,
): string {
	if (value === undefined || value === null || value === '') return '';
	const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
	if (typeof text === 'string' && text.length <= limit && isStorableId(text)) return text;
	refuse(
		because('id-invalid', field, `must be a text of at most ${limit} characters without control characters.`),
	);
	return '';
}

function eventOf(value: unknown, refuse: (reason: RefusalReason) => void): string {
	if (typeof value === 'string' && value !== '' && value.length <= 200) return value;
	if (value === undefined || value === null || value === '') refuse(because('event-missing', 'event'));
	else refuse(because('field-invalid', 'event', 'must be a text of at most 200 characters.'));
	return '';
}

function timeOf(value: unknown, field: string, refuse: (reason: RefusalReason) => void): Milliseconds | null {
	if (value === undefined || value === null || value === '') return null;
	const time = typeof value === 'string' ? readInstant(value) : undefined;
	if (time !== undefined) return time;
	refuse(because('time-invalid', field));
	return null;
}

/** What the batch says holds for every event that does not say otherwise. */
function mergedContext(batch: unknown, own: unknown): Readonly<Record<string, unknown>> {
	if (!isJsonObject(batch)) return isJsonObject(own) ? own : none;
	return isJsonObject(own) ? { ...batch, ...own } : batch;
}

function propertiesOf(
	message: Readonly<Record<string, unknown>>,
	type: SegmentType,
): Readonly<Record<string, unknown>> {
	const given = type === 'identify' || type === 'group' ? message.traits : message.properties;
	const properties = isJsonObject(given) ? given : none;
	if (type !== 'page' && type !== 'screen') return properties;
	const { name, category } = message;
	if (typeof name !== 'string' && typeof category !== 'string') return properties;
	return {
		...properties,
		...(typeof name === 'string' ? { name } : {}),
		...(typeof category === 'string' ? { category } : {}),
	};
}
