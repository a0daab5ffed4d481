import { IconCalendarOff, IconFileOff } from '@tabler/icons-react';
import type { MomentFigures } from '@touchstone/domain/metrics/moment-figures.contract';
import { useMemo } from 'react';
import { keptFinding } from '../charts/kept-finding.ts';
import { TrendLine } from '../charts/TrendLine.tsx';
import { keptPoints, type TrendMark, volumePoints } from '../charts/trend.ts';
import { trendTable } from '../charts/trend-table.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { Panel } from '../ui/Panel.tsx';

const share = { kind: 'share' } as const;
const number = { kind: 'number' } as const;

/** How often the moment happened, over time. */
export function VolumePanel({ figures }: { readonly figures: MomentFigures }) {
	const { say, formats } = useTexts();
	const points = useMemo(() => volumePoints(figures.trend), [figures]);
	const marks = useMarks(figures);
	const { volume, customers, id, trend } = figures;
	const nothing = volume.kind === 'too-few' || volume.value === 0;
	const finding = nothing
		? say('moments.volumeTitle')
		: say('moments.volumeFinding', {
				volume: formats.number(volume.value),
				customers: formats.number(customers.kind === 'too-few' ? 0 : customers.value),
			});
	return (
		<Panel
			title={finding}
			hint={nothing ? undefined : say('moments.volumeTitle')}
			figure={volume}
			table={{
				head: [say('moments.when'), say('moments.volume')],
				rows: trend.map(({ from, to, n }) => [formats.days(from, to), n]),
			}}
			chart={!nothing}
			fileName={`volume-${id}`}
		>
			{nothing ? (
				<EmptyState
					icon={IconCalendarOff}
					title={say('moments.volumeNone')}
					hint={say('moments.volumeNoneHint')}
				/>
			) : (
				<>
					<FigureValue figure={volume} unit={number} size="large" />
					<TrendLine label={finding} points={points} unit={number} fromZero marks={marks} height={210} />
				</>
			)}
		</Panel>
	);
}

/** How often the promises that are put to the test here were kept, over time. */
export function KeptPanel({ figures }: { readonly figures: MomentFigures }) {
	const { say, formats } = useTexts();
	const points = useMemo(() => keptPoints(figures.keptTrend), [figures]);
	const marks = useMarks(figures);
	const { keptRate, keptTrend, id } = figures;
	const nothing = keptRate.n === 0;
	const finding = nothing
		? say('moments.keptRate')
		: keptFinding({ keptRate, target: null, meetsTarget: 'too-few' }, say, formats);
	return (
		<Panel
			title={finding}
			hint={say('moments.keptHint')}
			figure={keptRate}
			table={trendTable(keptTrend, say, formats)}
			chart={!nothing}
			fileName={`kept-${id}`}
		>
			{nothing ? (
				<EmptyState icon={IconFileOff} title={say('moments.keptNone')} hint={say('moments.keptNoneHint')} />
			) : (
				<>
					<FigureValue figure={keptRate} unit={share} size="large" />
					<TrendLine label={finding} points={points} unit={share} marks={marks} height={210} />
				</>
			)}
		</Panel>
	);
}

/** What people noted about the moment, as marks in its trends. */
function useMarks({ annotations }: MomentFigures): TrendMark[] {
	return useMemo(
		() => annotations.map(({ id, at, text }) => ({ id, at, text, kind: 'note' })),
		[annotations],
	);
}
