import type { MarginHistogram } from '@touchstone/domain/metrics/promise-figures.contract';
import type { Say } from '../texts/TextsProvider.tsx';

/**
 * How far delivered is from promised, as a sentence: what half of the occasions have in hand or lack, and where the worst tenth
 * begins.
 * @param write an amount without its sign, in the unit of the margins
 */
export function marginsFinding(
	{ unit, quantiles }: Pick<MarginHistogram, 'unit' | 'quantiles'>,
	write: (amount: number) => string,
	say: Say,
): string {
	const { median, p10 } = quantiles;
	if (median.kind === 'too-few' || p10.kind === 'too-few') return say('promises.margins.tooFew');
	const amounts = { median: write(Math.abs(median.value)), p10: write(Math.abs(p10.value)) };
	const side = median.value < 0 ? 'late' : p10.value < 0 ? 'mixed' : 'early';
	return say(`promises.margins.${unit === 'seconds' ? 'time' : 'amount'}.${side}`, amounts);
}
