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

/** Round values between two others, about as many as wished: 0.8, 0.85, 0.9. Both ends count. */
export function roundTicks(low: number, high: number, wished: number): number[] {
	if (!(high > low)) return [low];
	const step = roundStep((high - low) / Math.max(1, wished));
	const first = Math.ceil(low / step - tolerance);
	const last = Math.floor(high / step + tolerance);
	return Array.from({ length: last - first + 1 }, (_, index) => rounded((first + index) * step, step));
}

/** What an axis spans so that all values fit and it ends on round ones, within bounds where there are any. */
export function roundDomain(
	values: readonly number[],
	wished: number,
	bounds: readonly [low: number, high: number] = [-Infinity, Infinity],
): readonly [low: number, high: number] {
	const low = Math.min(...values);
	const high = Math.max(...values);
	if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
	const step = roundStep(Math.max(high - low, Math.abs(high) * 1e-3, 1e-9) / Math.max(1, wished));
	return [
		Math.max(bounds[0], rounded(Math.floor(low / step + tolerance) * step, step)),
		Math.min(bounds[1], rounded(Math.ceil(high / step - tolerance) * step, step)),
	];
}

/** Sums of binary fractions are off by a hair, which must not cost a tick at the end. */
const tolerance = 1e-9;

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
