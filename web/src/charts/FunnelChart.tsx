import type { GroupFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { useCallback } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { ChartColours } from './chart-colours.ts';
import { type ChartOption, EChart, tooltipOf } from './EChart.tsx';
import { funnelCurves } from './funnel-curves.ts';
import { labelsApart } from './labels-apart.ts';
import { roundAxis } from './scale.ts';

const mostNamed = 16;

/**
 * Groups by how much is known of them and how often they keep the promise, between the limits within which chance alone would
 * put them: small ones scatter widely without anything being the matter.
 */
export function FunnelChart({
	groups,
	label,
	onPick,
}: {
	readonly groups: readonly GroupFigures[];
	readonly label: string;
	/** Called with the id of a group that was clicked. */
	readonly onPick: (id: string) => void;
}) {
	const { say, formats } = useTexts();
	const option = useCallback(
		(colours: ChartColours): ChartOption => {
			const points = groups.flatMap(({ id, name, keptRate, beyond }) =>
				keptRate.kind === 'too-few' ? [] : [{ id, name, beyond, n: keptRate.n, rate: keptRate.value }],
			);
			const nameOf = (id: string) => points.find(point => point.id === id)?.name ?? id;
			const centre = groups.find(({ funnel }) => funnel)?.funnel?.centre ?? 0;
			const across = roundAxis([0, ...points.map(({ n }) => n)], 5);
			const curves = funnelCurves(centre, across.high);
			const smallest = Math.min(...points.map(({ n }) => n));
			const up = roundAxis(
				[
					centre,
					...points.map(({ rate }) => rate),
					...curves.filter(({ n }) => n >= smallest).flatMap(({ low998, high998 }) => [low998, high998]),
				],
				4,
				[0, 1],
			);
			const apart = labelsApart();
			const line = (end: 'low95' | 'high95' | 'low998' | 'high998') => ({
				type: 'line' as const,
				data: curves.map(curve => [curve.n, curve[end]]),
				showSymbol: false,
				silent: true,
				clip: true,
				lineStyle: {
					color: colours.quiet,
					width: 1,
					type: end.endsWith('998') ? ('solid' as const) : ('dashed' as const),
				},
			});
			const scatter = (
				beyond: GroupFigures['beyond'],
				symbol: string,
				size: number,
				colour: string,
				rotate = 0,
			) => ({
				type: 'scatter' as const,
				symbol,
				symbolSize: size,
				symbolRotate: rotate,
				itemStyle: { color: colour, opacity: 1 },
				label: {
					show: beyond !== 'within' || points.length <= mostNamed,
					position: 'right' as const,
					formatter: ({ name }: { readonly name: string }) => nameOf(name),
					color: beyond === 'within' ? colours.quiet : colours.text,
					fontSize: 12,
					width: 100,
					overflow: 'truncate' as const,
				},
				labelLayout: apart,
				labelLine: { show: true, length2: 6, lineStyle: { color: colours.line } },
				data: points
					.filter(point => point.beyond === beyond)
					.map(({ id, n, rate }) => ({ name: id, value: [n, rate] })),
			});
			return {
				grid: { left: 8, right: 110, top: 16, bottom: 26, containLabel: true },
				tooltip: {
					trigger: 'item',
					backgroundColor: colours.page,
					borderColor: colours.line,
					textStyle: { color: colours.text, fontSize: 12 },
					formatter: shown => {
						const id = Array.isArray(shown) ? undefined : shown.name;
						const point = points.find(candidate => candidate.id === id);
						if (!point) return '';
						return tooltipOf([
							point.name,
							say('charts.keptShare', { share: formats.share(point.rate) }),
							say('ui.n', { n: formats.number(point.n) }),
							say(`charts.beyond.${point.beyond}`),
						]);
					},
				},
				xAxis: {
					type: 'value',
					min: 0,
					max: across.high,
					name: say('charts.decided'),
					nameLocation: 'middle',
					nameGap: 28,
					nameTextStyle: { color: colours.quiet, fontSize: 12 },
					splitLine: { show: false },
					axisLine: { lineStyle: { color: colours.line } },
					axisLabel: { color: colours.quiet, formatter: value => formats.number(value) },
				},
				yAxis: {
					type: 'value',
					min: up.low,
					max: up.high,
					splitLine: { lineStyle: { color: colours.line } },
					axisLabel: { color: colours.quiet, formatter: value => formats.share(value, 0) },
				},
				series: [
					line('low95'),
					line('high95'),
					line('low998'),
					line('high998'),
					{
						type: 'line',
						silent: true,
						showSymbol: false,
						data: [
							[0, centre],
							[across.high, centre],
						],
						lineStyle: { color: colours.series, width: 1.25 },
					},
					scatter('within', 'circle', 9, colours.series),
					scatter('above', 'triangle', 12, colours.kept),
					scatter('below', 'triangle', 12, colours.broken, 180),
				],
			};
		},
		[groups, say, formats],
	);
	return <EChart label={label} height={320} option={option} onPick={onPick} />;
}
