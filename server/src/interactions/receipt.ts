import { type Receipt, receiptRefusals } from '@touchstone/domain/interactions/intake.contract';
import { reasonsInWords } from '@touchstone/domain/interactions/refusal-reason';
import { Refusal } from '../http/problems.ts';
import type { NotTaken, Taken } from './intake.ts';

/** What the strict interfaces answer. @param placeOf the line of a stream or the place in a list, from 1 */
export function receiptOf(taken: Taken, placeOf: (item: NotTaken) => number): Receipt {
	return {
		accepted: taken.accepted,
		refused: taken.refused.length,
		refusals: taken.refused.slice(0, receiptRefusals).map(item => ({
			line: placeOf(item),
			code: item.reasons[0]?.code ?? 'field-invalid',
			reason: reasonsInWords(item.reasons),
		})),
	};
}

/** Names what was refused, and says what was stored nevertheless. */
export function itemsRefused(taken: Taken, nameOf: (place: number) => string): Refusal {
	return new Refusal(
		'items-refused',
		`${taken.accepted} of ${taken.accepted + taken.refused.length} were stored.`,
		{
			invalidParams: taken.refused.slice(0, receiptRefusals).flatMap(({ place, reasons }) =>
				reasons.map(reason => ({
					name: [nameOf(place), reason.field].filter(Boolean).join('.') || 'body',
					reason: `${reason.code}: ${reasonsInWords([{ ...reason, field: '' }])}`,
				})),
			),
		},
	);
}
