import type { PersonKey } from '../customers/person.ts';
import { personOf } from '../customers/person.ts';
import type { Milliseconds } from '../interactions/clock.ts';
import { quoted, type RowStamp, storedJson } from '../interactions/interaction-row.ts';
import { schemaReason, unfitJson, unstorable } from '../interactions/native.ts';
import { because, type RefusalReason } from '../interactions/refusal-reason.ts';
import type { Arrival } from '../interactions/segment.ts';
import { scales } from '../units/scale.ts';
import { type Feedback, feedbackSchema } from './feedback.ts';

/** What a customer said, ready for the log. */
export type FeedbackRow = {
	readonly person: PersonKey;
	readonly id: string;
	readonly time: Milliseconds;
	readonly receivedAt: Milliseconds;
	readonly type: string;
	/** The moment the sender says it speaks of, `''` where it does not say. */
	readonly moment: string;
	readonly subject: string;
	readonly account: string;
	readonly unit: string;
	readonly channel: string;
	readonly campaign: string;
	readonly agent: string;
	readonly source: string;
	readonly scale: string;
	readonly score: number | null;
	readonly scoreLow: number;
	readonly scoreHigh: number;
	readonly words: string;
	readonly language: string;
	readonly reach: number | null;
	readonly properties: Readonly<Record<string, unknown>>;
};

/** The columns of the log in the order of a line; see `interactionColumns`. */
export const feedbackColumns = [
	'batch',
	'workspace',
	'person',
	'id',
	'time',
	'received_at',
	'type',
	'moment',
	'named_by',
	'subject',
	'account',
	'unit',
	'channel',
	'campaign',
	'agent',
	'source',
	'scale',
	'score',
	'score_low',
	'score_high',
	'words',
	'language',
	'reach',
	'properties',
	'version',
	'is_deleted',
] as const;

/** One item sent to `POST /v1/feedback` as a row of the log; or everything that is wrong with it. */
export function normaliseFeedback(
	item: unknown,
	arrival: Pick<Arrival, 'receivedAt' | 'source'>,
): { readonly row: FeedbackRow } | { readonly refused: readonly RefusalReason[] } {
	const unfit = unfitJson(item);
	if (unfit) return { refused: [unfit] };
	const parsed = feedbackSchema.safeParse(item);
	if (!parsed.success) return { refused: parsed.error.issues.slice(0, 20).map(schemaReason) };
	return feedbackRowOf(parsed.data, arrival);
}

/** Checked feedback as a row of the log, whoever sent it. */
export function feedbackRowOf(
	given: Feedback,
	arrival: Pick<Arrival, 'receivedAt' | 'source'>,
): { readonly row: FeedbackRow } | { readonly refused: readonly RefusalReason[] } {
	const person = personOf(given.customer, given.anonymousId);
	if (!person) return { refused: [because('who-missing', 'customer')] };
	const badId = unstorable({ id: given.id, customer: given.customer, anonymousId: given.anonymousId });
	if (badId) return { refused: [badId] };
	const scale = given.scale === undefined ? undefined : scales[given.scale];
	return {
		row: {
			person,
			id: given.id,
			time: Date.parse(given.time),
			receivedAt: arrival.receivedAt,
			type: given.type,
			moment: given.moment ?? '',
			subject: given.subject ?? '',
			account: given.account ?? '',
			unit: given.unit ?? '',
			channel: given.channel ?? '',
			campaign: given.campaign ?? '',
			agent: given.agent ?? '',
			source: arrival.source,
			scale: given.scale ?? '',
			score: given.score ?? null,
			scoreLow: scale?.low ?? 0,
			scoreHigh: scale?.high ?? 0,
			words: given.words ?? '',
			language: given.language ?? '',
			reach: given.reach ?? null,
			properties: given.properties,
		},
	};
}

/** A row as the rest of a JSONCompactEachRow line, after `[` and the batch. */
export function feedbackLine(row: FeedbackRow, stamp: Omit<RowStamp, 'moment'>): string {
	return `${quoted(stamp.workspace)},${quoted(row.person)},${quoted(row.id)},${row.time},${row.receivedAt},"${row.type}",${quoted(row.moment)},${stamp.namedBy},${quoted(row.subject)},${quoted(row.account)},${quoted(row.unit)},${quoted(row.channel)},${quoted(row.campaign)},${quoted(row.agent)},${quoted(row.source)},${quoted(row.scale)},${row.score},${row.scoreLow},${row.scoreHigh},${quoted(row.words)},${quoted(row.language)},${row.reach},${storedJson(row.properties)},${stamp.version},0]`;
}
