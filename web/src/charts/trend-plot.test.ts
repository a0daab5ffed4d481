import { describe, expect, it } from 'vitest';
import type { TrendPoint } from './trend.ts';
import { trendPlot } from './trend-plot.ts';

const point = (day: number, value: number | null, half: number): TrendPoint => ({
	from: new Date(Date.UTC(2026, 2, day)).toISOString(),
	to: new Date(Date.UTC(2026, 2, day + 1)).toISOString(),
	value,
	low: value === null ? null : value - half,
	high: value === null ? null : value + half,
	n: 100,
});
const laidOut = (points: readonly TrendPoint[], target: number | null = null) =>
	trendPlot({
		points,
		target,
		bounds: [0, 1],
		width: 600,
		height: 200,
		marked: false,
		write: value => `${Math.round(value * 100)} %`,
	});

describe('the layout of a trend', () => {
	it('holds the target, however far it lies from the line', () => {
		const plot = laidOut([point(1, 0.7, 0.01), point(2, 0.72, 0.01)], 0.95);
		expect(plot.y(0.95)).toBeGreaterThanOrEqual(plot.top);
		expect(plot.y(0.69)).toBeLessThanOrEqual(plot.bottom);
	});

	it('is not flattened by one bucket about which little is known', () => {
		const calm = [1, 2, 3, 4, 5].map(day => point(day, 0.9 + day / 1000, 0.01));
		const plot = laidOut([...calm, point(6, 0.9, 0.4)]);
		expect(plot.y(0.85)).toBeGreaterThan(plot.bottom);
	});

	it('finds the time under a pixel', () => {
		const plot = laidOut([point(1, 0.5, 0.1), point(2, 0.5, 0.1)]);
		expect(plot.timeAt(plot.left)).toBe(Date.UTC(2026, 2, 1));
		expect(plot.x(plot.timeAt(300))).toBeCloseTo(300);
	});

	it('stays finite without any point', () => {
		const plot = laidOut([]);
		expect(plot.ticks.length).toBeGreaterThan(1);
		expect(plot.y(0.5)).toBeGreaterThan(0);
	});
});
