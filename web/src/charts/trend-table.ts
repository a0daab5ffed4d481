import type { KeptBucket } from '@touchstone/domain/metrics/trend-bucket';
import type { Formats } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import type { PanelTable } from '../ui/Panel.tsx';

/** The rows behind a trend of kept rates. Shares stand as numbers of 0 … 1, so that a spreadsheet can go on with them. */
export function trendTable(trend: readonly KeptBucket[], say: Say, formats: Formats): PanelTable {
	return {
		head: [
			say('charts.when'),
			say('charts.keptRate'),
			say('charts.low'),
			say('charts.high'),
			say('ui.verdict.kept'),
			say('ui.verdict.broken'),
		],
		rows: trend.map(({ from, to, keptRate, kept, broken }) => [
			formats.days(from, to),
			keptRate.kind === 'too-few' ? null : keptRate.value,
			keptRate.kind === 'estimate' ? keptRate.interval.low : null,
			keptRate.kind === 'estimate' ? keptRate.interval.high : null,
			kept,
			broken,
		]),
	};
}
