/** The colours of the theme as a drawing library can take them. */
export type ChartColours = {
	readonly text: string;
	readonly quiet: string;
	readonly line: string;
	readonly page: string;
	readonly series: string;
	readonly kept: string;
	readonly broken: string;
};

/** The colours as they are now, resolved: what stands in the style sheet depends on light and dark. */
export function coloursOf(holder: Element): ChartColours {
	const probe = document.createElement('span');
	probe.hidden = true;
	holder.append(probe);
	const resolved = (variable: string) => {
		probe.style.color = `var(${variable})`;
		return getComputedStyle(probe).color;
	};
	const colours = {
		text: resolved('--mantine-color-text'),
		quiet: resolved('--quiet'),
		line: resolved('--line'),
		page: resolved('--page'),
		series: resolved('--series'),
		kept: resolved('--kept'),
		broken: resolved('--broken'),
	};
	probe.remove();
	return colours;
}
