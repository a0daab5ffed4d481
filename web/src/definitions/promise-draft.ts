import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import { blankRule, type NumberDraft, type RuleDraft, ruleDraftOf, writtenRule } from './rule-draft.ts';

export type SaidInDraft = { readonly kind: string; readonly where: string; readonly channel: string };

/** A promise as it stands in the form. */
export type PromiseDraft = {
	readonly id: string;
	readonly wording: string;
	readonly explicit: boolean;
	readonly saidIn: readonly SaidInDraft[];
	readonly validFrom: string;
	readonly validTo: string;
	readonly moment: string;
	readonly rule: RuleDraft;
	/** In per cent, as people say it. */
	readonly target: NumberDraft;
	readonly madeBy: string;
	readonly keptBy: string;
};

export function blankPromise(zone: string): PromiseDraft {
	return {
		id: '',
		wording: '',
		explicit: true,
		saidIn: [{ kind: 'page', where: '', channel: '' }],
		validFrom: '',
		validTo: '',
		moment: '',
		rule: blankRule(zone),
		target: 95,
		madeBy: '',
		keptBy: '',
	};
}

export function promiseDraftOf(promise: BrandPromise, zone: string): PromiseDraft {
	return {
		id: promise.id,
		wording: promise.wording,
		explicit: promise.explicit,
		saidIn: promise.saidIn.map(({ kind, where, channel }) => ({ kind, where, channel: channel ?? '' })),
		validFrom: promise.validFrom ?? '',
		validTo: promise.validTo ?? '',
		moment: promise.moment ?? '',
		rule: ruleDraftOf(promise.rule, zone),
		// 0.85 × 100 is 85 to a person, not 84.99999999999999.
		target: Number((promise.target * 100).toFixed(6)),
		madeBy: promise.madeBy ?? '',
		keptBy: promise.keptBy ?? '',
	};
}

/** The promise that the form says, to be checked by its schema. A place it was said in with nothing written is no place. */
export function writtenPromise(draft: PromiseDraft): Record<string, unknown> {
	return {
		id: draft.id,
		wording: draft.wording.trim(),
		explicit: draft.explicit,
		saidIn: draft.saidIn
			.filter(({ where }) => where.trim() !== '')
			.map(({ kind, where, channel }) => ({
				kind,
				where: where.trim(),
				...(channel === '' ? {} : { channel }),
			})),
		validFrom: draft.validFrom || undefined,
		validTo: draft.validTo || undefined,
		moment: draft.moment || undefined,
		rule: writtenRule(draft.rule),
		// Null is refused; left out, the schema would fill in a target that nobody chose.
		target: draft.target === '' ? null : Number((draft.target / 100).toFixed(8)),
		madeBy: draft.madeBy || undefined,
		keptBy: draft.keptBy || undefined,
	};
}
