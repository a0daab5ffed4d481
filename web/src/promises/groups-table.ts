import type { GroupFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import type { Say } from '../texts/TextsProvider.tsx';
import type { PanelTable } from '../ui/Panel.tsx';

/** The rows behind a comparison of units, channels or campaigns. */
export function groupsTable(
	groups: readonly GroupFigures[],
	head: string,
	nameOf: (group: GroupFigures) => string,
	say: Say,
): PanelTable {
	return {
		head: [
			head,
			say('charts.keptRate'),
			say('charts.low'),
			say('charts.high'),
			say('ui.verdict.kept'),
			say('ui.verdict.broken'),
			say('promises.occasions'),
			say('promises.group.beyond'),
		],
		rows: groups.map(group => [
			nameOf(group),
			group.keptRate.kind === 'too-few' ? null : group.keptRate.value,
			group.keptRate.kind === 'estimate' ? group.keptRate.interval.low : null,
			group.keptRate.kind === 'estimate' ? group.keptRate.interval.high : null,
			group.verdicts.kept,
			group.verdicts.broken,
			group.occasions,
			say(`promises.beyond.${group.beyond}`),
		]),
	};
}
