import type { GroupFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import type { Formats } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';

const named = 3;

/** Which groups differ by more than chance, the worse ones first; undefined when none does. */
export function groupsFinding<Group extends Pick<GroupFigures, 'beyond'>>(
	groups: readonly Group[],
	nameOf: (group: Group) => string,
	say: Say,
	formats: Formats,
): string | undefined {
	const parts = (['below', 'above'] as const).flatMap(side => {
		const beyond = groups.filter(group => group.beyond === side);
		if (beyond.length === 0) return [];
		const names =
			beyond.length > named
				? say('promises.units.many', { n: formats.number(beyond.length) })
				: beyond.map(nameOf).join(', ');
		return [say(`promises.units.${side}`, { names })];
	});
	return parts.length === 0 ? undefined : parts.join('; ');
}
