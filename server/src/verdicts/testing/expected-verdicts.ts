import type { ByRule, FeltRule, NeverRule, Rule, ValueRule } from '@touchstone/domain/promises/rule';
import { durationSeconds } from '@touchstone/domain/units/duration';

/**
 * The rules in plain words, one occasion at a time, for tests only: what the judge's SQL is held against. It shares nothing
 * with the SQL but the definition.
 */
export type TestEvent = {
	readonly id: string;
	readonly moment: string;
	readonly subject: string;
	/** Milliseconds since 1970. */
	readonly time: number;
	readonly wait: number | null;
	readonly properties: Readonly<Record<string, unknown>>;
};
export type TestFeedback = {
	readonly id: string;
	readonly subject: string;
	readonly moment: string;
	readonly time: number;
	readonly score: number;
};
export type ExpectedVerdict = {
	readonly occasion: string;
	readonly subject: string;
	readonly due: number | null;
	readonly decidedAt: number | null;
	readonly verdict: 'kept' | 'broken' | 'pending' | 'unknown' | 'void';
	readonly promised: number | null;
	readonly delivered: number | null;
	readonly margin: number | null;
	readonly late: boolean;
	readonly evidence: readonly string[];
};
type History = { readonly events: readonly TestEvent[]; readonly feedback: readonly TestFeedback[] };
type Happening = { readonly time: number; readonly id: string };

/** The verdict on each occasion of the rule in one customer's history, as of a time. */
export function expectedVerdicts(rule: Rule, history: History, asOf: Date): ExpectedVerdict[] {
	const now = asOf.getTime();
	const known: History = {
		events: history.events.filter(event => event.time <= now),
		feedback: history.feedback.filter(answer => answer.time <= now),
	};
	const startMoment = rule.kind === 'value' || rule.kind === 'felt' ? rule.moment : rule.start;
	return known.events
		.filter(event => event.moment === startMoment)
		.map(occasion => expectedVerdict(rule, occasion, known, now));
}

function expectedVerdict(rule: Rule, occasion: TestEvent, known: History, now: number): ExpectedVerdict {
	switch (rule.kind) {
		case 'by':
			return by(rule, occasion, known, now);
		case 'value':
			return value(rule, occasion, known);
		case 'never':
			return never(rule, occasion, known, now);
		case 'felt':
			return felt(rule, occasion, known, now);
	}
}

function by(rule: ByRule, occasion: TestEvent, history: History, now: number): ExpectedVerdict {
	const promisedDate = occasion.properties.promised;
	const due =
		'within' in rule.due
			? occasion.time + durationSeconds(rule.due.within) * 1000
			: typeof promisedDate === 'string'
				? Date.parse(promisedDate)
				: null;
	const end = firstAfter(history, occasion, [rule.end]);
	const withdrawal = firstAfter(history, occasion, rule.voidedBy);
	const failure = firstAfter(history, occasion, rule.failedBy);
	// What happened first, among what happened before it fell due, decides. The end wins a tie, then the withdrawal.
	const decisive = [
		...(end ? [{ ...end, as: 'kept' as const, rank: 0 }] : []),
		...(withdrawal ? [{ ...withdrawal, as: 'void' as const, rank: 1 }] : []),
		...(failure ? [{ ...failure, as: 'broken' as const, rank: 2 }] : []),
	].sort((a, b) => a.time - b.time || a.rank - b.rank)[0];
	const inTime =
		decisive && (due === null ? decisive.as !== 'kept' : decisive.time <= due) ? decisive : undefined;
	const verdict = inTime
		? inTime.as
		: due === null
			? 'unknown'
			: due >= now
				? 'pending'
				: end
					? 'broken'
					: rule.ifMissing;
	const delivered = end && verdict !== 'void' ? (end.time - occasion.time) / 1000 : null;
	const promised = due === null ? null : (due - occasion.time) / 1000;
	return {
		occasion: occasion.id,
		subject: occasion.subject,
		due,
		decidedAt: inTime ? inTime.time : due === null || due >= now ? null : due,
		verdict,
		promised,
		delivered,
		margin: due === null || delivered === null || !end ? null : (due - end.time) / 1000,
		late: verdict === 'broken' && end !== undefined && !inTime,
		evidence: evidence(
			occasion,
			verdict === 'void' ? undefined : end,
			inTime && inTime.as !== 'kept' ? inTime : undefined,
		),
	};
}

function value(rule: ValueRule, occasion: TestEvent, history: History): ExpectedVerdict {
	const withdrawal = firstUntil(history, occasion, rule.voidedBy);
	const failure = firstUntil(history, occasion, rule.failedBy);
	const promised = 'constant' in rule.promised ? rule.promised.constant : null;
	const delivered = occasion.wait;
	const margin =
		promised === null || delivered === null
			? null
			: {
					'at-most': promised - delivered,
					'at-least': delivered - promised,
					equal: -Math.abs(delivered - promised),
				}[rule.comparison];
	const other = earliest(withdrawal, failure);
	const verdict = other
		? other === withdrawal
			? 'void'
			: 'broken'
		: margin === null
			? 'unknown'
			: margin >= -rule.tolerance
				? 'kept'
				: 'broken';
	return {
		occasion: occasion.id,
		subject: occasion.subject,
		due: occasion.time,
		decidedAt: other ? other.time : occasion.time,
		verdict,
		promised,
		delivered,
		margin: margin === 0 ? 0 : margin,
		late: false,
		evidence: evidence(occasion, other),
	};
}

function never(rule: NeverRule, occasion: TestEvent, history: History, now: number): ExpectedVerdict {
	const seconds = durationSeconds(rule.within);
	const due = occasion.time + seconds * 1000;
	const event = firstAfter(history, occasion, [rule.event]);
	const withdrawal = firstAfter(history, occasion, rule.voidedBy);
	const failure = firstAfter(history, occasion, rule.failedBy);
	const first = earliest(event, withdrawal, failure);
	const decisive = first && first.time <= due ? first : undefined;
	const verdict = decisive ? (decisive === withdrawal ? 'void' : 'broken') : due >= now ? 'pending' : 'kept';
	const delivered = event && verdict !== 'void' ? (event.time - occasion.time) / 1000 : null;
	return {
		occasion: occasion.id,
		subject: occasion.subject,
		due,
		decidedAt: decisive ? decisive.time : due >= now ? null : due,
		verdict,
		promised: seconds,
		delivered,
		margin: delivered === null ? null : delivered - seconds,
		late: false,
		evidence: evidence(occasion, decisive),
	};
}

function felt(rule: FeltRule, occasion: TestEvent, history: History, now: number): ExpectedVerdict {
	const due = occasion.time + durationSeconds(rule.within) * 1000;
	const next = Math.min(
		...history.events
			.filter(
				event =>
					event.moment === rule.moment && event.subject === occasion.subject && event.time > occasion.time,
			)
			.map(event => event.time),
	);
	const answer = history.feedback
		.filter(given => given.subject === occasion.subject)
		.filter(given => given.moment === rule.moment || (given.moment === '' && given.subject !== ''))
		.filter(given => given.time >= occasion.time && given.time <= due && given.time < next)
		.sort(inOrder)[0];
	const withdrawal = firstAfter(history, occasion, rule.voidedBy);
	const failure = firstAfter(history, occasion, rule.failedBy);
	const first = earliest(answer, withdrawal, failure);
	const decisive = first && first.time <= due ? first : undefined;
	const answered = decisive !== undefined && decisive === answer;
	const delivered = answered && answer ? answer.score : null;
	const margin = delivered === null ? null : delivered - rule.atLeast;
	const verdict = decisive
		? answered
			? (margin ?? 0) >= 0
				? 'kept'
				: 'broken'
			: decisive === withdrawal
				? 'void'
				: 'broken'
		: due >= now
			? 'pending'
			: 'unknown';
	return {
		occasion: occasion.id,
		subject: occasion.subject,
		due,
		decidedAt: decisive ? decisive.time : due >= now ? null : due,
		verdict,
		promised: rule.atLeast,
		delivered,
		margin,
		late: false,
		evidence: evidence(occasion, decisive),
	};
}

function firstAfter(
	history: History,
	occasion: TestEvent,
	moments: readonly string[],
): Happening | undefined {
	return history.events
		.filter(event => moments.includes(event.moment) && event.subject === occasion.subject)
		.filter(event => event.id !== occasion.id && event.time >= occasion.time)
		.sort(inOrder)[0];
}

function firstUntil(
	history: History,
	occasion: TestEvent,
	moments: readonly string[],
): Happening | undefined {
	return history.events
		.filter(event => moments.includes(event.moment) && event.subject === occasion.subject)
		.filter(event => event.id !== occasion.id && event.time <= occasion.time)
		.sort(inOrder)[0];
}

/** The earliest of several; those named first win a tie. */
function earliest(...happenings: readonly (Happening | undefined)[]): Happening | undefined {
	return happenings.filter(happening => happening !== undefined).sort((a, b) => a.time - b.time)[0];
}

function inOrder(a: Happening, b: Happening): number {
	return a.time - b.time || (a.id < b.id ? -1 : 1);
}

function evidence(...happenings: readonly (Happening | undefined)[]): string[] {
	return [...new Set(happenings.flatMap(happening => (happening ? [happening.id] : [])))];
}
