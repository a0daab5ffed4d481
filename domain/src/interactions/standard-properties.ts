import { type Channel, channels } from '../moments/moment.ts';
import { unitIdSchema } from '../owners/ids.ts';
import { because, type RefusalReason } from './refusal-reason.ts';

/** The columns that the properties of an event in the Segment specification, or our own additions to it, can fill. */
export type StandardFields = {
	readonly subject: string;
	readonly unit: string;
	readonly channel: string;
	readonly campaign: string;
	readonly agent: string;
	readonly outcome: string;
	readonly durationSeconds: number | null;
	readonly waitSeconds: number | null;
	readonly revenue: string | null;
	readonly cost: string | null;
	readonly currency: string;
	readonly reach: number | null;
};

type Json = Readonly<Record<string, unknown>>;

/** The first of these that is given names the errand an event belongs to. */
export const subjectProperties = [
	'subject',
	'order_id',
	'ticket_id',
	'subscription_id',
	'conversation_id',
] as const;

/**
 * Events that repeat an amount named before, or name one that may never be paid. Counting their `revenue` would count money
 * twice; it stays in the properties.
 */
const restating: ReadonlySet<string> = new Set([
	'Checkout Started',
	'Checkout Step Viewed',
	'Checkout Step Completed',
	'Payment Info Entered',
	'Cart Viewed',
	'Order Updated',
	'Order Cancelled',
]);

/**
 * Reads the columns out of an event's properties. What does not fit its column is left in the properties and reported to
 * `doubt`, for the strict mode to refuse; a lenient source loses nothing.
 *
 * Precedence: subject = `subject` beside the properties, then the first of `subjectProperties`; channel =
 * `properties.channel`, then `context.channel`; unit = `properties.unit`, then `context.unit`; campaign =
 * `context.campaign.name`, then `properties.campaign`; revenue = `properties.revenue`, then `properties.total` where the event
 * completes or refunds an order or a currency says that the total is money. A refund counts against revenue.
 */
export function standardFields(
	event: string,
	properties: Json,
	context: Json,
	besides: { readonly subject: unknown; readonly channel: Channel | '' },
	doubt: (reason: RefusalReason) => void,
): StandardFields {
	const contextCampaign = context.campaign;
	const campaignName =
		typeof contextCampaign === 'object' && contextCampaign !== null && 'name' in contextCampaign
			? contextCampaign.name
			: undefined;
	return {
		subject: subjectOf(besides.subject, properties, doubt),
		unit: unitOf(properties.unit ?? context.unit, doubt),
		channel: channelOf(properties.channel ?? context.channel, besides.channel, doubt),
		campaign: shortText(campaignName ?? properties.campaign, 'campaign', 256, doubt),
		agent: shortText(properties.agent, 'agent', 256, doubt),
		outcome: shortText(properties.outcome, 'outcome', 100, doubt),
		durationSeconds: secondsOf(
			properties.duration_seconds ?? properties.durationSeconds ?? properties.duration,
			'duration',
			doubt,
		),
		waitSeconds: secondsOf(
			properties.wait_seconds ?? properties.waitSeconds ?? properties.wait,
			'wait',
			doubt,
		),
		revenue: revenueOf(event, properties, doubt),
		cost: moneyOf(properties.cost, 'cost', doubt),
		currency: currencyOf(properties.currency, doubt),
		reach: reachOf(properties.reach, doubt),
	};
}

/**
 * An amount of money as a decimal text with at most four decimals; undefined when it is none. Numbers are rounded to four
 * decimals, as the strict interface does.
 */
export function decimalText(value: unknown): string | undefined {
	if (typeof value === 'string') return decimal.test(value) ? value : undefined;
	if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) >= 1e14) return undefined;
	const text = String(value);
	const dot = text.indexOf('.');
	// Nearly every amount has few decimals as it stands; rounding it costs three times as much.
	if (!text.includes('e') && (dot === -1 || text.length - dot <= 5)) return text;
	return String(Number(value.toFixed(4)));
}

const decimal = /^-?\d{1,14}(\.\d{1,4})?$/;

function subjectOf(given: unknown, properties: Json, doubt: (reason: RefusalReason) => void): string {
	if (given !== undefined && given !== null) return shortText(given, 'subject', 256, doubt);
	for (const name of subjectProperties) {
		const value = properties[name];
		if (value !== undefined && value !== null) return shortText(value, `properties.${name}`, 256, doubt);
	}
	return '';
}

function unitOf(value: unknown, doubt: (reason: RefusalReason) => void): string {
	const text = shortText(value, 'unit', 80, doubt);
	if (text === '' || plainUnit.test(text) || unitIdSchema.safeParse(text).success) return text;
	doubt(because('field-invalid', 'unit', 'must be letters, digits, dots, hyphens or underscores.'));
	return '';
}

const plainUnit = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/;

/** Segment says `browser`, `mobile` and `server`; the last says nothing about where the customer was. */
function channelOf(
	value: unknown,
	otherwise: Channel | '',
	doubt: (reason: RefusalReason) => void,
): Channel | '' {
	if (value === undefined || value === null || value === '' || value === 'server') return otherwise;
	if (typeof value === 'string') {
		const known = channelByName.get(value) ?? channelByName.get(value.toLowerCase());
		if (known) return known;
	}
	doubt(because('field-invalid', 'channel', `must be one of ${channels.join(', ')}.`));
	return 'other';
}

const channelByName: ReadonlyMap<string, Channel> = new Map<string, Channel>([
	...channels.map((name): [string, Channel] => [name, name]),
	['browser', 'web'],
	['mobile', 'app'],
]);

function secondsOf(value: unknown, field: string, doubt: (reason: RefusalReason) => void): number | null {
	if (value === undefined || value === null) return null;
	const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof seconds === 'number' && seconds >= 0 && seconds <= 1e9) return seconds;
	doubt(because('field-invalid', `properties.${field}`, 'must be a number of seconds from 0 to 1e9.'));
	return null;
}

function revenueOf(event: string, properties: Json, doubt: (reason: RefusalReason) => void): string | null {
	if (restating.has(event)) return null;
	const refund = event === 'Order Refunded';
	const totalIsMoney = refund || event === 'Order Completed' || properties.currency !== undefined;
	const amount = moneyOf(
		properties.revenue ?? (totalIsMoney ? properties.total : undefined),
		'revenue',
		doubt,
	);
	return refund && amount !== null && !amount.startsWith('-') ? `-${amount}` : amount;
}

function moneyOf(value: unknown, field: string, doubt: (reason: RefusalReason) => void): string | null {
	if (value === undefined || value === null) return null;
	const text = decimalText(value);
	if (text !== undefined) return text;
	doubt(because('field-invalid', `properties.${field}`, 'must be a decimal amount with at most 4 decimals.'));
	return null;
}

function currencyOf(value: unknown, doubt: (reason: RefusalReason) => void): string {
	if (value === undefined || value === null || value === '') return '';
	if (typeof value === 'string' && /^[A-Za-z]{3}$/.test(value)) return value.toUpperCase();
	doubt(because('field-invalid', 'properties.currency', 'must be an ISO 4217 code such as EUR.'));
	return '';
}

function reachOf(value: unknown, doubt: (reason: RefusalReason) => void): number | null {
	if (value === undefined || value === null) return null;
	if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1e12) return value;
	doubt(because('field-invalid', 'properties.reach', 'must be a whole number from 0 to 1e12.'));
	return null;
}

function shortText(
	value: unknown,
	field: string,
	limit: number,
	doubt: (reason: RefusalReason) => void,
): string {
	if (value === undefined || value === null) return '';
	const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
	if (typeof text === 'string' && text.length <= limit) return text;
	doubt(because('field-invalid', field, `must be a text of at most ${limit} characters.`));
	return '';
}
