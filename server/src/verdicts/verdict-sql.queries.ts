import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import type { Rule } from '@touchstone/domain/promises/rule';
import { durationSeconds } from '@touchstone/domain/units/duration';
import type { QueryParam } from '../database/columns-door.ts';
import { BoundValues } from './bound-values.ts';

/** A statement and what is bound to its `{name:Type}` places. */
export type Statement = { readonly sql: string; readonly params: Readonly<Record<string, QueryParam>> };

/** The columns of a verdict that judging decides, in the order the select below gives them. */
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
 * Judges versions of promises over the customers that `among` names, as of `asOf`: one row per version and occasion.
 *
 * This is the only place where a rule is turned into verdicts: the standing verdicts, a report as of another day and a preview
 * of an unsaved rule all run this text. It reads every interaction once, however many promises are judged, and per customer and
 * subject, so it runs unchanged where customers are spread over shards.
 *
 * All kinds of rules come to the same form. An occasion waits for one thing (the end of `by`, the event of `never`, the answer
 * of `felt`; nothing, for `value`) and may be withdrawn or failed. What comes first, among what comes before it is due, decides;
 * what was waited for wins a tie, then the withdrawal.
 *
 * @param among a condition on `workspace` and `customer` alone, with its own bound parameters, none of them named `v` and a number
 * @param asOf what falls due later is pending
 * @param knownUntil what happened later is left out; null when everything received counts, also what a wrong clock dated
 * into the future
 */
export function verdictSelect(
	versions: readonly PromiseVersion[],
	among: Statement,
	asOf: Date,
	knownUntil: Date | null,
): Statement {
	const bound = new BoundValues();
	const gathered = new Gathered();
	const parts = versions.map((version, index) => partOf(version, index + 1, bound, gathered));
	const context: Context = {
		bound,
		gathered,
		versions,
		among: among.sql,
		asOf: bound.time(asOf),
		until: bound.time(knownUntil ?? latestTime),
	};
	return { sql: decided(context, found(context, parts)), params: { ...among.params, ...bound.params } };
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
	readonly bound: BoundValues;
	readonly gathered: Gathered;
	readonly versions: readonly PromiseVersion[];
	readonly among: string;
	readonly asOf: string;
	readonly until: string;
};

/** What one version adds to the statement: the list of its occasions, and for each of them what happened next. */
type Part = { readonly starts: string; readonly found: string };

function partOf(version: PromiseVersion, index: number, bound: BoundValues, gathered: Gathered): Part {
	const { promise, from, to } = version;
	const { rule } = promise;
	const start = bound.text(startOf(rule));
	const { due, promised, delivered } = amountsOf(rule, start, bound, gathered);
	const starts = gathered.list(
		`groupArrayIf((time, id, ${due}, ${promised}, ${delivered}, unit, channel, campaign, account, moment),
				moment = ${start} AND time >= ${bound.time(latest(from, promise.validFrom))} AND time < ${bound.time(earliest(to, promise.validTo))})`,
	);
	const inOrder = (condition: string) =>
		gathered.list(`arraySort(groupArrayIf((time, id, score), ${condition}))`);
	const anyOf = (moments: readonly string[]) => inOrder(`moment IN ${bound.texts(moments)}`);
	const near = rule.kind === 'value' ? firstUntil : firstAfter;
	const withdrawals = [rule.voidedBy, rule.failedBy]
		.map(moments => (moments.length === 0 ? nothing : near(anyOf(moments))))
		.join(', ');
	const tuple = (awaited: string) => `(toUInt32(${index}), occasion, ${awaited}, ${withdrawals})`;
	switch (rule.kind) {
		case 'by':
			return {
				starts,
				found: `arrayMap(occasion -> ${tuple(firstAfter(anyOf([rule.end])))}, ${starts})`,
			};
		case 'never':
			return {
				starts,
				found: `arrayMap(occasion -> ${tuple(firstAfter(anyOf([rule.event])))}, ${starts})`,
			};
		case 'value':
			return { starts, found: `arrayMap(occasion -> ${tuple(nothing)}, ${starts})` };
		case 'felt': {
			gathered.answers(rule.scale, rule.moment);
			// An answer that names no moment speaks of its subject.
			const answers = inOrder(
				`scale = ${bound.text(rule.scale)} AND (about = ${start} OR (about = '' AND subject != ''))`,
			);
			// It counts for the last occasion before it: the next such moment of the same errand has answers of its own.
			const nexts = `arrayMap(occasion -> arrayFirst(x -> x.1 > occasion.1, ${anyOf([rule.moment])}).1, ${starts})`;
			const answer = `arrayFirst(x -> x.1 >= occasion.1 AND x.1 <= assumeNotNull(occasion.3) AND (next = toDateTime64(0, 3, 'UTC') OR x.1 < next), ${answers})`;
			return { starts, found: `arrayMap((occasion, next) -> ${tuple(answer)}, ${starts}, ${nexts})` };
		}
	}
}

function startOf(rule: Rule): string {
	return rule.kind === 'value' || rule.kind === 'felt' ? rule.moment : rule.start;
}

/** When an occasion falls due, and where the interaction itself says what was promised and delivered, that. */
function amountsOf(
	rule: Rule,
	start: string,
	bound: BoundValues,
	gathered: Gathered,
): { due: string; promised: string; delivered: string } {
	const none = { promised: noNumber, delivered: noNumber };
	const after = (seconds: number) => `toNullable(addSeconds(time, ${bound.count(seconds)}))`;
	switch (rule.kind) {
		case 'by':
			return 'within' in rule.due
				? { due: after(durationSeconds(rule.due.within)), ...none }
				: { due: gathered.amount(dueProperty(rule.due, bound), start, noTime), ...none };
		case 'never':
		case 'felt':
			return { due: after(durationSeconds(rule.within)), ...none };
		case 'value': {
			const measured = (name: string) => gathered.amount(measure(name, bound), start, noNumber);
			return {
				due: 'toNullable(time)',
				promised:
					'constant' in rule.promised
						? `toNullable(${bound.number(rule.promised.constant)})`
						: measured(rule.promised.measure),
				delivered: measured(rule.measure),
			};
		}
	}
}

/** One row per version and occasion: with what was waited for, what withdrew and what failed it, each with time and id. */
function found(context: Context, parts: readonly Part[]): string {
	const { gathered } = context;
	return `
	SELECT workspace, customer, person, subject, happened.1 AS version_at, happened.2 AS occasion, occasion.3 AS due,
		happened.3 AS awaited, happened.4 AS void, happened.5 AS fail
	FROM (
		SELECT workspace, customer, person, subject,
			arrayConcat(${parts.map(part => part.found).join(',\n\t\t\t\t')}) AS happenings
		FROM (
			SELECT workspace, customer, any(person) AS person, subject,
				${gathered.lists.join(',\n\t\t\t\t')}
			FROM (${rowsRead(context)})
			GROUP BY workspace, customer, subject
			HAVING ${[...new Set(parts.map(({ starts }) => `notEmpty(${starts})`))].join(' OR ')}
		)
	) ARRAY JOIN happenings AS happened`;
}

/**
 * Interactions that some rule reads, and answers where some rule asks for them. `among` speaks of the key alone, so it may be
 * asked before the versions of a row are sorted out (PREWHERE), which spares reading the rows of everyone else; what a row says
 * may be asked afterwards only, for an older version of it can say something else.
 */
function rowsRead({ bound, gathered, versions, among, until }: Context): string {
	const moments = [...new Set(versions.flatMap(({ promise }) => momentsRead(promise.rule)))];
	const facts = 'workspace, customer, person, subject, time, id, unit, channel, campaign, account';
	const interactions = `
				SELECT ${[facts, 'moment', ...gathered.amounts.map(({ sql, name }) => `${sql} AS ${name}`)].join(', ')}, toFloat64(0) AS score, '' AS about, '' AS scale
				FROM interactions FINAL PREWHERE ${among}
				WHERE moment IN ${bound.texts(moments)} AND time <= ${until}`;
	if (gathered.scales.size === 0) return interactions;
	const scales = bound.texts([...gathered.scales]);
	const about = bound.texts([...gathered.about]);
	return `${interactions}
				UNION ALL
				SELECT ${[facts, "'' AS moment", ...gathered.amounts.map(({ none, name }) => `${none} AS ${name}`)].join(', ')}, assumeNotNull(given) AS score, about, scale
				FROM (
					SELECT ${facts}, score AS given, moment AS about, scale FROM feedback FINAL PREWHERE ${among}
					WHERE scale IN ${scales} AND isNotNull(score) AND (moment IN ${about} OR (moment = '' AND subject != '')) AND time <= ${until}
				)`;
}

/** What was found becomes verdicts. */
function decided({ bound, asOf, versions }: Context, foundRows: string): string {
	const ofVersion = (place: string) => `${place}[version_at]`;
	const rules = versions.map(({ promise }) => promise.rule);
	const kind = ofVersion(bound.texts(rules.map(rule => rule.kind)));
	const comparison = ofVersion(bound.texts(rules.map(rule => ('comparison' in rule ? rule.comparison : ''))));
	const tolerance = ofVersion(bound.numbers(rules.map(rule => ('tolerance' in rule ? rule.tolerance : 0))));
	const constant = ofVersion(bound.numbers(rules.map(promisedConstant)));
	const missing = ofVersion(
		bound.texts(rules.map(rule => (rule.kind === 'by' ? rule.ifMissing : 'unknown'))),
	);
	return `
SELECT ${ofVersion(bound.texts(versions.map(({ promise }) => promise.id)))} AS promise, ${ofVersion(bound.counts(versions.map(({ version }) => version)))} AS promise_version,
	workspace, customer, person, occasion.2 AS occasion_id, subject, occasion.6 AS unit, occasion.7 AS channel, occasion.8 AS campaign,
	occasion.9 AS account, occasion.10 AS moment, occasion.1 AS occasion_time, due,
	multiIf(fulfilled, awaited.1, voided, void.1, failed, fail.1, kind = 'value', due, isNull(due) OR due >= ${asOf}, NULL, due) AS decided_at,
	multiIf(
		voided, 'void', failed, 'broken',
		kind = 'value', multiIf(isNull(margin), 'unknown', margin >= -${tolerance}, 'kept', 'broken'),
		fulfilled, multiIf(kind = 'by', 'kept', kind = 'never', 'broken', margin >= 0, 'kept', 'broken'),
		isNull(due), 'unknown', due >= ${asOf}, 'pending',
		kind = 'never', 'kept', kind = 'by' AND hasAwaited, 'broken', ${missing}) AS verdict,
	multiIf(kind = 'value', occasion.4, kind = 'by', dateDiff('millisecond', occasion.1, due) / 1000, ${constant}) AS promised,
	multiIf(kind = 'value', occasion.5, kind = 'felt', if(fulfilled, awaited.3, NULL), hasAwaited AND NOT voided, dateDiff('millisecond', occasion.1, awaited.1) / 1000, NULL) AS delivered,
	multiIf(kind = 'by', if(isNull(delivered), NULL, dateDiff('millisecond', awaited.1, due) / 1000),
		comparison = 'at-most', promised - delivered, comparison = 'equal', 0 - abs(delivered - promised), delivered - promised) AS margin,
	kind = 'by' AND verdict = 'broken' AND NOT failed AND hasAwaited AS late,
	arrayDistinct(arrayFilter(x -> x != '', [occasion.2, if(if(kind = 'by', hasAwaited AND NOT voided, fulfilled), awaited.2, ''), if(voided, void.2, ''), if(failed, fail.2, '')])) AS evidence
FROM (
	SELECT workspace, customer, person, subject, version_at, occasion, due, awaited, void, fail, ${kind} AS kind, ${comparison} AS comparison,
		awaited.2 != '' AS hasAwaited, void.2 != '' AS hasVoid, fail.2 != '' AS hasFail,
		hasAwaited AND ifNull(awaited.1 <= due, 0) AND (NOT hasVoid OR awaited.1 <= void.1) AND (NOT hasFail OR awaited.1 <= fail.1) AS fulfilled,
		NOT fulfilled AND hasVoid AND ifNull(void.1 <= due, 1) AND (NOT hasAwaited OR void.1 < awaited.1) AND (NOT hasFail OR void.1 <= fail.1) AS voided,
		NOT fulfilled AND NOT voided AND hasFail AND ifNull(fail.1 <= due, 1) AND (NOT hasAwaited OR fail.1 < awaited.1) AS failed
	FROM (${foundRows})
)`;
}

/** What a rule promises every time: seconds without the event, or points of the scale. */
function promisedConstant(rule: Rule): number {
	if (rule.kind === 'never') return durationSeconds(rule.within);
	return rule.kind === 'felt' ? rule.atLeast : 0;
}

/** The first of `list` at or after the occasion, other than the occasion itself. */
function firstAfter(list: string): string {
	return `arrayFirst(x -> x.1 >= occasion.1 AND x.2 != occasion.2, ${list})`;
}

/** The first of `list` at or before the occasion. */
function firstUntil(list: string): string {
	return `arrayFirst(x -> x.1 <= occasion.1 AND x.2 != occasion.2, ${list})`;
}

const nothing = `(toDateTime64(0, 3, 'UTC'), '', toFloat64(0))`;
const noNumber = `CAST(NULL, 'Nullable(Float64)')`;
const noTime = `CAST(NULL, 'Nullable(DateTime64(3, \\'UTC\\'))')`;

function dueProperty(due: { property: string; endOfDay: boolean; zone: string }, bound: BoundValues): string {
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
function measure(name: string, bound: BoundValues): string {
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

type Amount = { readonly sql: string; readonly none: string; readonly name: string };

/** What is gathered about every customer and subject while the rows are read; several promises share what they both need. */
class Gathered {
	readonly #lists = new Map<string, string>();
	readonly #amounts = new Map<string, Amount>();
	/** The scales of answers that are asked for, and the moments they are about. */
	readonly scales = new Set<string>();
	readonly about = new Set<string>();

	/** @returns the name under which the list stands */
	list(sql: string): string {
		return named(this.#lists, sql, 'g', name => name);
	}

	/**
	 * An amount that rows of one moment carry, and no others: reading it out of properties is dear.
	 * @returns the name of the column in which it stands
	 */
	amount(sql: string, moment: string, none: string): string {
		return named(this.#amounts, `if(moment = ${moment}, ${sql}, ${none})`, 'a', (name, key) => ({
			sql: key,
			none,
			name,
		})).name;
	}

	answers(scale: string, about: string): void {
		this.scales.add(scale);
		this.about.add(about);
	}

	get lists(): readonly string[] {
		return [...this.#lists].map(([sql, name]) => `${sql} AS ${name}`);
	}

	get amounts(): readonly Amount[] {
		return [...this.#amounts.values()];
	}
}

function named<T>(
	all: Map<string, T>,
	key: string,
	prefix: string,
	make: (name: string, key: string) => T,
): T {
	const known = all.get(key);
	if (known !== undefined) return known;
	const made = make(`${prefix}${all.size}`, key);
	all.set(key, made);
	return made;
}
