import type { MomentSummary } from '@touchstone/domain/metrics/moment-figures.contract';
import type { Formats } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';

/** What is to be found in the way customers take: moments that nobody owns, and those where nothing was promised. */
export function stripFinding(
	moments: readonly Pick<MomentSummary, 'id' | 'owner'>[],
	covered: ReadonlySet<string> | undefined,
	say: Say,
	formats: Formats,
): string {
	const unowned = moments.filter(({ owner }) => owner === null).length;
	const unpromised = covered ? moments.filter(({ id }) => !covered.has(id)).length : 0;
	const which =
		unowned > 0 && unpromised > 0 ? 'both' : unowned > 0 ? 'unowned' : unpromised > 0 ? 'unpromised' : 'none';
	return say(`moments.strip.finding.${which}`, {
		all: formats.number(moments.length),
		unowned: formats.number(unowned),
		unpromised: formats.number(unpromised),
	});
}
