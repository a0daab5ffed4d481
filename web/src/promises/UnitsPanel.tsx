import { Skeleton } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { GroupFigures, PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { useCallback } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Late, late } from '../ui/Late.tsx';
import { Panel } from '../ui/Panel.tsx';
import { groupsFinding } from './groups-finding.ts';
import { groupsTable } from './groups-table.ts';
import classes from './PromisePage.module.css';
import { useGroupColumns } from './use-group-columns.tsx';

const funnelChart = late(async () => (await import('../charts/FunnelChart.tsx')).FunnelChart);

/** Units ranked, and drawn so that small ones are not shamed by noise. A click shows the page of that unit alone. */
export function UnitsPanel({ figures }: { readonly figures: PromiseFigures }) {
	const { say, formats } = useTexts();
	const navigate = useNavigate();
	const { id, byUnit, target } = figures;
	const nameOf = useCallback(
		(group: GroupFigures) => group.name || group.id || say('promises.group.unnamed'),
		[say],
	);
	const onPick = useCallback(
		(unit: string) => void navigate({ to: '.', search: (others: object) => ({ ...others, unit }) }),
		[navigate],
	);
	const columns = useGroupColumns(byUnit, { head: say('promises.unit'), target, nameOf, onPick });
	const finding = groupsFinding(byUnit, nameOf, say, formats) ?? say('promises.units.none');
	const comparable = byUnit.filter(({ keptRate }) => keptRate.kind === 'estimate').length > 1;
	return (
		<Panel
			title={comparable ? finding : say('promises.units')}
			hint={comparable ? say('promises.units.hint') : undefined}
			figure={byUnit[0]?.keptRate}
			table={groupsTable(byUnit, say('promises.unit'), nameOf, say)}
			chart={comparable}
			fileName={`units-${id}`}
			flush
		>
			{byUnit.length === 0 ? (
				<EmptyState icon={IconBuildingStore} title={say('promises.groupEmpty')} />
			) : (
				<div className={comparable ? classes.units : undefined}>
					<DataTable
						label={say('promises.units')}
						columns={columns}
						rows={byUnit}
						rowKey={group => group.id}
						fileName={`units-${id}`}
						tools={byUnit.length > 12}
						sortedBy={{ key: 'kept', down: false }}
					/>
					{comparable ? (
						<div className={classes.funnel}>
							<Late
								of={funnelChart}
								with={{ groups: byUnit, label: finding, onPick }}
								meanwhile={<Skeleton height={320} />}
							/>
						</div>
					) : null}
				</div>
			)}
		</Panel>
	);
}
