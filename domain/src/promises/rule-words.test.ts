import { expect, test } from 'vitest';
import { ruleSchema } from './rule.ts';
import { ruleWords } from './rule-words.ts';

test.each([
	[
		{
			kind: 'by',
			start: 'order-placed',
			end: 'delivered',
			due: { property: 'properties.estimated', endOfDay: true },
			voidedBy: ['order-cancelled'],
			failedBy: ['order-unavailable'],
		},
		'After “order-placed”, “delivered” follows before the day named in the property estimated ends (UTC), otherwise it is broken; “order-unavailable” breaks it at once; “order-cancelled” before it is due withdraws it.',
	],
	[
		{ kind: 'by', start: 'asked', end: 'answered', due: { within: '48h' }, ifMissing: 'unknown' },
		'After “asked”, “answered” follows within 2 days, otherwise we do not know.',
	],
	[
		{
			kind: 'value',
			moment: 'call-answered',
			measure: 'waitSeconds',
			comparison: 'at-most',
			promised: { constant: 60 },
			tolerance: 5,
			voidedBy: ['hung-up', 'line-cut'],
		},
		'At “call-answered”, the wait in seconds is at most 60 (give or take 5); “hung-up” or “line-cut” withdraws it.',
	],
	[
		{
			kind: 'value',
			moment: 'billed',
			measure: 'revenue',
			comparison: 'equal',
			promised: { measure: 'properties.quote.total' },
		},
		'At “billed”, the revenue is equal to the property quote.total.',
	],
	[
		{ kind: 'never', start: 'delivered', event: 'repaired', within: '2w' },
		'“repaired” does not happen within 14 days of “delivered”.',
	],
	[
		{ kind: 'felt', moment: 'delivered', scale: 'nps', atLeast: 9 },
		'Customers give “delivered” at least 9 on the scale nps within 30 days, without an answer we do not know.',
	],
])('the rule %j is said in words', (rule, words) => {
	expect(ruleWords(ruleSchema.parse(rule))).toBe(words);
});

test('moments are called as people call them', () => {
	const rule = ruleSchema.parse({ kind: 'never', start: 'delivered', event: 'repaired', within: '90m' });
	expect(ruleWords(rule, moment => moment.toUpperCase())).toBe(
		'“REPAIRED” does not happen within 90 min of “DELIVERED”.',
	);
});
