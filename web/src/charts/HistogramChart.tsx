import type { MarginHistogram } from '@touchstone/domain/metrics/promise-figures.contract';
import { useCallback } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { ChartColours } from './chart-colours.ts';
import { type ChartOption, EChart, tooltipOf } from './EChart.tsx';
import { histogramEdges, zeroEdge } from './histogram-edges.ts';

/** How far occasions were from what was promised: the promise is the line, what is worse lies left of it. */
export function HistogramChart({
	margins,
	label,
	write,
}: {
	readonly margins: MarginHistogram;
	readonly label: string;
	/** Writes a margin in its unit. */
	readonly write: (margin: number) => string;
}) {
	const { say, formats } = useTexts();
	const option = useCallback(
		(colours: ChartColours): ChartOption => {
			const { bins } = margins;
			const edges = histogramEdges(bins);
			const zero = zeroEdge(bins);
			return {
				grid: { left: 8, right: 16, top: 26, bottom: 8, containLabel: true },
				tooltip: {
					trigger: 'item',
					backgroundColor: colours.page,
					borderColor: colours.line,
					textStyle: { color: colours.text, fontSize: 12 },
					formatter: shown => {
						const bin = Array.isArray(shown) ? undefined : bins[shown.dataIndex];
						if (!bin) return '';
						return tooltipOf([
							say('charts.binFromTo', {
								from: bin.from === null ? say('charts.less') : write(bin.from),
								to: bin.to === null ? say('charts.more') : write(bin.to),
							}),
							say('charts.binCount', {
								n: formats.number(bin.n),
								share: formats.share(margins.n === 0 ? 0 : bin.n / margins.n),
							}),
						]);
					},
				},
				xAxis: {
					type: 'value',
					min: 0,
					max: bins.length,
					interval: 1,
					splitLine: { show: false },
					axisTick: { show: false },
					axisLine: { lineStyle: { color: colours.line } },
					axisLabel: {
						color: colours.quiet,
						hideOverlap: true,
						formatter: value => {
							const edge = edges[value];
							if (edge === null || edge === undefined || (value - zero) % labelledEvery(bins.length) !== 0)
								return '';
							return edge === 0 ? say('charts.promised') : write(edge);
						},
					},
				},
				yAxis: {
					type: 'value',
					minInterval: 1,
					splitNumber: 3,
					splitLine: { lineStyle: { color: colours.line } },
					axisLabel: { color: colours.quiet, formatter: value => formats.number(value) },
				},
				series: [
					{
						type: 'custom',
						data: bins.map(({ n }, index) => [index, n]),
						renderItem: (_, api) => {
							const index = Number(api.value(0));
							const [left = 0, top = 0] = api.coord([index, Number(api.value(1))]);
							const [right = 0, bottom = 0] = api.coord([index + 1, 0]);
							return {
								type: 'rect',
								shape: { x: left + 1, y: top, width: Math.max(1, right - left - 2), height: bottom - top },
								style: { fill: index < zero ? colours.broken : colours.kept },
							};
						},
						markLine: {
							silent: true,
							symbol: 'none',
							animation: false,
							lineStyle: { color: colours.text, type: 'solid', width: 1.5 },
							label: { color: colours.text, formatter: say('charts.promised'), fontSize: 12 },
							data: [{ xAxis: zero }],
						},
					},
				],
			};
		},
		[margins, write, say, formats],
	);
	return <EChart label={label} height={240} option={option} />;
}

/** Every how many edges one is named, counted from the promise. */
function labelledEvery(bins: number): number {
	return Math.max(1, Math.round(bins / 8));
}
