import type { KeptBucket } from '@touchstone/domain/metrics/trend-bucket';
import { describe, expect, it } from 'vitest';
import { distanceTo, keptPoints, labelled, pointAt, stretchesOf, volumePoints } from './trend.ts';

const bucket = (day: number, kept: number, broken: number): KeptBucket => {
	const span = {
		from: new Date(Date.UTC(2026, 2, day)).toISOString(),
		to: new Date(Date.UTC(2026, 2, day + 1)).toISOString(),
		kept,
		broken,
	};
	const told = { metric: 'kept-rate', version: 1, method: 'Wilson score interval', excluded: {} };
	const n = kept + broken;
	return n === 0
		? { ...span, keptRate: { kind: 'too-few', n, needed: 1, ...told } }
		: {
				...span,
				keptRate: {
					kind: 'estimate',
					value: kept / n,
					interval: { low: 0.4, high: 0.9, level: 0.95 },
					n,
					...told,
				},
			};
};

describe('a trend', () => {
	const points = keptPoints([bucket(1, 3, 1), bucket(2, 0, 0), bucket(3, 1, 1), bucket(4, 4, 0)]);

	it('says nothing where there was nothing to judge, rather than zero', () => {
		expect(points.map(({ value }) => value)).toEqual([0.75, null, 0.5, 1]);
		expect(points[0]).toMatchObject({ low: 0.4, high: 0.9, n: 4 });
	});

	it('is broken where there is nothing to say', () => {
		expect(stretchesOf(points).map(stretch => stretch.map(({ value }) => value))).toEqual([[0.75], [0.5, 1]]);
	});

	it('has no interval where it counts everything', () => {
		expect(
			volumePoints([{ from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z', n: 7 }])[0],
		).toMatchObject({
			value: 7,
			low: null,
		});
	});

	it('is read at the bucket under the pointer', () => {
		expect(pointAt(points, Date.UTC(2026, 2, 2, 23))).toBe(1);
		expect(pointAt(points, 0)).toBe(0);
		expect(pointAt([], 0)).toBeUndefined();
	});

	it('has no more dates under it than there is room for, and always the newest', () => {
		expect(labelled([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
		expect(labelled([1, 2], 5)).toEqual([1, 2]);
	});

	it('knows how near its line comes to a text beside it', () => {
		const line = [
			{ x: 0, y: 0 },
			{ x: 100, y: 100 },
		];
		expect(distanceTo(line, 0, 20, 50)).toBe(30);
		expect(distanceTo(line, 40, 60, 50)).toBe(0);
		expect(distanceTo(line, 200, 300, 50)).toBe(Infinity);
	});
});
