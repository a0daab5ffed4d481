import { Button } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MomentFigures } from '@touchstone/domain/metrics/moment-figures.contract';
import { promiseContracts } from '@touchstone/domain/promises/promises.contract';
import { useMe } from '../app/session.ts';
import { IntervalDot } from '../charts/IntervalDot.tsx';
import { roundAxis } from '../charts/scale.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { Panel } from '../ui/Panel.tsx';

const share = { kind: 'share' } as const;

type PromiseHere = MomentFigures['promises'][number];

/** The promises that this moment puts to the test, and those that begin or take part here. */
export function MomentPromisesPanel({ figures }: { readonly figures: MomentFigures }) {
	const { say } = useTexts();
	const mayDefine = useMe().may.includes(promiseContracts.write.id);
	const columns = useColumns(figures.promises);
	return (
		<Panel title={say('moments.promises')} flush>
			<DataTable
				label={say('moments.promises')}
				columns={columns}
				rows={figures.promises}
				rowKey={({ id }) => id}
				fileName={`promises-${figures.id}`}
				tools={figures.promises.length > 12}
				empty={
					<EmptyState
						icon={IconFileOff}
						title={say('moments.promises.none')}
						hint={say('moments.promises.noneHint')}
					>
						{mayDefine ? (
							<Button component={Link} to="/definitions/promises/+" size="xs" mt="xs">
								{say('moments.promises.define')}
							</Button>
						) : null}
					</EmptyState>
				}
			/>
		</Panel>
	);
}

function useColumns(promises: readonly PromiseHere[]): Column<PromiseHere>[] {
	const { say, formats } = useTexts();
	const { low, high } = roundAxis(
		promises.flatMap(({ keptRate, target }) =>
			keptRate.kind === 'estimate' ? [keptRate.interval.low, keptRate.interval.high, target] : [target],
		),
		4,
		[0, 1],
	);
	return [
		{
			key: 'wording',
			head: say('moments.promise'),
			value: ({ wording }) => wording,
			cell: ({ id, wording }) => (
				<Link to="/promises/$promise" params={{ promise: id }} search className="plain-link">
					{wording}
				</Link>
			),
		},
		{
			key: 'part',
			head: say('moments.part'),
			value: ({ part }) => say(`moments.part.${part}`),
			cell: ({ part }) => say(`moments.part.${part}`),
			wide: true,
		},
		{
			key: 'occasions',
			head: say('moments.occasions'),
			align: 'right',
			value: ({ occasions }) => occasions,
			cell: ({ occasions }) => formats.number(occasions),
			wide: true,
		},
		{
			key: 'kept',
			head: say('moments.keptRate'),
			align: 'right',
			value: ({ keptRate }) => (keptRate.kind === 'too-few' ? null : keptRate.value),
			cell: ({ keptRate }) => <FigureValue figure={keptRate} unit={share} />,
		},
		{
			key: 'against',
			head: say('moments.against'),
			cell: ({ keptRate, target }) => (
				<IntervalDot
					figure={keptRate}
					domain={[low, high]}
					reference={target}
					standing={standingOf(keptRate, target)}
					label={say('moments.dot', {
						share: keptRate.kind === 'too-few' ? say('ui.tooFew') : formats.share(keptRate.value),
						target: formats.share(target),
					})}
				/>
			),
			width: 150,
			wide: true,
		},
		{
			key: 'target',
			head: say('moments.target'),
			align: 'right',
			value: ({ target }) => target,
			cell: ({ target }) => formats.share(target),
		},
	];
}

/** Only an interval that lies wholly on one side of the target says on which side the promise is. */
function standingOf(keptRate: PromiseHere['keptRate'], target: number): 'kept' | 'broken' | 'open' {
	if (keptRate.kind !== 'estimate') return 'open';
	if (keptRate.interval.low >= target) return 'kept';
	return keptRate.interval.high < target ? 'broken' : 'open';
}
