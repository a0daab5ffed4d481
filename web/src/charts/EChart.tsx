import { useComputedColorScheme } from '@mantine/core';
import {
	CustomChart,
	type CustomSeriesOption,
	LineChart,
	type LineSeriesOption,
	ScatterChart,
	type ScatterSeriesOption,
} from 'echarts/charts';
import {
	GridComponent,
	type GridComponentOption,
	MarkLineComponent,
	type MarkLineComponentOption,
	TooltipComponent,
	type TooltipComponentOption,
} from 'echarts/components';
import { type ComposeOption, type ECharts, init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { type ChartColours, coloursOf } from './chart-colours.ts';

use([
	CustomChart,
	GridComponent,
	LabelLayout,
	LineChart,
	MarkLineComponent,
	ScatterChart,
	SVGRenderer,
	TooltipComponent,
]);

export type ChartOption = ComposeOption<
	| CustomSeriesOption
	| GridComponentOption
	| LineSeriesOption
	| MarkLineComponentOption
	| ScatterSeriesOption
	| TooltipComponentOption
>;

/**
 * A chart by the charting library, in the colours of the theme. Large: components that use it are loaded lazily, when the first
 * one is shown.
 */
export function EChart({
	label,
	height,
	option,
	onPick,
}: {
	/** What the chart shows, for those who do not see it: its finding. */
	readonly label: string;
	readonly height: number;
	/** Made once for each set of data, not at every rendering. */
	readonly option: (colours: ChartColours) => ChartOption;
	/** Called with the name of a data point that was clicked. */
	readonly onPick?: (name: string) => void;
}) {
	const holder = useRef<HTMLDivElement>(null);
	const chart = useRef<ECharts>(undefined);
	const picked = useRef(onPick);
	picked.current = onPick;
	const scheme = useComputedColorScheme('light');
	useEffect(() => {
		const place = holder.current;
		if (!place) return;
		const drawn = init(place, null, { renderer: 'svg' });
		drawn.on('click', ({ name }) => picked.current?.(name));
		chart.current = drawn;
		const resized = new ResizeObserver(() => drawn.resize());
		resized.observe(place);
		return () => {
			resized.disconnect();
			drawn.dispose();
		};
	}, []);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another scheme means other colours, which are read from the page
	useEffect(() => {
		if (!holder.current) return;
		// The library measures texts itself and cannot inherit the page's font.
		const fontFamily = getComputedStyle(holder.current).fontFamily;
		const plain = { animation: false, textStyle: { fontFamily, fontSize: 12 } };
		chart.current?.setOption({ ...plain, ...option(coloursOf(holder.current)) }, { notMerge: true });
	}, [option, scheme]);
	return <div ref={holder} data-chart="drawn" role="img" aria-label={label} style={{ height }} />;
}

/** What a tooltip says, a line each. Built of text nodes: names come from people. */
export function tooltipOf(lines: readonly string[]): HTMLElement {
	const box = document.createElement('div');
	for (const [index, text] of lines.entries()) {
		const line = document.createElement(index === 0 ? 'strong' : 'div');
		line.textContent = text;
		box.append(line);
	}
	return box;
}
