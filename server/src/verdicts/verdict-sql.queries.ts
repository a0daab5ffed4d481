import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import type { ByRule, FeltRule, NeverRule, Rule, ValueRule } from '@touchstone/domain/promises/rule';
import { durationSeconds } from '@touchstone/domain/units/duration';
import type { QueryParam } from '../database/columns-door.ts';

/** A statement and what is bound to its `{name:Type}` places. */
export type Statement = { readonly sql: string; readonly params: Readonly<Record<string, QueryParam>> };

/** The columns of a verdict that judging decides, in the order the selects below give them. */
export const verdictColumns = [
	'promise',
	'promise_version',
	'workspace',
	'customer',
	'person',
	'occasion',
	'subject',
	'unit',
	'channel',
	'campaign',
	'account',
	'moment',
	'occasion_time',
	'due',
	'decided_at',
	'verdict',
	'promised',
	'delivered',
	'margin',
	'late',
	'evidence',
] as const;

/**
 * Judges one version of a promise over the customers that `among` names, as of `asOf`: one row per occasion.
 *
 * This is the only place where a rule is turned into verdicts: the standing verdicts, a report as of another day and a preview
 * of an unsaved rule all run this text. It reads interactions per customer and subject, so it runs unchanged where
 * customers are spread over shards.
 *
 * @param among a condition on `workspace` and `customer`, with its own bound parameters
 * @param asOf what falls due later is pending
 * @param knownUntil what happened later is left out; null when everything received counts, also what a wrong clock dated
 * into the future
 * @param prefix keeps the bound names apart when several statements are joined into one
 */
export function verdictSelect(
	version: PromiseVersion,
	among: Statement,
	asOf: Date,
	knownUntil: Date | null,
	sources: { readonly interactions: string; readonly feedback: string } = {
		interactions: 'interactions FINAL',
		feedback: 'feedback FINAL',
	},
	prefix = '',
): Statement {
	const bound = new Bound(prefix);
	const context: Context = {
		bound,
		among: among.sql,
		sources,
		asOf: bound.time(asOf),
		until: bound.time(knownUntil ?? latestTime),
		from: bound.time(latest(version.from, version.promise.validFrom)),
		to: bound.time(earliest(version.to, version.promise.validTo)),
		promise: bound.text(version.promise.id),
		version: bound.count(version.version),
	};
	const sql = selectFor(version.promise.rule, context);
	return { sql, params: { ...among.params, ...bound.params } };
}

/** The moments that a rule reads. */
export function momentsRead(rule: Rule): readonly string[] {
	const withdrawals = [...rule.voidedBy, ...rule.failedBy];
	switch (rule.kind) {
		case 'by':
			return [rule.start, rule.end, ...withdrawals];
		case 'never':
			return [rule.start, rule.event, ...withdrawals];
		case 'value':
		case 'felt':
			return [rule.moment, ...withdrawals];
	}
}

type Context = {
	readonly bound: Bound;
	readonly among: string;
	readonly sources: { readonly interactions: string; readonly feedback: string };
	readonly asOf: string;
	readonly until: string;
	readonly from: string;
	readonly to: string;
	readonly promise: string;
	readonly version: string;
};

function selectFor(rule: Rule, context: Context): string {
	switch (rule.kind) {
		case 'by':
			return byRule(rule, context);
		case 'value':
			return valueRule(rule, context);
		case 'never':
			return neverRule(rule, context);
		case 'felt':
			return feltRule(rule, context);
	}
}

/**
 * The first of end, void and fail decides; the end wins a tie. After the due time only the end still matters, as the delivered
 * amount of a promise that is broken already.
 */
function byRule(rule: ByRule, context: Context): string {
	const { bound, asOf } = context;
	const due =
		'within' in rule.due
			? `addSeconds(time, ${bound.count(durationSeconds(rule.due.within))})`
			: dueProperty(rule.due, bound);
	const missing = rule.ifMissing === 'unknown' ? `'unknown'` : `'broken'`;
	return `
SELECT ${identity(context)},
	due, multiIf(kept, end.1, voided, void.1, failed, fail.1, isNull(due) OR due >= ${asOf}, NULL, due) AS decided_at,
	multiIf(kept, 'kept', voided, 'void', failed, 'broken', isNull(due), 'unknown', due >= ${asOf}, 'pending', hasEnd, 'broken', ${missing}) AS verdict,
	if(isNull(due), NULL, dateDiff('millisecond', occasion.1, due) / 1000) AS promised,
	if(hasEnd AND NOT voided, dateDiff('millisecond', occasion.1, end.1) / 1000, NULL) AS delivered,
	if(isNull(delivered) OR isNull(due), NULL, dateDiff('millisecond', end.1, due) / 1000) AS margin,
	verdict = 'broken' AND NOT failed AND hasEnd AS late,
	arrayDistinct(arrayFilter(x -> x != '', [occasion.2, if(hasEnd AND NOT voided, end.2, ''), if(voided, void.2, ''), if(failed, fail.2, '')])) AS evidence
FROM (
	SELECT workspace, customer, person, subject, occasion, occasion.3 AS due,
		${firstAfter('ends', 'end')}, ${firstAfter('voids', 'void')}, ${firstAfter('fails', 'fail')},
		hasEnd AND ifNull(end.1 <= due, 0) AND (NOT hasVoid OR end.1 <= void.1) AND (NOT hasFail OR end.1 <= fail.1) AS kept,
		NOT kept AND hasVoid AND ifNull(void.1 <= due, 1) AND (NOT hasEnd OR void.1 < end.1) AND (NOT hasFail OR void.1 <= fail.1) AS voided,
		NOT kept AND NOT voided AND hasFail AND ifNull(fail.1 <= due, 1) AND (NOT hasEnd OR fail.1 < end.1) AS failed
	FROM (
		${errands(rule, context, [
			`${starts(rule.start, due, context)} AS starts`,
			`arraySort(groupArrayIf((time, id), moment = ${bound.text(rule.end)})) AS ends`,
		])}
	) ARRAY JOIN starts AS occasion
)`;
}

/** Due the moment it is measured. An amount that is not there is evidence missing. */
function valueRule(rule: ValueRule, context: Context): string {
	const { bound } = context;
	const promised =
		'constant' in rule.promised
			? bound.number(rule.promised.constant)
			: measure(rule.promised.measure, bound);
	const margin = {
		'at-most': 'promised - delivered',
		'at-least': 'delivered - promised',
		equal: '0 - abs(delivered - promised)',
	}[rule.comparison];
	return `
SELECT ${identity(context)},
	occasion.1 AS due, if(verdict = 'void', void.1, if(failed, fail.1, occasion.1)) AS decided_at,
	multiIf(voided, 'void', failed, 'broken', isNull(margin), 'unknown', margin >= -${bound.number(rule.tolerance)}, 'kept', 'broken') AS verdict,
	occasion.3.1 AS promised, occasion.3.2 AS delivered, ${margin} AS margin, false AS late,
	arrayDistinct(arrayFilter(x -> x != '', [occasion.2, if(voided, void.2, ''), if(failed, fail.2, '')])) AS evidence
FROM (
	SELECT workspace, customer, person, subject, occasion, ${firstUntil('voids', 'void')}, ${firstUntil('fails', 'fail')},
		hasVoid AND (NOT hasFail OR void.1 <= fail.1) AS voided, NOT voided AND hasFail AS failed
	FROM (
		${errands(rule, context, [`${starts(rule.moment, `(toNullable(toFloat64(${promised})), ${measure(rule.measure, bound)})`, context)} AS starts`])}
	) ARRAY JOIN starts AS occasion
)`;
}

/** Kept once the time is over and it did not happen. */
function neverRule(rule: NeverRule, context: Context): string {
	const { bound, asOf } = context;
	const within = bound.count(durationSeconds(rule.within));
	return `
SELECT ${identity(context)},
	due, multiIf(happened, event.1, voided, void.1, failed, fail.1, due >= ${asOf}, NULL, due) AS decided_at,
	multiIf(happened, 'broken', voided, 'void', failed, 'broken', due >= ${asOf}, 'pending', 'kept') AS verdict,
	toNullable(toFloat64(${within})) AS promised,
	if(hasEvent AND NOT voided, dateDiff('millisecond', occasion.1, event.1) / 1000, NULL) AS delivered,
	delivered - promised AS margin, false AS late,
	arrayDistinct(arrayFilter(x -> x != '', [occasion.2, if(happened, event.2, ''), if(voided, void.2, ''), if(failed, fail.2, '')])) AS evidence
FROM (
	SELECT workspace, customer, person, subject, occasion, occasion.3 AS due, ${firstAfter('events', 'event')}, ${firstAfter('voids', 'void')}, ${firstAfter('fails', 'fail')},
		hasEvent AND event.1 <= due AND (NOT hasVoid OR event.1 <= void.1) AND (NOT hasFail OR event.1 <= fail.1) AS happened,
		NOT happened AND hasVoid AND void.1 <= due AND (NOT hasFail OR void.1 <= fail.1) AS voided,
		NOT happened AND NOT voided AND hasFail AND fail.1 <= due AS failed
	FROM (
		${errands(rule, context, [
			`${starts(rule.start, `addSeconds(time, ${within})`, context)} AS starts`,
			`arraySort(groupArrayIf((time, id), moment = ${bound.text(rule.event)})) AS events`,
		])}
	) ARRAY JOIN starts AS occasion
)`;
}

/**
 * The first answer after the moment and before the next such moment of the same errand counts, if it comes in time. An answer
 * that names no moment speaks of its subject.
 */
function feltRule(rule: FeltRule, context: Context): string {
	const { bound, asOf, until, among, sources } = context;
	const within = bound.count(durationSeconds(rule.within));
	const moment = bound.text(rule.moment);
	return `
SELECT ${identity(context)},
	due, multiIf(answered, answer.1, voided, void.1, failed, fail.1, due >= ${asOf}, NULL, due) AS decided_at,
	multiIf(answered, if(margin >= 0, 'kept', 'broken'), voided, 'void', failed, 'broken', due >= ${asOf}, 'pending', 'unknown') AS verdict,
	toNullable(${bound.number(rule.atLeast)}) AS promised, if(answered, answer.3, NULL) AS delivered,
	delivered - promised AS margin, false AS late,
	arrayDistinct(arrayFilter(x -> x != '', [occasion.2, if(answered, answer.2, ''), if(voided, void.2, ''), if(failed, fail.2, '')])) AS evidence
FROM (
	SELECT workspace, customer, person, subject, occasion, occasion.3 AS due,
		arrayFirst(x -> x.1 > occasion.1, starts).1 AS next,
		arrayFirst(x -> x.1 >= occasion.1 AND x.1 <= due AND (next = toDateTime64(0, 3, 'UTC') OR x.1 < next), answers) AS answer,
		answer.2 != '' AS hasAnswer, ${firstAfter('voids', 'void')}, ${firstAfter('fails', 'fail')},
		hasAnswer AND (NOT hasVoid OR answer.1 <= void.1) AND (NOT hasFail OR answer.1 <= fail.1) AS answered,
		NOT answered AND hasVoid AND void.1 <= due AND (NOT hasFail OR void.1 <= fail.1) AS voided,
		NOT answered AND NOT voided AND hasFail AND fail.1 <= due AS failed
	FROM (
		SELECT workspace, customer, any(person) AS person, subject,
			${starts(rule.moment, `addSeconds(time, ${within})`, context)} AS starts,
			arraySort(groupArrayIf((time, id, score), isAnswer)) AS answers, ${withdrawn(rule, bound)}
		FROM (
			SELECT workspace, customer, person, subject, time, id, moment, unit, channel, campaign, account, false AS isAnswer, toFloat64(0) AS score
			FROM ${sources.interactions}
			WHERE ${among} AND moment IN ${bound.texts(momentsRead(rule))} AND time <= ${until}
			UNION ALL
			SELECT workspace, customer, person, subject, time, id, '' AS moment, unit, channel, campaign, account, true AS isAnswer, assumeNotNull(given) AS score
			FROM (
				SELECT workspace, customer, person, subject, time, id, unit, channel, campaign, account, score AS given
				FROM ${sources.feedback}
				WHERE ${among} AND scale = ${bound.text(rule.scale)} AND isNotNull(score) AND (moment = ${moment} OR (moment = '' AND subject != '')) AND time <= ${until}
			)
		)
		GROUP BY workspace, customer, subject
		HAVING notEmpty(starts)
	) ARRAY JOIN starts AS occasion
)`;
}

/** Who and where an occasion is, the same for every kind of rule. */
function identity({ promise, version }: Context): string {
	return `${promise} AS promise, ${version} AS promise_version, workspace, customer, person, occasion.2 AS occasion_id, subject,
	occasion.4 AS unit, occasion.5 AS channel, occasion.6 AS campaign, occasion.7 AS account, occasion.8 AS moment, occasion.1 AS occasion_time`;
}

/** One row per customer and subject, with the interactions a rule needs gathered in order of time. */
function errands(rule: Rule, context: Context, gathered: readonly string[]): string {
	const { bound, among, until, sources } = context;
	return `SELECT workspace, customer, any(person) AS person, subject, ${[...gathered, withdrawn(rule, bound)].join(', ')}
		FROM ${sources.interactions}
		WHERE ${among} AND moment IN ${bound.texts(momentsRead(rule))} AND time <= ${until}
		GROUP BY workspace, customer, subject
		HAVING notEmpty(starts)`;
}

function withdrawn(rule: Rule, bound: Bound): string {
	return `arraySort(groupArrayIf((time, id), moment IN ${bound.texts(rule.voidedBy)})) AS voids, arraySort(groupArrayIf((time, id), moment IN ${bound.texts(rule.failedBy)})) AS fails`;
}

function starts(moment: string, third: string, { bound, from, to }: Context): string {
	return `arraySort(groupArrayIf((time, id, ${third}, unit, channel, campaign, account, moment), moment = ${bound.text(moment)} AND time >= ${from} AND time < ${to}))`;
}

/** The first of `list` at or after the occasion, other than the occasion itself. */
function firstAfter(list: string, name: string): string {
	const has = `has${name.charAt(0).toUpperCase()}${name.slice(1)}`;
	return `arrayFirst(x -> x.1 >= occasion.1 AND x.2 != occasion.2, ${list}) AS ${name}, ${name}.2 != '' AS ${has}`;
}

/** The first of `list` at or before the occasion. */
function firstUntil(list: string, name: string): string {
	const has = `has${name.charAt(0).toUpperCase()}${name.slice(1)}`;
	return `arrayFirst(x -> x.1 <= occasion.1 AND x.2 != occasion.2, ${list}) AS ${name}, ${name}.2 != '' AS ${has}`;
}

function dueProperty(due: { property: string; endOfDay: boolean; zone: string }, bound: Bound): string {
	// The zone of a DateTime64 is part of its type, so it cannot be bound; the schema has checked that it is a zone's name.
	const zone = `'${due.zone.replaceAll(/[^A-Za-z0-9_+/-]/g, '')}'`;
	const given = `parseDateTime64BestEffortOrNull(JSONExtractString(properties, ${bound.path(due.property)}), 3, ${zone})`;
	return due.endOfDay
		? `toTimeZone(subtractMilliseconds(toDateTime64(addDays(toDate(${given}), 1), 3, ${zone}), 1), 'UTC')`
		: `toTimeZone(${given}, 'UTC')`;
}

const measureColumns: Readonly<Record<string, string>> = {
	durationSeconds: 'duration_seconds',
	waitSeconds: 'wait_seconds',
	revenue: 'revenue',
	cost: 'cost',
	reach: 'reach',
};

/** A measure as Nullable(Float64); a property may hold a number or a number as text. */
function measure(name: string, bound: Bound): string {
	const column = measureColumns[name];
	if (column) return `toFloat64(${column})`;
	return `toFloat64OrNull(trim(BOTH '"' FROM JSONExtractRaw(properties, ${bound.path(name)})))`;
}

const earliestTime = new Date(0);
const latestTime = new Date(Date.UTC(2299, 11, 31));

function latest(from: Date | null, validFrom: string | undefined): Date {
	const times = [from, validFrom === undefined ? null : new Date(validFrom)].filter(time => time !== null);
	return times.length === 0 ? earliestTime : new Date(Math.max(...times.map(Number)));
}

function earliest(to: Date | null, validTo: string | undefined): Date {
	const times = [to, validTo === undefined ? null : new Date(validTo)].filter(time => time !== null);
	return times.length === 0 ? latestTime : new Date(Math.min(...times.map(Number)));
}

/** Collects bound values and hands out their places in the text. */
class Bound {
	readonly params: Record<string, QueryParam> = {};
	readonly #prefix: string;
	#count = 0;

	constructor(prefix: string) {
		this.#prefix = prefix;
	}

	text(value: string): string {
		return this.#place(value, 'String');
	}

	texts(values: readonly string[]): string {
		return this.#place([...values], 'Array(String)');
	}

	count(value: number): string {
		return this.#place(value, 'UInt32');
	}

	number(value: number): string {
		return this.#place(value, 'Float64');
	}

	time(value: Date): string {
		return `fromUnixTimestamp64Milli(${this.#place(value.getTime(), 'Int64')}, 'UTC')`;
	}

	/** `properties.a.b` as the bound arguments 'a', 'b' of a JSON function. */
	path(measureName: string): string {
		return measureName
			.split('.')
			.slice(1)
			.map(part => this.text(part))
			.join(', ');
	}

	#place(value: QueryParam, type: string): string {
		const name = `${this.#prefix}v${this.#count++}`;
		this.params[name] = value;
		return `{${name}:${type}}`;
	}
}
