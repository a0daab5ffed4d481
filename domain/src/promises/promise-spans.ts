import type { BrandPromise } from './brand-promise.ts';
import type { PromiseVersion } from './promise-version.ts';

/** One stored version of a promise: what it said, from which occasions on, and whether that was its end. */
export type StoredPromise = {
	readonly promise: BrandPromise;
	readonly version: number;
	/** Null on a first version: it judges every occasion the promise is valid for. */
	readonly effectiveFrom: Date | null;
	readonly archived: boolean;
};

/**
 * Which version judges which occasions, for the history of one promise in any order. A later version takes over from its
 * `effectiveFrom`, also where that is earlier than an older version's; an archived version ends the promise there. Each span
 * is clipped to the `validFrom` and `validTo` of its own version. Versions without a rule judge nothing.
 * @returns spans that do not overlap, oldest first; a version that judges nothing is left out
 */
export function promiseSpans(history: readonly StoredPromise[]): PromiseVersion[] {
	const spans: PromiseVersion[] = [];
	let takenOverAt = Infinity;
	for (const stored of history.toSorted((a, b) => b.version - a.version)) {
		const starts = stored.effectiveFrom?.getTime() ?? -Infinity;
		const { rule, validFrom, validTo } = stored.promise;
		if (starts < takenOverAt && !stored.archived && rule) {
			const from = Math.max(starts, validFrom === undefined ? -Infinity : Date.parse(validFrom));
			const to = Math.min(takenOverAt, validTo === undefined ? Infinity : Date.parse(validTo));
			if (from < to) {
				const promise = { ...stored.promise, rule };
				spans.push({ promise, version: stored.version, from: finite(from), to: finite(to) });
			}
		}
		takenOverAt = Math.min(takenOverAt, starts);
	}
	return spans.reverse();
}

function finite(time: number): Date | null {
	return Number.isFinite(time) ? new Date(time) : null;
}
