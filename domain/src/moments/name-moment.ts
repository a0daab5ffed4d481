import type { MomentId } from '../owners/ids.ts';
import type { ClaimCondition } from './claim.ts';
import type { Moment } from './moment.ts';

/** What a claim may look at in an interaction. A field that is absent or empty counts as not given. */
export type MomentFacts = {
	readonly event: string;
	readonly channel?: string | undefined;
	readonly outcome?: string | undefined;
	readonly unit?: string | undefined;
	readonly campaign?: string | undefined;
	readonly agent?: string | undefined;
	readonly source?: string | undefined;
	readonly properties: Readonly<Record<string, unknown>>;
};

/** Which moment an interaction is; `''` when no moment claims it. */
export type MomentNamer = (facts: MomentFacts) => MomentId | '';

/** The fields of an interaction a condition names directly; every other `property` is a path into its `properties`. */
export const ownFields = ['channel', 'outcome', 'unit', 'campaign', 'agent', 'source'] as const;

/**
 * Compiles the claims of all moments into one function, so that naming costs one look-up by event name and only the
 * conditions of that event.
 *
 * Of several claims that hold, the one with more conditions wins, then the moment that comes first in `moments`. A property
 * that is missing satisfies `isNot` and `exists: false` and no other condition. Values are compared as they are, without
 * turning text into numbers. A property called like one of the interaction's own fields is reached by `properties.channel`.
 */
export function momentNamer(moments: readonly Pick<Moment, 'id' | 'claims'>[]): MomentNamer {
	const byEvent = new Map<string, CompiledClaim[]>();
	for (const moment of moments) {
		for (const claim of moment.claims) {
			const claims = byEvent.get(claim.event) ?? [];
			claims.push({ moment: moment.id, tests: claim.where.map(conditionTest) });
			byEvent.set(claim.event, claims);
		}
	}
	for (const claims of byEvent.values()) claims.sort((a, b) => b.tests.length - a.tests.length);

	return facts => {
		const claims = byEvent.get(facts.event);
		if (claims === undefined) return '';
		for (const claim of claims) if (claim.tests.every(test => test(facts))) return claim.moment;
		return '';
	};
}

/**
 * The event names whose interactions may be named differently by `after` than by `before`: those whose claims, or the order
 * among them, changed. Sorted, so that the same change always says the same.
 */
export function eventsNamedDifferently(
	before: readonly Pick<Moment, 'id' | 'claims'>[],
	after: readonly Pick<Moment, 'id' | 'claims'>[],
): string[] {
	const old = claimsByEvent(before);
	const now = claimsByEvent(after);
	return [...new Set([...old.keys(), ...now.keys()])]
		.filter(event => old.get(event) !== now.get(event))
		.sort();
}

type Test = (facts: MomentFacts) => boolean;
type CompiledClaim = { readonly moment: MomentId; readonly tests: readonly Test[] };

function conditionTest(condition: ClaimCondition): Test {
	const read = reader(condition.property);
	if ('is' in condition) return facts => read(facts) === condition.is;
	if ('isNot' in condition) return facts => read(facts) !== condition.isNot;
	if ('oneOf' in condition) {
		const wanted = new Set<unknown>(condition.oneOf);
		return facts => wanted.has(read(facts));
	}
	if ('exists' in condition) return facts => (read(facts) !== undefined) === condition.exists;
	if ('atLeast' in condition) return facts => numberOr(read(facts), -Infinity) >= condition.atLeast;
	if ('atMost' in condition) return facts => numberOr(read(facts), Infinity) <= condition.atMost;
	return facts => {
		const value = read(facts);
		return typeof value === 'string' && value.startsWith(condition.startsWith);
	};
}

function reader(property: string): (facts: MomentFacts) => unknown {
	const field = ownFields.find(name => name === property);
	if (field !== undefined) return facts => facts[field] || undefined;
	const path = property.startsWith('properties.') ? property.slice('properties.'.length) : property;
	const steps = path.split('.');
	return facts => given(facts.properties, path) ?? deepGiven(facts.properties, steps);
}

function deepGiven(properties: unknown, steps: readonly string[]): unknown {
	let value: unknown = properties;
	for (const step of steps) value = given(value, step);
	return value;
}

/** The own value under a name; null counts as not given, and what every object inherits is nobody's property. */
function given(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
	const found: unknown = Reflect.get(value, name);
	return found ?? undefined;
}

function numberOr(value: unknown, otherwise: number): number {
	return typeof value === 'number' ? value : otherwise;
}

function claimsByEvent(moments: readonly Pick<Moment, 'id' | 'claims'>[]): Map<string, string> {
	const texts = new Map<string, string>();
	for (const moment of moments) {
		for (const claim of moment.claims) {
			texts.set(claim.event, `${texts.get(claim.event) ?? ''}${JSON.stringify([moment.id, claim.where])}\n`);
		}
	}
	return texts;
}
