import type { Say } from '../texts/TextsProvider.tsx';
import type { TextKey } from '../texts/texts.ts';

const known: Readonly<Record<string, TextKey>> = {
	pending: 'ui.verdict.pending',
	unknown: 'ui.verdict.unknown',
	void: 'ui.verdict.void',
	'no-delivered-amount': 'ui.excluded.noAmount',
	'decided-less-than-90-days-ago': 'ui.excluded.recent',
};

/** What was left out of a figure, as people say it; what is not known here yet as the figure names it. */
export function leftOutWords(what: string, say: Say): string {
	const key = known[what];
	return key ? say(key) : what;
}
