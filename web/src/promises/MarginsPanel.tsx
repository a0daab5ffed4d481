import { Skeleton } from '@mantine/core';
import { IconRuler2 } from '@tabler/icons-react';
import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { useMemo } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Late, late } from '../ui/Late.tsx';
import { Panel } from '../ui/Panel.tsx';
import { amountWriter, marginWriter } from './margin-writer.ts';
import { marginsFinding } from './margins-finding.ts';
import classes from './PromisePage.module.css';

const histogramChart = late(async () => (await import('../charts/HistogramChart.tsx')).HistogramChart);

/** How far delivered was from promised, with the promise drawn as a line. */
export function MarginsPanel({ figures: { id, margins } }: { readonly figures: PromiseFigures }) {
	const { say, formats } = useTexts();
	const write = useMemo(() => marginWriter(margins.unit, formats), [margins.unit, formats]);
	const finding = marginsFinding(margins, amountWriter(margins.unit, formats), say);
	return (
		<Panel
			title={margins.n === 0 ? say('promises.margins.tooFew') : finding}
			hint={say('promises.margins.hint')}
			figure={margins.quantiles.median}
			table={{
				head: [say('promises.margins.from'), say('promises.margins.to'), say('promises.occasions')],
				rows: margins.bins.map(({ from, to, n }) => [from, to, n]),
			}}
			chart={margins.n > 0}
			fileName={`margins-${id}`}
		>
			{margins.n === 0 ? (
				<EmptyState
					icon={IconRuler2}
					title={say('promises.margins.none')}
					hint={say('promises.margins.noneHint')}
				/>
			) : (
				<>
					<Late
						of={histogramChart}
						with={{ margins, label: finding, write }}
						meanwhile={<Skeleton height={240} />}
					/>
					<ul className={classes.legend}>
						<li>
							<span className={`${classes.swatch} broken`} aria-hidden="true" />
							{say('promises.margins.worse')}
						</li>
						<li>
							<span className={`${classes.swatch} kept`} aria-hidden="true" />
							{say('promises.margins.better')}
						</li>
					</ul>
				</>
			)}
		</Panel>
	);
}
