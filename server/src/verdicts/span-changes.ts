import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';

/** A span of a promise as it was judged: what it said (`digest`) and which occasions it covered, in milliseconds since 1970. */
export type JudgedSpan = {
	readonly digest: string;
	readonly from: number | null;
	readonly to: number | null;
};

/** What a span is remembered by. */
export function judgedSpan(version: PromiseVersion): JudgedSpan {
	return {
		digest: JSON.stringify([version.version, version.promise.rule]),
		from: version.from?.getTime() ?? null,
		to: version.to?.getTime() ?? null,
	};
}

/**
 * From which occasion time on a promise has to be judged again, given the spans it was judged by and those now in force. Both
 * are in order of time and do not overlap.
 * @returns 'unchanged', or the earliest occasion time that is judged differently (null: all of them)
 */
export function changedFrom(
	before: readonly JudgedSpan[],
	now: readonly JudgedSpan[],
): 'unchanged' | { readonly from: Date | null } {
	for (let index = 0; index < Math.max(before.length, now.length); index++) {
		const old = before[index];
		const current = now[index];
		if (!old || !current) return at(old?.from ?? current?.from ?? null);
		if (old.digest !== current.digest || old.from !== current.from)
			return at(earlier(old.from, current.from));
		if (old.to !== current.to) return at(Math.min(old.to ?? Infinity, current.to ?? Infinity));
	}
	return 'unchanged';
}

function earlier(a: number | null, b: number | null): number | null {
	return a === null || b === null ? null : Math.min(a, b);
}

function at(time: number | null): { from: Date | null } {
	return { from: time === null ? null : new Date(time) };
}
