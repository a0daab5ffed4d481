import type { TextKey } from '../texts/texts.ts';

/** The parts of the definitions, as they stand in the address: `/definitions/moments`. */
export const parts = ['promises', 'moments', 'owners', 'units', 'company', 'file'] as const;
export type Part = (typeof parts)[number];

export function partOf(text: string | undefined): Part {
	return parts.find(part => part === text) ?? 'promises';
}

export function partName(part: Part): TextKey {
	return `definitions.${part}`;
}

/** Stands in the address in place of an id while there is none; no id can be called so. */
export const newId = '+';

/** The address part in which a kind of definition is edited. */
export const partOfKind = {
	promise: 'promises',
	moment: 'moments',
	owner: 'owners',
	unit: 'units',
	company: 'company',
} as const satisfies Record<string, Part>;
