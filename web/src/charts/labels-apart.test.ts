import { describe, expect, it } from 'vitest';
import { labelsApart } from './labels-apart.ts';

const label = (dataIndex: number, y: number) => ({
	seriesIndex: 0,
	dataIndex,
	rect: { x: 0, y, width: 10, height: 14 },
	labelRect: { x: 10, y: 999, width: 80, height: 14 },
});

describe('the labels of a chart', () => {
	it('do not lie on one another', () => {
		const place = labelsApart();
		const tops = [label(0, 50), label(1, 52), label(2, 51)].map(one => one.rect.y + place(one).dy);
		for (const [index, top] of tops.entries()) {
			for (const other of tops.slice(index + 1)) expect(Math.abs(top - other)).toBeGreaterThanOrEqual(14);
		}
	});

	it('stay at their points where there is room', () => {
		const place = labelsApart();
		expect(place(label(0, 50))).toEqual({ dy: 0 });
		expect(place(label(1, 90))).toEqual({ dy: 0 });
	});

	it('stay where they are when asked again, and are placed anew when the chart is drawn anew', () => {
		const place = labelsApart();
		place(label(0, 50));
		const second = place(label(1, 50));
		expect(second.dy).not.toBe(0);
		expect(place(label(1, 50))).toEqual(second);
		expect(place(label(1, 70))).toEqual({ dy: 0 });
	});
});
