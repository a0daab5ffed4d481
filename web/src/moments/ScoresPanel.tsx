import { IconMessageCircle } from '@tabler/icons-react';
import type { MomentFigures, MomentScore } from '@touchstone/domain/metrics/moment-figures.contract';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { Panel } from '../ui/Panel.tsx';

const score = { kind: 'score' } as const;
const signed = { kind: 'signed' } as const;

/** How customers scored the moment, a scale at a time. */
export function ScoresPanel({ figures }: { readonly figures: MomentFigures }) {
	const { say, formats } = useTexts();
	const { scores, id } = figures;
	const known = scores.find(({ mean }) => mean.kind === 'estimate');
	const columns: Column<MomentScore>[] = [
		{ key: 'scale', head: say('moments.scale'), value: ({ scale }) => scale, cell: ({ scale }) => scale },
		{
			key: 'mean',
			head: say('moments.mean'),
			align: 'right',
			value: ({ mean }) => (mean.kind === 'too-few' ? null : mean.value),
			cell: ({ mean }) => <FigureValue figure={mean} unit={score} size="stacked" />,
		},
		{
			key: 'nps',
			head: say('moments.nps'),
			align: 'right',
			value: ({ nps }) => (nps === null || nps.kind === 'too-few' ? null : nps.value),
			cell: ({ nps }) =>
				nps ? <FigureValue figure={nps} unit={signed} /> : <span className="quiet">–</span>,
		},
		{
			key: 'answers',
			head: say('moments.answers'),
			align: 'right',
			value: ({ mean }) => mean.n,
			cell: ({ mean }) => formats.number(mean.n),
		},
	];
	return (
		<Panel
			title={
				known?.mean.kind === 'estimate'
					? say('moments.scores.finding', { mean: formats.number(known.mean.value, 2), scale: known.scale })
					: say('moments.scores')
			}
			hint={known ? say('moments.scores') : undefined}
			figure={known?.mean}
			flush
		>
			<DataTable
				label={say('moments.scores')}
				columns={columns}
				rows={scores}
				rowKey={({ scale }) => scale}
				fileName={`scores-${id}`}
				tools={false}
				empty={
					<EmptyState
						icon={IconMessageCircle}
						title={say('moments.scores.none')}
						hint={say('moments.scores.noneHint')}
					/>
				}
			/>
		</Panel>
	);
}
