import { z } from 'zod';

/** How a list is paged: an opaque cursor and a bound. */
export const pageQuerySchema = z.object({
	limit: z.coerce.number().int().min(1).max(500).default(100),
	cursor: z.string().max(500).optional(),
});

/** A page of a list; `nextCursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
	return z.object({ items: z.array(item), limit: z.number().int(), nextCursor: z.string().nullable() });
}
