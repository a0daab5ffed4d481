import type { Gap } from '@touchstone/domain/overview/overview.contract';
import type { Formats } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';

/** How many promises miss their target for sure; short of it by no more than chance is not counted as missed. */
export function gapsFinding(gaps: readonly Pick<Gap, 'meetsTarget'>[], say: Say, formats: Formats): string {
	const missed = gaps.filter(({ meetsTarget }) => meetsTarget === 'no').length;
	if (gaps.length === 0) return say('overview.gaps.none');
	if (missed === 0) return say('overview.gaps.open');
	return say(missed === 1 ? 'overview.gaps.one' : 'overview.gaps.several', { n: formats.number(missed) });
}
