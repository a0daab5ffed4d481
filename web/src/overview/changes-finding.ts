import type { PromiseChange } from '@touchstone/domain/overview/overview.contract';
import type { Formats } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';

export function isMoreThanNoise({ change }: Pick<PromiseChange, 'change'>): boolean {
	return change === 'better' || change === 'worse';
}

/** How many promises really changed, and which way. */
export function changesFinding(
	items: readonly Pick<PromiseChange, 'change'>[],
	say: Say,
	formats: Formats,
): string {
	const better = items.filter(({ change }) => change === 'better').length;
	const worse = items.filter(({ change }) => change === 'worse').length;
	if (better + worse === 0) return say('overview.changes.none');
	const counted = (n: number, way: 'better' | 'worse') =>
		n === 0
			? []
			: [
					say(n === 1 ? `overview.changes.one.${way}` : `overview.changes.several.${way}`, {
						n: formats.number(n),
					}),
				];
	return [...counted(worse, 'worse'), ...counted(better, 'better')].join(', ');
}
