import type { UnfitRecord } from '@touchstone/domain/interactions/import-record';
import { z } from 'zod';

/** A field no interface knows: an item that has it is refused for certain, and kept to be corrected. */
const mark = 'notUnderstood';

/**
 * An import's record with something wrong as it is sent: with what was found in place of what should be there, and with a mark
 * that says what is wrong. Without the mark a value might pass for another than was meant, such as `1.234` for 1234.
 */
export function markedUnfit({ record, problems }: UnfitRecord): object {
	return { ...record, [mark]: Object.fromEntries(problems.map(({ field, reason }) => [field, reason])) };
}

export function isMarkedUnfit(sent: unknown): boolean {
	return typeof sent === 'object' && sent !== null && mark in sent;
}

const markSchema = z.record(z.string(), z.string());

/** What a refused item says of itself, and the rest of it to be corrected. */
export function withoutMark<Item extends object>(
	item: Item,
): { readonly item: Omit<Item, typeof mark>; readonly wrong: Readonly<Record<string, string>> } {
	const wrong = markSchema.safeParse(Reflect.get(item, mark));
	if (!wrong.success) return { item, wrong: {} };
	const { [mark]: _, ...rest } = { [mark]: undefined, ...item };
	return { item: rest, wrong: wrong.data };
}
