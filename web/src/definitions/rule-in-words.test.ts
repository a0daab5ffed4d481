import { ruleSchema } from '@touchstone/domain/promises/rule';
import { expect, test } from 'vitest';
import { formatsFor } from '../texts/formats.ts';
import { ruleInWords } from './rule-in-words.ts';

const german = (rule: object) =>
	ruleInWords(ruleSchema.parse(rule), moment => moment, 'de', formatsFor('de'));

test.each([
	[
		{
			kind: 'by',
			start: 'bestellt',
			end: 'geliefert',
			due: { property: 'properties.tag', endOfDay: true },
			voidedBy: ['storniert'],
			failedBy: ['vergriffen', 'verloren'],
		},
		'Nach „bestellt“ folgt „geliefert“ bis zum Ende des Tages, den die Eigenschaft tag nennt (UTC), sonst gilt es als gebrochen; „vergriffen“ oder „verloren“ bricht es sofort; „storniert“ vor der Fälligkeit zieht es zurück.',
	],
	[
		{ kind: 'by', start: 'gefragt', end: 'beantwortet', due: { within: '1d' }, ifMissing: 'unknown' },
		'Nach „gefragt“ folgt „beantwortet“ innerhalb von 1 Tag, sonst ist es unbekannt.',
	],
	[
		{
			kind: 'value',
			moment: 'angerufen',
			measure: 'waitSeconds',
			comparison: 'at-most',
			promised: { constant: 60 },
			tolerance: 2.5,
		},
		'Bei „angerufen“ ist die Wartezeit in Sekunden höchstens 60 (± 2,5).',
	],
	[
		{ kind: 'never', start: 'repariert', event: 'stoerung', within: '90d' },
		'„stoerung“ geschieht nicht innerhalb von 90 Tagen nach „repariert“.',
	],
])('die Regel %j ist ein deutscher Satz', (rule, words) => {
	expect(german(rule)).toBe(words);
});

test('in English a rule is said as the server says it', () => {
	const rule = ruleSchema.parse({ kind: 'never', start: 'repaired', event: 'fault-reported', within: '90d' });
	expect(ruleInWords(rule, moment => moment.toUpperCase(), 'en', formatsFor('en'))).toBe(
		'“FAULT-REPORTED” does not happen within 90 days of “REPAIRED”.',
	);
});
