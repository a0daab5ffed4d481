import { funnelLimits } from '@touchstone/statistics/scores/funnel-limits';

export type FunnelCurve = {
	readonly n: number;
	readonly low95: number;
	readonly high95: number;
	readonly low998: number;
	readonly high998: number;
};

const steps = 48;

/**
 * The curves of a funnel plot: where groups of up to `largest` cases would lie by chance alone, if all were alike. Closer
 * together where they are steep, which is where groups are small.
 */
export function funnelCurves(centre: number, largest: number): FunnelCurve[] {
	const sizes = new Set(
		Array.from({ length: steps }, (_, step) => Math.max(1, Math.round(largest * ((step + 1) / steps) ** 2))),
	);
	return [...sizes].flatMap(n => {
		const inner = funnelLimits({ centre, n, level: 0.95 });
		const outer = funnelLimits({ centre, n, level: 0.998 });
		if (inner.kind === 'too-few' || outer.kind === 'too-few') return [];
		return [{ n, low95: inner.low, high95: inner.high, low998: outer.low, high998: outer.high }];
	});
}
