import type { Rule } from '@touchstone/domain/promises/rule';
import { type LengthDraft, lengthDraftOf, lengthText } from './length-draft.ts';

/** A number while it is being typed: empty until there is one. */
export type NumberDraft = number | '';

/**
 * A rule as it stands in the form. Every field of every kind is there, so that trying another kind and coming back loses
 * nothing; what the chosen kind does not use is left out of the rule.
 */
export type RuleDraft = {
	readonly kind: Rule['kind'] | 'none';
	/** Where an occasion starts (by, never) or what is looked at (value, felt). */
	readonly start: string;
	readonly end: string;
	readonly event: string;
	readonly dueKind: 'within' | 'property';
	readonly within: LengthDraft;
	readonly dueProperty: string;
	readonly endOfDay: boolean;
	readonly zone: string;
	readonly ifMissing: 'broken' | 'unknown';
	readonly measure: string;
	readonly comparison: 'at-most' | 'at-least' | 'equal';
	readonly promisedKind: 'constant' | 'measure';
	readonly constant: NumberDraft;
	readonly promisedMeasure: string;
	readonly tolerance: NumberDraft;
	readonly scale: string;
	readonly atLeast: NumberDraft;
	readonly voidedBy: readonly string[];
	readonly failedBy: readonly string[];
};

/** No rule yet. @param zone the company's, in which promised days end */
export function blankRule(zone: string): RuleDraft {
	return {
		kind: 'none',
		start: '',
		end: '',
		event: '',
		dueKind: 'within',
		within: { amount: '', unit: 'd' },
		dueProperty: 'properties.',
		endOfDay: true,
		zone,
		ifMissing: 'broken',
		measure: 'waitSeconds',
		comparison: 'at-most',
		promisedKind: 'constant',
		constant: '',
		promisedMeasure: 'properties.',
		tolerance: 0,
		scale: 'csat-5',
		atLeast: '',
		voidedBy: [],
		failedBy: [],
	};
}

export function ruleDraftOf(rule: Rule | undefined, zone: string): RuleDraft {
	const blank = blankRule(zone);
	if (!rule) return blank;
	const shared = { ...blank, kind: rule.kind, voidedBy: rule.voidedBy, failedBy: rule.failedBy };
	switch (rule.kind) {
		case 'by':
			return {
				...shared,
				start: rule.start,
				end: rule.end,
				ifMissing: rule.ifMissing,
				...('within' in rule.due
					? { dueKind: 'within', within: lengthDraftOf(rule.due.within) }
					: {
							dueKind: 'property',
							dueProperty: rule.due.property,
							endOfDay: rule.due.endOfDay,
							zone: rule.due.zone,
						}),
			};
		case 'value':
			return {
				...shared,
				start: rule.moment,
				measure: rule.measure,
				comparison: rule.comparison,
				tolerance: rule.tolerance,
				...('constant' in rule.promised
					? { promisedKind: 'constant', constant: rule.promised.constant }
					: { promisedKind: 'measure', promisedMeasure: rule.promised.measure }),
			};
		case 'never':
			return { ...shared, start: rule.start, event: rule.event, within: lengthDraftOf(rule.within) };
		case 'felt':
			return {
				...shared,
				start: rule.moment,
				scale: rule.scale,
				atLeast: rule.atLeast,
				within: lengthDraftOf(rule.within),
			};
	}
}

/** The rule that the form says, to be checked by its schema; undefined while no kind is chosen. */
export function writtenRule(draft: RuleDraft): unknown {
	const withdrawals = { voidedBy: draft.voidedBy, failedBy: draft.failedBy };
	switch (draft.kind) {
		case 'none':
			return undefined;
		case 'by':
			return {
				kind: 'by',
				start: draft.start,
				end: draft.end,
				due: writtenDue(draft),
				ifMissing: draft.ifMissing,
				...withdrawals,
			};
		case 'value':
			return {
				kind: 'value',
				moment: draft.start,
				measure: draft.measure,
				comparison: draft.comparison,
				promised:
					draft.promisedKind === 'constant'
						? { constant: numberOf(draft.constant) }
						: { measure: draft.promisedMeasure },
				tolerance: draft.tolerance === '' ? 0 : draft.tolerance,
				...withdrawals,
			};
		case 'never':
			return {
				kind: 'never',
				start: draft.start,
				event: draft.event,
				within: lengthText(draft.within),
				...withdrawals,
			};
		case 'felt':
			return {
				kind: 'felt',
				moment: draft.start,
				scale: draft.scale,
				atLeast: numberOf(draft.atLeast),
				within: lengthText(draft.within),
				...withdrawals,
			};
	}
}

function writtenDue(draft: RuleDraft): unknown {
	if (draft.dueKind === 'within') return { within: lengthText(draft.within) };
	return { property: draft.dueProperty, endOfDay: draft.endOfDay, zone: draft.zone };
}

function numberOf(draft: NumberDraft): number | undefined {
	return draft === '' ? undefined : draft;
}
