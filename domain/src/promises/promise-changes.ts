import type { MomentId } from '../owners/ids.ts';
import type { BrandPromise } from './brand-promise.ts';
import { ruleWords } from './rule-words.ts';

/** What a version of a promise changed against the one before, a sentence each. */
export function promiseChanges(
	before: BrandPromise,
	after: BrandPromise,
	nameOf: (moment: MomentId) => string = moment => moment,
): string[] {
	const rule = (promise: BrandPromise) => (promise.rule ? ruleWords(promise.rule, nameOf) : 'none');
	const said = ({ saidIn }: BrandPromise) =>
		saidIn.map(({ kind, where, channel }) => [kind, where, channel].filter(Boolean).join(' ')).join(', ') ||
		'nowhere';
	const moment = ({ moment: tested }: BrandPromise) => (tested === undefined ? 'none' : nameOf(tested));
	const share = ({ target }: BrandPromise) => `${Number((target * 100).toFixed(4))} %`;
	const list: readonly (readonly [string, string, string])[] = [
		['Wording', quoted(before.wording), quoted(after.wording)],
		['Rule', rule(before), rule(after)],
		['Target', share(before), share(after)],
		['Moment', moment(before), moment(after)],
		['Kept by', before.keptBy ?? 'nobody', after.keptBy ?? 'nobody'],
		['Made by', before.madeBy ?? 'nobody', after.madeBy ?? 'nobody'],
		[
			'Said',
			before.explicit ? 'in so many words' : 'implicitly',
			after.explicit ? 'in so many words' : 'implicitly',
		],
		['Said in', said(before), said(after)],
		['Valid from', before.validFrom ?? 'the beginning', after.validFrom ?? 'the beginning'],
		['Valid to', before.validTo ?? 'further notice', after.validTo ?? 'further notice'],
	];
	return list.flatMap(([what, from, to]) => (from === to ? [] : [`${what}: ${from} → ${to}`]));
}

function quoted(text: string): string {
	return `“${text}”`;
}
