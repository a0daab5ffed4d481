import { claimConditionSchema } from '@touchstone/domain/moments/claim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionDraftOf, scalarOf, scalarText, writtenCondition } from './condition-draft.ts';

const scalar = fc.oneof(
	fc.string({ minLength: 1, maxLength: 20 }),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => (value === 0 ? 0 : value)),
	fc.boolean(),
	fc.constantFrom('3', 'true', '"', '""', '" "', ' 3 ', '"3"', '-1.5e3'),
);
const property = fc.constantFrom('campaign', 'properties.cart.total');
const condition = fc.oneof(
	fc.record({ property, is: scalar }),
	fc.record({ property, isNot: scalar }),
	fc.record({ property, oneOf: fc.array(scalar, { minLength: 1, maxLength: 4 }) }),
	fc.record({ property, exists: fc.boolean() }),
	fc.record({ property, atLeast: fc.integer() }),
	fc.record({ property, atMost: fc.integer() }),
	fc.record({ property, startsWith: fc.string({ minLength: 1, maxLength: 9 }) }),
);

describe('the form of a condition', () => {
	it('says the condition that was put into it, a text that looks like a number included', () => {
		fc.assert(
			fc.property(condition, given => {
				const read = claimConditionSchema.parse(given);
				expect(claimConditionSchema.parse(writtenCondition(conditionDraftOf(read)))).toEqual(read);
			}),
		);
	});

	it('takes 3 for a number, "3" for a text, and words as they are', () => {
		expect([scalarOf('3'), scalarOf('"3"'), scalarOf('true'), scalarOf('home in 2 days')]).toEqual([
			3,
			'3',
			true,
			'home in 2 days',
		]);
		expect(scalarText('3')).toBe('"3"');
	});

	it('is refused without a number where one is needed', () => {
		const written = writtenCondition({ property: 'reach', operator: 'atLeast', values: [''] });
		expect(claimConditionSchema.safeParse(written).success).toBe(false);
	});
});
