import type { momentGroupSchema } from '@touchstone/domain/metrics/moment-figures.contract';
import type { z } from 'zod';

export type MomentGroup = z.output<typeof momentGroupSchema>;

type Known = MomentGroup & { readonly keptRate: Extract<MomentGroup['keptRate'], { kind: 'estimate' }> };

/** The group that keeps its promises least and the one that does most; undefined unless two can be compared. */
export function groupsRange(
	groups: readonly MomentGroup[],
): { readonly lowest: Known; readonly highest: Known } | undefined {
	const known = groups
		.flatMap((group): Known[] =>
			group.keptRate.kind === 'estimate' ? [{ ...group, keptRate: group.keptRate }] : [],
		)
		.toSorted((a, b) => a.keptRate.value - b.keptRate.value);
	const [lowest] = known;
	const highest = known.at(-1);
	return lowest && highest && known.length > 1 ? { lowest, highest } : undefined;
}
