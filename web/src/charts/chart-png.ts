const scale = 2;

/** The first chart inside an element as a PNG, with the colours it has on the page, twice as sharp. @throws Error when there is none */
export async function pngOfChart(holder: Element): Promise<Blob> {
	const chart = holder.querySelector('svg[data-chart], [data-chart] svg');
	if (!(chart instanceof SVGSVGElement)) throw new Error('There is no chart to draw.');
	const { width, height } = chart.getBoundingClientRect();
	const copy = withOwnStyles(chart);
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	copy.setAttribute('width', String(width));
	copy.setAttribute('height', String(height));
	const image = new Image();
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = width * scale;
	canvas.height = height * scale;
	const brush = canvas.getContext('2d');
	if (!brush) throw new Error('This browser cannot draw.');
	brush.fillStyle = getComputedStyle(document.body).backgroundColor;
	brush.fillRect(0, 0, canvas.width, canvas.height);
	brush.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve, reject) =>
		canvas.toBlob(png => (png ? resolve(png) : reject(new Error('The chart could not be drawn.')))),
	);
}

const drawn = [
	'fill',
	'fill-opacity',
	'stroke',
	'stroke-width',
	'stroke-dasharray',
	'stroke-linecap',
	'stroke-linejoin',
	'stroke-opacity',
	'paint-order',
	'opacity',
	'font-size',
	'font-family',
	'font-weight',
	'text-anchor',
] as const;

/** Away from the page its style sheets are gone, so every element takes its own along. */
function withOwnStyles(chart: SVGSVGElement): Element {
	const copy = chart.cloneNode(true);
	if (!(copy instanceof SVGSVGElement)) throw new Error('A chart is an SVG.');
	const originals = [...chart.querySelectorAll('*')];
	for (const [index, element] of [...copy.querySelectorAll('*')].entries()) {
		const original = originals[index];
		if (!original || !(element instanceof SVGElement)) continue;
		const style = getComputedStyle(original);
		for (const property of drawn) element.style.setProperty(property, style.getPropertyValue(property));
	}
	return copy;
}
