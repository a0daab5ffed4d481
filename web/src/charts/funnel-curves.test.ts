import { describe, expect, it } from 'vitest';
import { funnelCurves } from './funnel-curves.ts';

describe('the curves of a funnel plot', () => {
	const curves = funnelCurves(0.85, 900);

	it('go from one case to the largest group', () => {
		expect(curves[0]?.n).toBe(1);
		expect(curves.at(-1)?.n).toBe(900);
	});

	it('lie around the rate of all, the wide ones outside, and narrow where more is known', () => {
		for (const { low95, high95, low998, high998 } of curves) {
			expect(low998).toBeLessThanOrEqual(low95);
			expect(low95).toBeLessThanOrEqual(0.85);
			expect(high95).toBeGreaterThanOrEqual(0.85);
			expect(high998).toBeGreaterThanOrEqual(high95);
		}
		const widths = curves.filter(({ n }) => n >= 30).map(({ low998, high998 }) => high998 - low998);
		expect(widths.every((width, index) => index === 0 || width < (widths[index - 1] ?? width))).toBe(true);
	});
});
