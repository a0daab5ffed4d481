import type { MomentId } from '../owners/ids.ts';
import type { Rule } from './rule.ts';

/** A moment that a rule names, and the place in the rule where it does. */
export type NamedMoment = { readonly moment: MomentId; readonly path: readonly (string | number)[] };

/** The moments whose coming, or staying away, a rule judges: where the promise is put to the test, and what starts it. */
export function testedMoments(rule: Rule): NamedMoment[] {
	switch (rule.kind) {
		case 'by':
			return [
				{ moment: rule.start, path: ['start'] },
				{ moment: rule.end, path: ['end'] },
			];
		case 'never':
			return [
				{ moment: rule.start, path: ['start'] },
				{ moment: rule.event, path: ['event'] },
			];
		case 'value':
		case 'felt':
			return [{ moment: rule.moment, path: ['moment'] }];
	}
}

/** The moments that withdraw an occasion or fail it outright. */
export function withdrawingMoments(rule: Rule): NamedMoment[] {
	return [
		...rule.voidedBy.map((moment, place) => ({ moment, path: ['voidedBy', place] })),
		...rule.failedBy.map((moment, place) => ({ moment, path: ['failedBy', place] })),
	];
}
