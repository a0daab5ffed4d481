import { ruleSchema } from '@touchstone/domain/promises/rule';
import { describe, expect, it, test } from 'vitest';
import { ruleDraftOf, writtenRule } from './rule-draft.ts';

const rules = [
	{ kind: 'by', start: 'asked', end: 'answered', due: { within: '48h' }, ifMissing: 'unknown' },
	{
		kind: 'by',
		start: 'order-placed',
		end: 'delivered',
		due: { property: 'properties.promisedDay', endOfDay: true, zone: 'Europe/Berlin' },
		voidedBy: ['order-cancelled'],
		failedBy: ['order-lost'],
	},
	{
		kind: 'value',
		moment: 'call-answered',
		measure: 'waitSeconds',
		comparison: 'at-most',
		promised: { constant: 60 },
		tolerance: 5,
	},
	{
		kind: 'value',
		moment: 'invoiced',
		measure: 'properties.charged',
		comparison: 'equal',
		promised: { measure: 'properties.quoted' },
	},
	{ kind: 'never', start: 'repaired', event: 'fault-reported', within: '90d' },
	{ kind: 'felt', moment: 'first-used', scale: 'csat-5', atLeast: 4, within: '2w' },
].map(rule => ruleSchema.parse(rule));

describe('the form of a rule', () => {
	test.each(rules)('says the rule that was put into it: %j', rule => {
		expect(ruleSchema.parse(writtenRule(ruleDraftOf(rule, 'UTC')))).toEqual(rule);
	});

	it('keeps what was typed when another kind is tried and left again', () => {
		for (const rule of rules) {
			const tried = { ...ruleDraftOf(rule, 'UTC'), kind: 'felt' } as const;
			expect(ruleSchema.parse(writtenRule({ ...tried, kind: rule.kind }))).toEqual(rule);
		}
	});

	it('says no rule while no kind is chosen', () => {
		expect(writtenRule(ruleDraftOf(undefined, 'UTC'))).toBeUndefined();
	});

	it('does not make a number of an empty field', () => {
		const draft = { ...ruleDraftOf(undefined, 'UTC'), kind: 'value', start: 'invoiced' } as const;
		const read = ruleSchema.safeParse(writtenRule(draft));
		expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['promised']);
	});
});
