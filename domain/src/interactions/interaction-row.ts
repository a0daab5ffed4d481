import type { PersonKey } from '../customers/person.ts';
import type { Milliseconds } from './clock.ts';

/** How an interaction reached us: a call of the Segment interface, or an interaction sent as such. */
export type InteractionType = 'track' | 'page' | 'screen' | 'identify' | 'group' | 'alias' | 'interaction';

/**
 * The one shape every way in ends in, ready for the log: everything checked, texts that are not known empty, measures that are
 * not known null. Which moment it is and which version of the row it becomes is decided when it is written.
 */
export type InteractionRow = {
	readonly person: PersonKey;
	readonly id: string;
	/** When it happened, corrected for the device's clock. */
	readonly time: Milliseconds;
	readonly receivedAt: Milliseconds;
	/** What the device's clock said when it happened. */
	readonly originalTime: Milliseconds | null;
	/** What the device's clock said when it sent. */
	readonly sentAt: Milliseconds | null;
	readonly type: InteractionType;
	readonly event: string;
	readonly subject: string;
	readonly account: string;
	readonly anonymousId: string;
	readonly unit: string;
	readonly channel: string;
	readonly campaign: string;
	readonly agent: string;
	readonly outcome: string;
	readonly durationSeconds: number | null;
	readonly waitSeconds: number | null;
	/** A decimal number as text, at most four decimals. */
	readonly revenue: string | null;
	readonly cost: string | null;
	readonly currency: string;
	readonly reach: number | null;
	readonly properties: Readonly<Record<string, unknown>>;
	readonly context: Readonly<Record<string, unknown>>;
	/** The name of the key, or of the import, it came with. */
	readonly source: string;
};

/** What writing adds to a row. `version` is microseconds since 1970: the newest content under an id stands. */
export type RowStamp = {
	readonly workspace: string;
	readonly moment: string;
	readonly namedBy: number;
	readonly version: number;
};

/** The columns of the log in the order of a line. `batch` comes first: it is known only when the line is sent. */
export const interactionColumns = [
	'batch',
	'workspace',
	'person',
	'id',
	'time',
	'received_at',
	'original_time',
	'sent_at',
	'type',
	'event',
	'moment',
	'named_by',
	'subject',
	'account',
	'anonymous_id',
	'unit',
	'channel',
	'campaign',
	'agent',
	'outcome',
	'duration_seconds',
	'wait_seconds',
	'revenue',
	'cost',
	'currency',
	'reach',
	'properties',
	'context',
	'source',
	'version',
	'is_deleted',
] as const;

/**
 * A row as the rest of a JSONCompactEachRow line, after `[` and the batch. Properties and context stand in it as JSON objects:
 * the engine stores an object that meets a text column as its text, which spares both sides quoting it twice.
 */
export function interactionLine(row: InteractionRow, stamp: RowStamp): string {
	return `${quoted(stamp.workspace)},${quoted(row.person)},${quoted(row.id)},${row.time},${row.receivedAt},${row.originalTime},${row.sentAt},"${row.type}",${quoted(row.event)},${quoted(stamp.moment)},${stamp.namedBy},${quoted(row.subject)},${quoted(row.account)},${quoted(row.anonymousId)},${quoted(row.unit)},${quoted(row.channel)},${quoted(row.campaign)},${quoted(row.agent)},${quoted(row.outcome)},${row.durationSeconds},${row.waitSeconds},${row.revenue},${row.cost},${quoted(row.currency)},${row.reach},${storedJson(row.properties)},${storedJson(row.context)},${quoted(row.source)},${stamp.version},0]`;
}

/** A text as JSON that the engine reads back as the same text; half a surrogate pair, which no store holds, becomes U+FFFD. */
export function quoted(text: string): string {
	return plainText.test(text) ? `"${text}"` : mended(JSON.stringify(text));
}

/** What stands in JSON as it is; nearly every text does, and asking is quicker than quoting. */
const plainText = /^[ !#-[\]-~]*$/;

/** An object as JSON text that every later question can read. */
export function storedJson(value: Readonly<Record<string, unknown>>): string {
	return mended(JSON.stringify(value));
}

/**
 * JSON.stringify writes half a surrogate pair as an escape; the engine takes it for invalid JSON and would answer no question
 * about any other property of that row.
 */
function mended(json: string): string {
	return json.includes('\\ud') ? json.replace(halfPair, '$1\\ufffd') : json;
}

const halfPair = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;
