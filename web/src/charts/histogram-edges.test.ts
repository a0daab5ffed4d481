import { describe, expect, it } from 'vitest';
import { histogramEdges, zeroEdge } from './histogram-edges.ts';

const bins = [
	{ from: null, to: -2, n: 1 },
	{ from: -2, to: 0, n: 4 },
	{ from: 0, to: 2, n: 9 },
	{ from: 2, to: null, n: 2 },
];

describe('the distribution of margins', () => {
	it('has the promise where margins turn from negative to positive', () => {
		expect(zeroEdge(bins)).toBe(2);
		expect(zeroEdge(bins.slice(2))).toBe(0);
		expect(zeroEdge(bins.slice(0, 2))).toBe(2);
	});

	it('is open at both ends', () => {
		expect(histogramEdges(bins)).toEqual([null, -2, 0, 2, null]);
		expect(histogramEdges([])).toEqual([null]);
	});
});
