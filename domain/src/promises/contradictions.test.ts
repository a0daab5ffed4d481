import { expect, test } from 'vitest';
import type { z } from 'zod';
import { brandPromiseSchema } from './brand-promise.ts';
import { contradictions } from './contradictions.ts';

type Given = Omit<z.input<typeof brandPromiseSchema>, 'id' | 'wording'>;

function contradicting(...given: Given[]): string[] {
	const promises = given.map((fields, place) =>
		brandPromiseSchema.parse({ id: `p-${place}`, wording: `p-${place}`, ...fields }),
	);
	return contradictions(promises).map(({ one, other, how }) => `${one.id} and ${other.id} ${how}`);
}

const within = (duration: string, end = 'delivered') => ({
	kind: 'by' as const,
	start: 'ordered',
	end,
	due: { within: duration },
});
const wait = (comparison: 'at-most' | 'at-least' | 'equal', constant: number) => ({
	kind: 'value' as const,
	moment: 'call',
	measure: 'waitSeconds',
	comparison,
	promised: { constant },
});
const said = (...channels: ('web' | 'dealer' | 'email')[]) =>
	channels.map(channel => ({ kind: 'page' as const, where: channel, channel }));

test('two times for the same delivery contradict one another in amount', () => {
	expect(contradicting({ rule: within('48h') }, { rule: within('5d') })).toEqual([
		'p-0 and p-1 promise 2 days and 5 days',
	]);
});

test('two times for the same delivery said in different channels contradict one another in channel', () => {
	expect(
		contradicting(
			{ rule: within('48h'), saidIn: said('web', 'email') },
			{ rule: within('5d'), saidIn: said('dealer') },
		),
	).toEqual(['p-0 and p-1 promise 2 days and 5 days, depending on the channel (web, email or dealer)']);
});

test('the same amount written in another unit does not contradict', () => {
	expect(contradicting({ rule: within('48h') }, { rule: within('2d') })).toEqual([]);
});

test('promises about different moments do not contradict', () => {
	expect(contradicting({ rule: within('48h') }, { rule: within('5d', 'answered') })).toEqual([]);
});

test('promises that are never valid at the same time do not contradict', () => {
	const old = { rule: within('5d'), validTo: '2026-03-01' };
	expect(contradicting(old, { rule: within('48h'), validFrom: '2026-03-01' })).toEqual([]);
	expect(contradicting(old, { rule: within('48h'), validFrom: '2026-02-28' })).toHaveLength(1);
});

test.each([
	[wait('at-most', 60), wait('at-most', 90), ['p-0 and p-1 promise 60 and 90']],
	[wait('at-least', 10), wait('at-most', 60), []],
	[
		wait('at-least', 60),
		wait('at-most', 10),
		['p-0 and p-1 cannot both be kept: at least 60 and at most 10'],
	],
	[wait('equal', 60), wait('at-most', 60), []],
	[wait('equal', 60), wait('at-most', 10), ['p-0 and p-1 cannot both be kept: at least 60 and at most 10']],
	[wait('at-least', 60), wait('equal', 10), ['p-0 and p-1 cannot both be kept: at least 60 and at most 10']],
])('a wait %j and a wait %j', (one, other, expected) => {
	expect(contradicting({ rule: one }, { rule: other })).toEqual(expected);
});

test('of three that differ every pair is named', () => {
	const felt = (atLeast: number) => ({
		rule: { kind: 'felt' as const, moment: 'call', scale: 'nps' as const, atLeast },
	});
	expect(contradicting(felt(7), felt(8), felt(9))).toHaveLength(3);
});
