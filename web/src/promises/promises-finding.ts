import type { PromiseSummary } from '@touchstone/domain/metrics/promise-figures.contract';
import type { Formats } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';

/** How many of the promises miss their target, how many reach it, and how many are too close to call. */
export function promisesFinding(
	items: readonly Pick<PromiseSummary, 'meetsTarget'>[],
	say: Say,
	formats: Formats,
): string {
	if (items.length === 0) return say('promises.none');
	const counted = (['no', 'yes', 'open', 'too-few'] as const).flatMap(standing => {
		const n = items.filter(({ meetsTarget }) => meetsTarget === standing).length;
		return n === 0 ? [] : [say(`promises.count.${standing}`, { n: formats.number(n) })];
	});
	return say('promises.counted', { n: formats.number(items.length), counts: counted.join(', ') });
}
