import { ruleSchema } from '@touchstone/domain/promises/rule';
import { expect, it } from 'vitest';
import { formatsFor } from '../texts/formats.ts';
import { amountWords } from './amount-words.ts';

const formats = formatsFor('en');
const wait = ruleSchema.parse({
	kind: 'value',
	moment: 'call-answered',
	measure: 'waitSeconds',
	comparison: 'at-most',
	promised: { constant: 60 },
});
const felt = ruleSchema.parse({ kind: 'felt', moment: 'first-used', scale: 'csat-5', atLeast: 4 });

it('an amount is said in the unit of its rule', () => {
	expect(amountWords(wait, 90, formats)).toBe('1.5 min');
	expect(amountWords(felt, 4, formats)).toBe('4');
	expect(amountWords(felt, null, formats)).toBe('–');
});
