import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasReference, numericColumn, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { breakpoints } from './breakpoints.ts';
import { cusum } from './cusum.ts';
import { cusumRunLength, cusumThreshold } from './cusum-run-length.ts';
import { ewma } from './ewma.ts';
import { ewmaRunLength } from './ewma-run-length.ts';
import { mannKendall } from './mann-kendall.ts';
import { olsCusum } from './ols-cusum.ts';
import { type Penalty, pelt } from './pelt.ts';
import { senSlope } from './sen-slope.ts';
import { supF } from './sup-f.ts';

const record = (what: string, origin: string, expected: number, tolerance: number, actual: unknown): void =>
	golden({ family: 'change', what, origin, expected, tolerance }, actual);

describe.skipIf(!hasReference('change/nile.csv'))('the flow of the Nile, 1871–1970', () => {
	const flow = (): number[] => numericColumn(referenceRows('change/nile.csv'), 'flow');

	test('PELT finds the one change of 1898 under every usual penalty', () => {
		const origin = 'R changepoint 2.3, cpt.mean(scale(Nile))';
		const values = flow();
		const mean = values.reduce((sum, value) => sum + value, 0) / 100;
		const noiseVariance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 99;
		for (const penalty of ['MBIC', 'BIC', 'AIC'] as const) {
			const found = pelt(values, { penalty, noiseVariance });
			if (found.kind !== 'changes') throw new Error('too few');
			expect(found.after).toHaveLength(1);
			record(`Nile PELT ${penalty}`, origin, 28, 0, found.after[0]);
		}
		const found = pelt(values);
		if (found.kind !== 'changes') throw new Error('too few');
		const means = found.segments.map(({ mean }) => (mean.kind === 'estimate' ? mean.value : mean));
		record('Nile mean before', origin, 1097.75, 1e-9, means[0]);
		record('Nile mean after', origin, 849.9722222, 1e-7, means[1]);
	});

	test('the best divisions, their squares and BIC, and the interval of the moment', () => {
		const origin = 'R strucchange 1.5-3, breakpoints(Nile ~ 1)';
		const found = breakpoints(flow());
		if (found.kind !== 'breakpoints') throw new Error('refused');
		const squares = [2835156.75, 1597457.194, 1552923.616, 1538096.513, 1507888.476, 1659993.5];
		const bic = [1318.242, 1270.084, 1276.467, 1284.718, 1291.944, 1310.765];
		for (const [count, division] of found.byCount.entries()) {
			record(`Nile RSS, ${count} breaks`, origin, squares[count] ?? 0, 1e-3, division.residualSumOfSquares);
			record(`Nile BIC, ${count} breaks`, origin, bic[count] ?? 0, 1e-3, division.bic);
		}
		expect(found.byCount[4]?.after).toEqual([28, 45, 68, 83]);
		expect(found.breaks).toHaveLength(1);
		record('Nile break', origin, 28, 0, found.breaks[0]?.after);
		record('Nile break, low', origin, 25, 0, found.breaks[0]?.low);
		record('Nile break, high', origin, 32, 0, found.breaks[0]?.high);
		const test = supF(flow());
		record('Nile supF', origin, 75.929769, 1e-6, test.kind === 'test' && test.statistic);
		const wandering = olsCusum(flow());
		record('Nile OLS-CUSUM', origin, 2.951766103, 1e-9, wandering.kind === 'test' && wandering.statistic);
	});

	test('a CUSUM set up on the first twenty years first signals in 1902', () => {
		const origin = 'R qcc, phase 1 = first 20 years';
		const chart = cusum({ values: flow(), target: 1070.85, standardDeviation: 143.85566 });
		record('Nile CUSUM, first signal (counted from 1)', origin, 32, 0, (chart.firstBelow ?? 0) + 1);
		const printed = [
			1.5635, 2.6683, 3.5366, 5.6563, 6.0659, 7.2193, 9.2903, 9.8667, 12.0002, 11.8537, 11.4986,
		];
		for (const [i, expected] of printed.entries()) {
			record(`Nile CUSUM below at ${29 + i}`, origin, expected, 6e-5, chart.below[28 + i]);
		}
	});

	test('the trend is down', () => {
		const trend = mannKendall(flow());
		if (trend.kind !== 'test') throw new Error('too few');
		record('Nile Mann–Kendall S', 'R', -1387, 0, trend.s);
		record('Nile Mann–Kendall variance', 'R', 112728.3333, 1e-3, trend.variance);
		record('Nile Mann–Kendall Z', 'R', -4.128066523, 1e-8, trend.z);
		const slope = senSlope(flow());
		record('Nile Sen slope', 'R', -2.6, 1e-9, slope.kind === 'estimate' && slope.value);
	});
});

test('the CUSUM of the textbook alarms at observation 29', () => {
	const values = [
		9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37,
		10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
	];
	const printed = [
		0, 0, 0, 1.16, 2.82, 2.5, 0.04, 1.0, 0, 0, 0, 0.97, 0.98, 0, 0, 0, 0.12, 0, 0, 0.34, 0.74, 0, 1.79, 2.79,
		2.89, 3.47, 3.35, 4.47, 5.28, 5.3,
	];
	const origin = 'Montgomery, Introduction to Statistical Quality Control, table 9.2';
	const chart = cusum({ values, target: 10, standardDeviation: 1 });
	for (const [i, expected] of printed.entries()) {
		record(`Montgomery CUSUM above at ${i + 1}`, origin, expected, 0.005001, chart.above[i]);
	}
	record('Montgomery CUSUM alarm', origin, 29, 0, (chart.firstAbove ?? 0) + 1);
});

test('run lengths of CUSUM and EWMA are those of the R package spc', () => {
	const origin = 'R spc 0.7.2';
	const shifts = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3];
	const printed: [h: number, lengths: number[]][] = [
		[4, [167.68379, 74.224028, 26.630203, 13.285088, 8.3831319, 4.7471682, 3.3427701, 2.1944809]],
		[5, [465.44351, 139.49369, 37.996143, 17.048326, 10.37597, 5.7472177, 4.0088711, 2.5732521]],
	];
	for (const [h, lengths] of printed) {
		for (const [i, expected] of lengths.entries()) {
			const what = `CUSUM run length, k 0.5, h ${h}, shift ${shifts[i]}`;
			const actual = cusumRunLength({ k: 0.5, h, shift: shifts[i] ?? 0 });
			golden({ family: 'change', what, origin, expected, tolerance: 1e-7, relative: true }, actual);
		}
	}
	record('EWMA run length 0.1/2.7', origin, 368.99373, 5e-5, ewmaRunLength({ lambda: 0.1, width: 2.7 }));
	record('EWMA run length 0.2/2.962', origin, 499.73512, 5e-5, ewmaRunLength({ lambda: 0.2, width: 2.962 }));
	record('CUSUM threshold for 465.44351', origin, 5, 1e-6, cusumThreshold({ k: 0.5, runLength: 465.44351 }));
});

const series = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 4, maxLength: 14 });

test('PELT finds a division that costs no more than any other, for every penalty and length', () => {
	const penalty = fc.constantFrom<Penalty>('BIC', 'AIC', 'MBIC', 3, 0.1);
	fc.assert(
		fc.property(series, penalty, fc.integer({ min: 1, max: 4 }), (values, chosen, minimumLength) => {
			const found = pelt(values, { penalty: chosen, minimumLength, noiseVariance: 50 });
			if (found.kind === 'too-few') return;
			const n = values.length;
			const each =
				typeof chosen === 'number' ? chosen : { AIC: 4, BIC: 2 * Math.log(n), MBIC: 3 * Math.log(n) }[chosen];
			const cost = (after: readonly number[]): number =>
				[...after, n].reduce((sum, end, i) => {
					const part = values.slice(after[i - 1] ?? 0, end);
					const mean = part.reduce((total, value) => total + value, 0) / part.length;
					const squares = part.reduce((total, value) => total + (value - mean) ** 2, 0) / 50;
					return sum + squares + (chosen === 'MBIC' ? Math.log(part.length) : 0);
				}, 0) +
				each * after.length;
			expect(found.cost).toBeCloseTo(cost(found.after), 6);
			const least = Math.min(...divisions(n, minimumLength).map(cost));
			expect(found.cost).toBeCloseTo(least, 6);
		}),
	);
});

test('a change of spread alone is seen when spread may change, and a series that never moves never changed', () => {
	const quiet = Array.from({ length: 40 }, (_, i) => Math.sin((i + 1) * 12.9898));
	const values = [...quiet, ...quiet.map(value => 12 * value)];
	const found = pelt(values, { change: 'mean-and-variance' });
	expect(found.kind === 'changes' && found.after).toEqual([40]);
	expect(pelt([5, 5, 5, 5])).toMatchObject({ after: [] });
	expect(breakpoints(new Array<number>(30).fill(5))).toMatchObject({ kind: 'not-converged' });
	expect(pelt([1, 2, 3])).toEqual({ kind: 'too-few', n: 3, needed: 4 });
});

test('turning a series upside down swaps the sides of its charts and the sign of its trend', () => {
	fc.assert(
		fc.property(series, values => {
			const mirrored = values.map(value => -value);
			const options = { target: 0, standardDeviation: 10 };
			const [one, other] = [cusum({ values, ...options }), cusum({ values: mirrored, ...options })];
			expect(one.above).toEqual(other.below);
			expect(one.firstAbove).toBe(other.firstBelow);
			const [up, down] = [mannKendall(values), mannKendall(mirrored)];
			if (up.kind === 'test' && down.kind === 'test') expect(up.s).toBe(-down.s || 0);
			const [rise, fall] = [senSlope(values), senSlope(mirrored)];
			if (rise.kind !== 'estimate' || fall.kind !== 'estimate') return;
			expect(rise.value).toBeCloseTo(-fall.value, 9);
			expect(rise.low).toBeCloseTo(-fall.high, 9);
			expect(rise.low).toBeLessThanOrEqual(rise.value);
			expect(rise.value).toBeLessThanOrEqual(rise.high);
		}),
	);
});

test('the trend test does not see a stretch of the scale', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 4, maxLength: 20 }), values => {
			expect(mannKendall(values.map(value => Math.exp(value)))).toEqual(mannKendall(values));
		}),
	);
});

test('an EWMA with weight 1 is the chart of the observations themselves', () => {
	const chart = ewma({ values: [0, 2.9, 3.1], target: 0, standardDeviation: 1, lambda: 1, width: 3 });
	expect(chart.average).toEqual([0, 2.9, 3.1]);
	expect(chart.firstOutside).toBe(2);
	// One observation in 370 is outside three standard deviations.
	expect(ewmaRunLength({ lambda: 1, width: 3 })).toBeCloseTo(370.4, 1);
});

test('bad arguments are named', () => {
	expect(() => cusum({ values: [1], target: 0, standardDeviation: 0 })).toThrow(
		'standardDeviation must be above 0, got 0',
	);
	expect(() => ewma({ values: [1], target: 0, standardDeviation: 1, lambda: 2 })).toThrow(
		'lambda must be between 0 and 1',
	);
	expect(() => cusumThreshold({ k: 0.5, runLength: 1 })).toThrow('runLength must be above 2, got 1');
	expect(() => pelt([1, Number.NaN, 2, 3])).toThrow('values must be a finite number, got NaN');
	expect(() => supF(new Array<number>(20).fill(3))).toThrow('values must vary');
	expect(mannKendall([1, 2])).toEqual({ kind: 'too-few', n: 2, needed: 4 });
	expect(mannKendall([2, 2, 2, 2])).toEqual({ kind: 'too-few', n: 1, needed: 2 });
	expect(senSlope([1])).toEqual({ kind: 'too-few', n: 1, needed: 4 });
	expect(supF([1])).toEqual({ kind: 'too-few', n: 1, needed: 20 });
	expect(olsCusum([1])).toEqual({ kind: 'too-few', n: 1, needed: 10 });
});

function divisions(n: number, shortest: number, from = 0): number[][] {
	const tails = Array.from({ length: Math.max(0, n - from) }, (_, i) => from + i + 1).filter(
		at => at - from >= shortest && n - at >= shortest,
	);
	return [[], ...tails.flatMap(at => divisions(n, shortest, at).map(rest => [at, ...rest]))];
}
