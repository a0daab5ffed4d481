/** A length of time while it is being typed. */
export type LengthDraft = { readonly amount: number | ''; readonly unit: LengthUnit };

export const lengthUnits = ['s', 'm', 'h', 'd', 'w'] as const;
export type LengthUnit = (typeof lengthUnits)[number];

/** `48h` as a number and a unit; what is no length is empty. */
export function lengthDraftOf(text: string): LengthDraft {
	const unit = lengthUnits.find(one => text.endsWith(one)) ?? 'd';
	const amount = Number.parseInt(text, 10);
	return { amount: Number.isNaN(amount) ? '' : amount, unit };
}

/** As definitions write it, `48h`. */
export function lengthText({ amount, unit }: LengthDraft): string {
	return `${amount}${unit}`;
}
