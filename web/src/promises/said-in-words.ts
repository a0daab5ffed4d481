import type { PromiseSummary } from '@touchstone/domain/metrics/promise-figures.contract';
import type { Say } from '../texts/TextsProvider.tsx';

/** Where a promise is said: “Home in two days” (campaign), Checkout (page). */
export function saidInWords(saidIn: PromiseSummary['saidIn'], say: Say): string {
	if (saidIn.length === 0) return say('promises.saidNowhere');
	return saidIn.map(({ kind, where }) => `${where} (${say(`promises.said.${kind}`)})`).join(', ');
}
