import { isStorableId, personOf } from '../customers/person.ts';
import { channels } from '../moments/moment.ts';
import { isInstant } from '../units/instant.ts';
import { correctedTime, type Milliseconds } from './clock.ts';
import { type Interaction, interactionSchema } from './interaction.ts';
import type { InteractionRow } from './interaction-row.ts';
import { isJsonObject, jsonWeight } from './json-weight.ts';
import { because, type RefusalReason, type RefusalReasonCode } from './refusal-reason.ts';
import type { Arrival, Normalised } from './segment.ts';
import { decimalText } from './standard-properties.ts';

/** The size of one interaction or feedback on the strict interfaces, in characters of JSON. */
export const nativeItemSize = 256 * 1024;

/** One item sent to `POST /v1/interactions` as a row of the log; or everything that is wrong with it. */
export function normaliseInteraction(item: unknown, arrival: Arrival): Normalised {
	const unfit = unfitJson(item);
	if (unfit) return { refused: [unfit] };
	const plain = plainInteraction(item);
	if (plain) return rowOf(plain, arrival);
	const parsed = interactionSchema.safeParse(item);
	if (!parsed.success) return { refused: parsed.error.issues.slice(0, 20).map(schemaReason) };
	return rowOf(parsed.data, arrival);
}

/** A checked interaction as a row of the log, whoever sent it. */
export function rowOf(
	given: Interaction,
	arrival: Pick<Arrival, 'receivedAt' | 'source'>,
	besides: { readonly context?: Readonly<Record<string, unknown>>; readonly sentAt?: Milliseconds } = {},
): Normalised {
	const person = personOf(given.customer, given.anonymousId);
	if (!person) return { refused: [because('who-missing', 'customer')] };
	const badId = unstorable({ id: given.id, customer: given.customer, anonymousId: given.anonymousId });
	if (badId) return { refused: [badId] };
	const original = Date.parse(given.time);
	const row: InteractionRow = {
		person,
		id: given.id,
		time: correctedTime(arrival.receivedAt, original, besides.sentAt ?? null),
		receivedAt: arrival.receivedAt,
		originalTime: original,
		sentAt: besides.sentAt ?? null,
		type: 'interaction',
		event: given.event,
		subject: given.subject ?? '',
		account: given.account ?? '',
		anonymousId: given.anonymousId ?? '',
		unit: given.unit ?? '',
		channel: given.channel ?? '',
		campaign: given.campaign ?? '',
		agent: given.agent ?? '',
		outcome: given.outcome ?? '',
		durationSeconds: given.durationSeconds ?? null,
		waitSeconds: given.waitSeconds ?? null,
		revenue: given.revenue ?? null,
		cost: given.cost ?? null,
		currency: given.currency ?? '',
		reach: given.reach ?? null,
		properties: given.properties,
		context: besides.context ?? {},
		source: arrival.source,
	};
	return { row };
}

/** What every strict interface asks of an item before its schema looks at it. */
export function unfitJson(item: unknown): RefusalReason | undefined {
	if (!isJsonObject(item)) return because('not-an-object');
	const weight = jsonWeight(item);
	if (weight <= nativeItemSize) return undefined;
	return weight === Infinity
		? because('too-deep')
		: because('too-large', '', 'An item may take 256 KB of JSON.');
}

/** The first of these ids that the stores could not hold. */
export function unstorable(ids: Readonly<Record<string, string | undefined>>): RefusalReason | undefined {
	for (const [field, id] of Object.entries(ids)) {
		if (id !== undefined && !isStorableId(id)) return because('id-invalid', field);
	}
	return undefined;
}

/** What a schema found, under the code people filter by. */
export function schemaReason(issue: {
	readonly path: readonly PropertyKey[];
	readonly message: string;
	readonly code?: string | undefined;
}): RefusalReason {
	const field = issue.path.map(String).join('.');
	return because(codeOfField.get(field) ?? 'field-invalid', field, `${issue.message}.`);
}

const codeOfField: ReadonlyMap<string, RefusalReasonCode> = new Map<string, RefusalReasonCode>([
	['customer', 'who-missing'],
	['event', 'event-missing'],
	['id', 'id-invalid'],
	['time', 'time-invalid'],
]);

/**
 * Recognises the interactions that nearly everybody sends without asking the schema, which takes ten times as long: undefined
 * means that the schema must decide, never that something is wrong. A property test holds the two together.
 */
export function plainInteraction(item: unknown): Interaction | undefined {
	if (!isJsonObject(item)) return undefined;
	let revenue: string | undefined;
	let cost: string | undefined;
	for (const name in item) {
		const value = item[name];
		switch (name) {
			case 'id':
			case 'event':
				if (!isText(value, 1, 200)) return undefined;
				break;
			case 'time':
				if (typeof value !== 'string' || !isInstant(value)) return undefined;
				break;
			case 'customer':
			case 'anonymousId':
			case 'account':
				if (!isText(value, 1, 256)) return undefined;
				break;
			case 'subject':
			case 'campaign':
			case 'agent':
				if (!isText(value, 0, 256)) return undefined;
				break;
			case 'unit':
				if (typeof value !== 'string' || !plainUnit.test(value)) return undefined;
				break;
			case 'channel':
				if (!knownChannels.has(value)) return undefined;
				break;
			case 'outcome':
				if (!isText(value, 0, 100)) return undefined;
				break;
			case 'durationSeconds':
			case 'waitSeconds':
				if (typeof value !== 'number' || !(value >= 0 && value <= 1e9)) return undefined;
				break;
			case 'revenue':
				revenue = decimalText(value);
				if (revenue === undefined) return undefined;
				break;
			case 'cost':
				cost = decimalText(value);
				if (cost === undefined) return undefined;
				break;
			case 'currency':
				if (typeof value !== 'string' || !currency.test(value)) return undefined;
				break;
			case 'reach':
				if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1e12)
					return undefined;
				break;
			case 'properties':
				if (!isJsonObject(value)) return undefined;
				break;
			default:
				return undefined;
		}
	}
	if (item.id === undefined || item.event === undefined || item.time === undefined) return undefined;
	if (item.customer === undefined && item.anonymousId === undefined) return undefined;
	return {
		properties: {},
		...item,
		...(revenue === undefined ? {} : { revenue }),
		...(cost === undefined ? {} : { cost }),
	} as Interaction; // every field was checked above as the schema checks it
}

const plainUnit = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/;
const currency = /^[A-Z]{3}$/;
const knownChannels: ReadonlySet<unknown> = new Set(channels);

function isText(value: unknown, shortest: number, longest: number): boolean {
	return typeof value === 'string' && value.length >= shortest && value.length <= longest;
}
