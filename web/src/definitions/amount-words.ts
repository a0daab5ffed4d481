import type { Rule } from '@touchstone/domain/promises/rule';
import type { Formats } from '../texts/formats.ts';

/** A promised or delivered amount in the unit of its rule: a length of time, or a number. */
export function amountWords(rule: Rule, value: number | null, formats: Formats): string {
	if (value === null) return '–';
	return isLength(rule) ? formats.duration(value) : formats.number(value, Number.isInteger(value) ? 0 : 2);
}

/** Rules about time speak of seconds. */
function isLength(rule: Rule): boolean {
	if (rule.kind === 'by' || rule.kind === 'never') return true;
	return rule.kind === 'value' && (rule.measure === 'waitSeconds' || rule.measure === 'durationSeconds');
}
