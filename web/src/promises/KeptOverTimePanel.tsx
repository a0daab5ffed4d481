import { Button } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { useMemo, useState } from 'react';
import { useMe } from '../app/session.ts';
import { keptFinding } from '../charts/kept-finding.ts';
import { TrendLine } from '../charts/TrendLine.tsx';
import { keptPoints } from '../charts/trend.ts';
import { trendTable } from '../charts/trend-table.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { Panel } from '../ui/Panel.tsx';
import { MarksList } from './MarksList.tsx';
import { NoteForm } from './NoteForm.tsx';
import { useMarks } from './use-marks.ts';

const share = { kind: 'share' } as const;

/** How often the promise was kept over time, and what happened on the way. */
export function KeptOverTimePanel({ figures }: { readonly figures: PromiseFigures }) {
	const { say, formats } = useTexts();
	const me = useMe();
	const [noting, setNoting] = useState(false);
	const points = useMemo(() => keptPoints(figures.trend), [figures]);
	const marks = useMarks(figures);
	const finding = keptFinding(figures, say, formats);
	return (
		<Panel
			title={finding}
			hint={say('promises.kept.hint')}
			figure={figures.keptRate}
			table={trendTable(figures.trend, say, formats)}
			chart
			fileName={`kept-${figures.id}`}
		>
			<FigureValue figure={figures.keptRate} unit={share} size="large" />
			<TrendLine
				label={finding}
				points={points}
				unit={share}
				target={figures.target}
				marks={marks}
				height={240}
			/>
			<MarksList figures={figures} />
			{noting ? <NoteForm promise={figures.id} onDone={() => setNoting(false)} /> : null}
			{me.may.includes('writeAnnotation') && !noting ? (
				<Button
					size="xs"
					variant="subtle"
					color="gray"
					mt="xs"
					ml={-10}
					leftSection={<IconNote size={15} stroke={1.6} aria-hidden />}
					onClick={() => setNoting(true)}
				>
					{say('promises.note.add')}
				</Button>
			) : null}
		</Panel>
	);
}
