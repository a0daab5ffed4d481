import { type FieldChange, fieldChanges } from '@touchstone/domain/definitions/definitions-diff';
import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import { fieldName, valueWords } from '../definitions/field-words.ts';
import { ruleInWords } from '../definitions/rule-in-words.ts';
import type { Formats } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import type { Language } from '../texts/texts.ts';

type Speaking = {
	readonly say: Say;
	readonly language: Language;
	readonly formats: Formats;
	readonly nameOf: (id: string) => string;
};

/** What a version of a promise changed against the one before, a line each; the rule as a whole, as people say it. */
export function changesInWords(before: BrandPromise, after: BrandPromise, speaking: Speaking): string[] {
	const { say, language, formats, nameOf } = speaking;
	const changes = fieldChanges(before, after);
	const isOfRule = ({ path }: FieldChange) => path === 'rule' || path.startsWith('rule.');
	const rule = (promise: BrandPromise) =>
		promise.rule ? ruleInWords(promise.rule, nameOf, language, formats) : say('definitions.rule.none');
	const value = (path: string, written: FieldChange['after']) =>
		path === 'target' && typeof written === 'number'
			? formats.share(written)
			: valueWords(written, nameOf, say);
	return [
		...changes
			.filter(change => !isOfRule(change))
			.map(change => {
				const { path } = change;
				return `${fieldName(path, say)}: ${value(path, change.before)} → ${value(path, change.after)}`;
			}),
		...(changes.some(isOfRule) ? [`${say('promises.mark.rule')}: ${rule(before)} → ${rule(after)}`] : []),
	];
}
