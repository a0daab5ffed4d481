import { z } from 'zod';

/** What became of a promise put to the test once. `void`: withdrawn before it fell due; `unknown`: due, but evidence missing. */
export const verdictNames = ['kept', 'broken', 'pending', 'unknown', 'void'] as const;
export const verdictSchema = z.enum(verdictNames);
export type Verdict = z.output<typeof verdictSchema>;

const count = z.number().int().min(0);

/** How many occasions got each verdict. */
export const verdictCountsSchema = z.object({
	kept: count,
	broken: count,
	pending: count,
	unknown: count,
	void: count,
});
