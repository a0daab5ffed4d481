import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { golden } from '../validation.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { meanInterval, type Sums } from './mean-interval.ts';
import { proportionTrend } from './proportion-trend.ts';
import { quantileInterval, sortedQuantileInterval } from './quantile-interval.ts';
import { sharesDifference } from './shares-difference.ts';
import { topTwoBox } from './top-two-box.ts';
import { twoMeansDifference } from './two-means-difference.ts';
import { weightedMean, weightedSums } from './weighted-mean.ts';
import { wilson } from './wilson.ts';

const share = fc
	.tuple(fc.nat({ max: 2000 }), fc.nat({ max: 2000 }))
	.map(([successes, failures]) => ({ successes, n: successes + failures }))
	.filter(({ n }) => n > 0);
const sumsOf = (values: readonly number[]): Sums => ({
	n: values.length,
	sum: values.reduce((a, x) => a + x, 0),
	sumOfSquares: values.reduce((a, x) => a + x * x, 0),
});
const values = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 60 });

describe('a share', () => {
	test('agrees with the printed Wilson intervals', () => {
		const origin = 'Newcombe 1998 (Stat Med 17:857), table I, method 3';
		const printed: [number, number, number, number][] = [
			[81, 263, 0.2553, 0.3662],
			[15, 148, 0.0624, 0.1605],
			[0, 20, 0, 0.1611],
			[1, 29, 0.0061, 0.1718],
		];
		for (const [successes, n, low, high] of printed) {
			const ours = wilson({ successes, n });
			if (ours.kind !== 'estimate') throw new Error('expected an estimate');
			const number = { family: 'scores', origin, tolerance: 5.1e-5 };
			golden({ ...number, what: `Wilson low, ${successes} of ${n}`, expected: low }, ours.low);
			golden({ ...number, what: `Wilson high, ${successes} of ${n}`, expected: high }, ours.high);
		}
	});

	test('stays within 0…1, mirrors, and narrows when the data repeat', () => {
		fc.assert(
			fc.property(share, ({ successes, n }) => {
				const one = wilson({ successes, n });
				const other = wilson({ successes: n - successes, n });
				const twice = wilson({ successes: 2 * successes, n: 2 * n });
				if (one.kind !== 'estimate' || other.kind !== 'estimate' || twice.kind !== 'estimate')
					throw new Error();
				expect(one.low).toBeGreaterThanOrEqual(0);
				expect(one.high).toBeLessThanOrEqual(1);
				expect(one.low).toBeLessThanOrEqual(one.value);
				expect(one.high).toBeGreaterThanOrEqual(one.value);
				expect(other.low).toBeCloseTo(1 - one.high, 12);
				expect(twice.high - twice.low).toBeLessThan(one.high - one.low);
			}),
			{ seed: 1 },
		);
		expect(() => wilson({ successes: 3, n: 2 })).toThrow('successes must be at most n (2), got 3');
	});

	test('of the top boxes counts the highest points', () => {
		expect(topTwoBox({ counts: [1, 2, 3, 4, 5] })).toEqual(wilson({ successes: 9, n: 15 }));
		expect(topTwoBox({ counts: [1, 2, 3, 4, 5], boxes: 1 })).toEqual(wilson({ successes: 5, n: 15 }));
		expect(topTwoBox({ counts: [0, 0, 0] })).toEqual({ kind: 'too-few', n: 0, needed: 1 });
		expect(() => topTwoBox({ counts: [1, 2] })).toThrow('counts must have more points than boxes (2), got 2');
	});

	test('differs from another as Newcombe prints it', () => {
		const origin = 'Newcombe 1998 (Stat Med 17:873), table II, method 10';
		const printed: [number, number, number, number, number, number][] = [
			[56, 70, 48, 80, 0.0524, 0.3339],
			[9, 10, 3, 10, 0.1705, 0.809],
			[10, 10, 0, 10, 0.6075, 1],
		];
		for (const [s1, n1, s2, n2, low, high] of printed) {
			const ours = sharesDifference({ a: { successes: s1, n: n1 }, b: { successes: s2, n: n2 } });
			if (ours.kind !== 'estimate') throw new Error('expected an estimate');
			const number = { family: 'scores', origin, tolerance: 5.1e-5 };
			golden({ ...number, what: `difference low, ${s1}/${n1} − ${s2}/${n2}`, expected: low }, ours.low);
			golden({ ...number, what: `difference high, ${s1}/${n1} − ${s2}/${n2}`, expected: high }, ours.high);
		}
	});

	test('difference flips its sign when the groups are swapped and stays within −1…1', () => {
		fc.assert(
			fc.property(share, share, (a, b) => {
				const one = sharesDifference({ a, b });
				const other = sharesDifference({ a: b, b: a });
				if (one.kind !== 'estimate' || other.kind !== 'estimate') throw new Error();
				expect(other.low).toBeCloseTo(-one.high, 12);
				expect(one.low).toBeGreaterThanOrEqual(-1 - 1e-12);
				expect(one.high).toBeLessThanOrEqual(1 + 1e-12);
				expect(one.high - one.low).toBeGreaterThan(0);
			}),
			{ seed: 1 },
		);
	});

	test('that moves along groups is found as R finds it', () => {
		const scores = [
			[83, 86],
			[90, 93],
			[129, 136],
			[70, 82],
		] as const;
		const ours = proportionTrend({
			groups: scores.map(([successes, n], i) => ({ score: i + 1, successes, n })),
		});
		if (ours.kind !== 'trend') throw new Error('expected a trend');
		const number = { family: 'scores', origin: 'R ?prop.trend.test, smokers' };
		golden({ ...number, what: 'trend in shares, χ²', expected: 8.224922, tolerance: 5e-7 }, ours.chiSquare);
		golden({ ...number, what: 'trend in shares, p', expected: 0.004131897, tolerance: 5e-10 }, ours.pValue);
	});
});

describe('a mean', () => {
	// Student's sleep data: R ?t.test, extra sleep of the two groups.
	const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
	const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

	test("two of them differ as R prints for Student's sleep data", () => {
		const ours = twoMeansDifference({ a: sumsOf(first), b: sumsOf(second) });
		if (ours.kind !== 'estimate') throw new Error('expected an estimate');
		const number = { family: 'scores', origin: 'R ?t.test: t.test(extra ~ group, data = sleep)' };
		golden({ ...number, what: 'Welch t', expected: -1.8608, tolerance: 5e-5 }, ours.statistic);
		golden(
			{ ...number, what: 'Welch degrees of freedom', expected: 17.776, tolerance: 5e-4 },
			ours.degreesOfFreedom,
		);
		golden({ ...number, what: 'Welch p', expected: 0.07939, tolerance: 5e-6 }, ours.pValue);
		golden({ ...number, what: 'Welch low', expected: -3.3654832, tolerance: 5e-8 }, ours.low);
		golden({ ...number, what: 'Welch high', expected: 0.2054832, tolerance: 5e-8 }, ours.high);
	});

	test("has R's interval for one sample", () => {
		const paired = first.map((x, i) => x - (second[i] ?? 0));
		const ours = meanInterval(sumsOf(paired));
		if (ours.kind !== 'estimate') throw new Error('expected an estimate');
		const number = { family: 'scores', origin: 'R ?t.test: paired sleep data', tolerance: 5e-8 };
		golden({ ...number, what: 'mean', expected: -1.58 }, ours.value);
		golden({ ...number, what: 'mean, low', expected: -2.4598858 }, ours.low);
		golden({ ...number, what: 'mean, high', expected: -0.7001142 }, ours.high);
	});

	test('does not care for the order, and swapping two groups flips the sign', () => {
		fc.assert(
			fc.property(values, values, (x, y) => {
				const [a, b] = [sumsOf(x), sumsOf(y)];
				expect(meanInterval(sumsOf([...x].reverse()))).toEqual(meanInterval(a));
				const one = twoMeansDifference({ a, b });
				const other = twoMeansDifference({ a: b, b: a });
				if (one.kind !== 'estimate' || other.kind !== 'estimate') {
					expect(one.kind).toBe(other.kind);
					return;
				}
				expect(other.low).toBeCloseTo(-one.high, 9);
				expect(other.pValue).toBeCloseTo(one.pValue, 12);
			}),
			{ seed: 1 },
		);
	});

	test('on a scale stays on it, and equal answers still leave room for doubt', () => {
		const equal = meanInterval({ n: 3, sum: 15, sumOfSquares: 75, scale: [1, 5] });
		if (equal.kind !== 'estimate') throw new Error('expected an estimate');
		expect(equal).toMatchObject({ value: 5, high: 5 });
		expect(equal.low).toBeLessThan(3);
		const wide = meanInterval({ n: 2, sum: 6, sumOfSquares: 26, scale: [1, 5] });
		expect(wide).toMatchObject({ low: 1, high: 5 });
	});

	test('refuses sums that cannot belong together', () => {
		expect(() => meanInterval({ n: 4, sum: 8, sumOfSquares: 10 })).toThrow(
			'sumOfSquares must be at least sum² / n (16), got 10',
		);
		expect(meanInterval({ n: 1, sum: 4, sumOfSquares: 16 })).toEqual({ kind: 'too-few', n: 1, needed: 2 });
		expect(twoMeansDifference({ a: sumsOf([3, 3]), b: sumsOf([4, 4]) })).toMatchObject({ kind: 'too-few' });
	});

	test('with equal weights is the plain one, whatever the weights are multiplied by', () => {
		fc.assert(
			fc.property(values, fc.double({ min: 0.1, max: 50, noNaN: true }), (x, weight) => {
				const plain = meanInterval(sumsOf(x));
				const ours = weightedMean({
					sums: weightedSums(
						x,
						x.map(() => weight),
					),
				});
				if (plain.kind !== 'estimate' || ours.kind !== 'estimate') throw new Error();
				expect(ours.value).toBeCloseTo(plain.value, 9);
				expect(ours.low).toBeCloseTo(plain.low, 6);
				expect(ours.effectiveN).toBeCloseTo(x.length, 6);
			}),
			{ seed: 1 },
		);
		expect(weightedMean({ sums: weightedSums([1], [2]) })).toEqual({ kind: 'too-few', n: 1, needed: 2 });
		expect(() => weightedSums([1, 2], [1])).toThrow('weights must be as long as values (2), got 1');
	});
});

describe('a quantile', () => {
	test('is bounded by the ranks binomial tables give', () => {
		expect(quantileInterval({ n: 100, p: 0.5 })).toMatchObject({ lowRank: 40, highRank: 61, rank: 50.5 });
		expect(quantileInterval({ n: 6, p: 0.5 })).toMatchObject({ lowRank: 1, highRank: 6, coverage: 0.96875 });
		expect(quantileInterval({ n: 10, p: 0.99 })).toEqual({ kind: 'too-few', n: 10, needed: 368 });
	});

	test('of reversed observations has the mirrored ranks', () => {
		fc.assert(
			fc.property(fc.integer({ min: 6, max: 5000 }), fc.integer({ min: 1, max: 99 }), (n, percent) => {
				const one = quantileInterval({ n, p: percent / 100 });
				const other = quantileInterval({ n, p: 1 - percent / 100 });
				expect(one.kind).toBe(other.kind);
				if (one.kind !== 'ranks' || other.kind !== 'ranks') return;
				expect(other.lowRank).toBe(n + 1 - one.highRank);
				expect(one.coverage).toBeGreaterThanOrEqual(0.95 - 1e-9);
				expect(one.lowRank).toBeLessThanOrEqual(one.rank);
				expect(one.highRank).toBeGreaterThanOrEqual(one.rank);
			}),
			{ seed: 1 },
		);
	});

	test('reads its limits from the observations themselves', () => {
		const sorted = Float64Array.from({ length: 100 }, (_, i) => i + 1);
		expect(sortedQuantileInterval({ sorted, p: 0.5 })).toMatchObject({
			value: 50.5,
			low: 40,
			high: 61,
			n: 100,
		});
		expect(() => sortedQuantileInterval({ sorted: [2, 1], p: 0.5 })).toThrow(
			'ascending order, got 2 before 1',
		);
	});
});

describe('many questions at once', () => {
	// Benjamini & Hochberg 1995, section 3.2: the four smallest of these fifteen are discoveries at 0.05.
	test('keep the discoveries of the paper and no more', () => {
		const p = [
			0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
			0.759, 1,
		];
		const adjusted = benjaminiHochberg(p);
		expect(adjusted.filter(x => x <= 0.05)).toHaveLength(4);
		golden(
			{
				family: 'scores',
				what: 'Benjamini–Hochberg, fourth of fifteen',
				origin: 'Benjamini & Hochberg 1995, §3.2',
				expected: 0.035625,
				tolerance: 1e-12,
			},
			adjusted[3],
		);
	});

	test('order does not matter and no adjusted p-value shrinks', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), p => {
				const adjusted = benjaminiHochberg(p);
				expect(benjaminiHochberg([...p].reverse())).toEqual([...adjusted].reverse());
				adjusted.forEach((x, i) => {
					expect(x).toBeGreaterThanOrEqual((p[i] ?? 0) - 1e-15);
					expect(x).toBeLessThanOrEqual(1);
				});
			}),
			{ seed: 1 },
		);
	});
});
