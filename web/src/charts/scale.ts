/** A value's place on a line: `domain` of values laid over `range` of pixels. */
export type Scale = (value: number) => number;

/** Lays values over pixels in proportion. A domain without extent lies in the middle. */
export function linearScale(
	domain: readonly [low: number, high: number],
	range: readonly [low: number, high: number],
): Scale {
	const extent = domain[1] - domain[0];
	if (extent === 0) return () => (range[0] + range[1]) / 2;
	return value => range[0] + ((value - domain[0]) / extent) * (range[1] - range[0]);
}

export type Axis = { readonly low: number; readonly high: number; readonly ticks: readonly number[] };

/**
 * An axis on which all values fit: it ends on round values, within bounds where there are any, and has about as many round
 * ticks as wished.
 */
export function roundAxis(
	values: readonly number[],
	wished: number,
	bounds: readonly [low: number, high: number] = [-Infinity, Infinity],
): Axis {
	const lowest = Math.min(...values);
	const highest = Math.max(...values);
	if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return { low: 0, high: 1, ticks: [0, 1] };
	const size = Math.max(Math.abs(lowest), Math.abs(highest));
	if (highest - lowest <= tolerance * size || size < smallest) {
		const around = size < smallest ? 1 : size * 0.1;
		return roundAxis([lowest - around, highest + around], wished, bounds);
	}
	const step = roundStep((highest - lowest) / Math.max(1, wished));
	const first = Math.floor(lowest / step + tolerance);
	const last = Math.ceil(highest / step - tolerance);
	const low = Math.max(bounds[0], rounded(first * step, step));
	const high = Math.min(bounds[1], rounded(last * step, step));
	const ticks = Array.from({ length: last - first + 1 }, (_, index) => rounded((first + index) * step, step));
	return { low, high, ticks: ticks.filter(tick => tick >= low && tick <= high) };
}

/** Sums of binary fractions are off by a hair, which must not cost a tick at the end nor make an axis of its own. */
const tolerance = 1e-9;
/** What is smaller is nothing. */
const smallest = 1e-12;

/** The next of 1, 2, 5, 10 times a power of ten. */
function roundStep(rough: number): number {
	const power = 10 ** Math.floor(Math.log10(rough));
	const factor = [1, 2, 5, 10].find(candidate => candidate * power >= rough * (1 - tolerance)) ?? 10;
	return factor * power;
}

function rounded(value: number, step: number): number {
	const digits = Math.max(0, Math.ceil(-Math.log10(step)) + 1);
	return Number(value.toFixed(Math.min(digits, 20)));
}
