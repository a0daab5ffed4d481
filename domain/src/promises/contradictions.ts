import type { Channel } from '../moments/moment.ts';
import { durationSeconds, secondsInWords } from '../units/duration.ts';
import type { BrandPromise } from './brand-promise.ts';
import type { Rule, ValueRule } from './rule.ts';

/** Two promises that cannot both be what the brand says. `how` completes the sentence that names them. */
export type Contradiction = {
	readonly one: BrandPromise;
	readonly other: BrandPromise;
	readonly how: string;
};

/**
 * Pairs of promises that are tested by the same thing, valid at the same time, and say different amounts: a contradiction in
 * channel where each is said in channels of its own (the dealer says 5 days, the shop 2), in amount otherwise. At least and
 * at most of one measure contradict only where nothing can satisfy both.
 */
export function contradictions(promises: readonly BrandPromise[]): Contradiction[] {
	const tests = promises.flatMap(promise => {
		const test = promise.rule && testOf(promise.rule);
		return test ? [{ promise, test }] : [];
	});
	const comparable = Map.groupBy(tests, ({ test }) => test.of);
	return [...comparable.values()].flatMap(group =>
		group.flatMap(({ promise: one, test }, place) =>
			group.slice(place + 1).flatMap(({ promise: other, test: otherTest }): Contradiction[] => {
				const difference = differs(test, otherTest);
				if (!difference || !validTogether(one, other)) return [];
				return [{ one, other, how: `${difference}${apart(one, other)}` }];
			}),
		),
	);
}

/** What a rule tests, and the amount it promises. Rules with the same `of` measure the same thing. */
type Test = { readonly of: string; readonly amount: number; readonly words: string; readonly side: Side };
/** `above`: at least the amount; `below`: at most; `exactly` the amount; `said`: the amount itself is what was said. */
type Side = 'above' | 'below' | 'exactly' | 'said';

function testOf(rule: Rule): Test | undefined {
	switch (rule.kind) {
		case 'by':
			if (!('within' in rule.due)) return undefined;
			return { of: `by ${rule.start} ${rule.end}`, ...span(rule.due.within), side: 'said' };
		case 'never':
			return { of: `never ${rule.start} ${rule.event}`, ...span(rule.within), side: 'said' };
		case 'felt':
			return {
				of: `felt ${rule.moment} ${rule.scale}`,
				amount: rule.atLeast,
				words: String(rule.atLeast),
				side: 'said',
			};
		case 'value':
			return valueTest(rule);
	}
}

function valueTest({ moment, measure, comparison, promised }: ValueRule): Test | undefined {
	if (!('constant' in promised)) return undefined;
	const sides = { 'at-least': 'above', 'at-most': 'below', equal: 'exactly' } as const;
	const amount = promised.constant;
	return { of: `value ${moment} ${measure}`, amount, words: String(amount), side: sides[comparison] };
}

function span(duration: string): { amount: number; words: string } {
	const amount = durationSeconds(duration);
	return { amount, words: secondsInWords(amount) };
}

function differs(one: Test, other: Test): string | undefined {
	if (one.side === other.side) {
		return one.amount === other.amount ? undefined : `promise ${one.words} and ${other.words}`;
	}
	const low = [one, other].find(({ side }) => side === 'above') ?? exactOf(one, other);
	const high = [one, other].find(({ side }) => side === 'below') ?? exactOf(one, other);
	if (!low || !high || low.amount <= high.amount) return undefined;
	return `cannot both be kept: at least ${low.words} and at most ${high.words}`;
}

function exactOf(one: Test, other: Test): Test | undefined {
	return [one, other].find(({ side }) => side === 'exactly');
}

function validTogether(one: BrandPromise, other: BrandPromise): boolean {
	const start = (promise: BrandPromise) => (promise.validFrom ? Date.parse(promise.validFrom) : -Infinity);
	const end = (promise: BrandPromise) => (promise.validTo ? Date.parse(promise.validTo) : Infinity);
	return Math.max(start(one), start(other)) < Math.min(end(one), end(other));
}

/** How the channels the two are said in differ, where they have none in common. */
function apart(one: BrandPromise, other: BrandPromise): string {
	const here = saidChannels(one);
	const there = saidChannels(other);
	if (here.size === 0 || there.size === 0 || [...here].some(channel => there.has(channel))) return '';
	return `, depending on the channel (${[...here].join(', ')} or ${[...there].join(', ')})`;
}

function saidChannels({ saidIn }: BrandPromise): Set<Channel> {
	return new Set(saidIn.flatMap(({ channel }) => channel ?? []));
}
