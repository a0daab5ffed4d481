import type { Moment } from '@touchstone/domain/moments/moment';
import { type ConditionDraft, conditionDraftOf, writtenCondition } from './condition-draft.ts';
import { readableId } from './readable-id.ts';

export type ClaimDraft = { readonly event: string; readonly where: readonly ConditionDraft[] };

/** A moment as it stands in the form. */
export type MomentDraft = {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly stage: Moment['stage'];
	readonly channel: Moment['channel'];
	readonly physical: boolean;
	readonly handledBy: Moment['handledBy'];
	readonly owner: string;
	readonly claims: readonly ClaimDraft[];
};

/** @param event what it shall claim, where one begins with an event that no moment claims yet */
export function blankMoment(event = ''): MomentDraft {
	return {
		id: readableId(event),
		name: event,
		description: '',
		stage: 'use',
		channel: 'web',
		physical: false,
		handledBy: 'system',
		owner: '',
		claims: [{ event, where: [] }],
	};
}

export function momentDraftOf(moment: Moment): MomentDraft {
	return {
		...moment,
		description: moment.description ?? '',
		owner: moment.owner ?? '',
		claims: moment.claims.map(({ event, where }) => ({ event, where: where.map(conditionDraftOf) })),
	};
}

/** The moment that the form says, to be checked by its schema. A claim without an event and conditions claims nothing. */
export function writtenMoment(draft: MomentDraft): Record<string, unknown> {
	return {
		...draft,
		name: draft.name.trim(),
		description: draft.description.trim() || undefined,
		owner: draft.owner || undefined,
		claims: draft.claims
			.filter(({ event, where }) => event.trim() !== '' || where.length > 0)
			.map(({ event, where }) => ({ event: event.trim(), where: where.map(writtenCondition) })),
	};
}
