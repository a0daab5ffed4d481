import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasReference, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import type { NpsCounts } from './nps-counts.ts';
import { npsCredible } from './nps-credible.ts';
import { npsDifference } from './nps-difference.ts';
import { npsEstimate } from './nps-estimate.ts';
import { type NpsMethod, npsLimits } from './nps-limits.ts';
import { npsPairedDifference } from './nps-paired-difference.ts';
import { npsTrend } from './nps-trend.ts';
import { weightedNps } from './weighted-nps.ts';

const rocks = 'brendan-r/NPS 2.0.999 (Rocks 2016)';
const counts = (detractors: number, passives: number, promoters: number): NpsCounts => ({
	detractors,
	passives,
	promoters,
});
const anyCount = fc.nat({ max: 500 });
const anyAnswers = fc
	.record({ detractors: anyCount, passives: anyCount, promoters: anyCount })
	.filter(c => c.detractors + c.passives + c.promoters > 0);
const mirrored = (c: NpsCounts): NpsCounts => counts(c.promoters, c.passives, c.detractors);

describe('the interval of an NPS', () => {
	// The reference solver of the score interval stops at 1e-6, hence its wider tolerance.
	test.each<[NpsCounts, Record<NpsMethod, [number, number]>]>([
		[
			counts(362, 176, 462),
			{
				wald: [0.0440808845, 0.1559191155],
				'adjusted-wald': [0.0438966693, 0.1555051254],
				score: [0.0438221227, 0.1554948509],
			},
		],
		[
			counts(1, 2, 3),
			{
				wald: [-0.2630647146, 0.9297313812],
				'adjusted-wald': [-0.2674325879, 0.7118770324],
				score: [-0.3110736887, 0.7539567153],
			},
		],
		[
			counts(0, 5, 5),
			{
				wald: [0.1901024838, 0.8098975162],
				'adjusted-wald': [0.06206947, 0.7071612992],
				score: [0.0837010533, 0.7634069324],
			},
		],
		[
			counts(2, 1, 12),
			{
				wald: [0.3128261626, 1.0205071707],
				'adjusted-wald': [0.212182788, 0.8989283231],
				score: [0.1892548278, 0.8844125271],
			},
		],
		[
			counts(0, 0, 10),
			{ wald: [1, 1], 'adjusted-wald': [0.4750355154, 1.063426023], score: [0.4449343681, 1] },
		],
		[
			counts(120, 230, 650),
			{
				wald: [0.48665421, 0.57334579],
				'adjusted-wald': [0.4850953502, 0.5717341613],
				score: [0.4851038035, 0.5717865717],
			},
		],
	])('of %o agrees with the reference package by every method', (answers, limits) => {
		for (const method of ['wald', 'adjusted-wald', 'score'] as const) {
			const ours = npsLimits(answers, method, 0.95);
			const what = `${method} interval, ${answers.detractors}/${answers.passives}/${answers.promoters}`;
			const number = { family: 'scores', origin: rocks, tolerance: method === 'score' ? 1e-5 : 1e-9 };
			golden({ ...number, what: `${what}, low`, expected: limits[method][0] }, ours.low);
			golden({ ...number, what: `${what}, high`, expected: limits[method][1] }, ours.high);
		}
	});

	test('variance and standard error agree with the package tests', () => {
		const printed: [NpsCounts, number, number][] = [
			[counts(362, 176, 462), 0.814, 0.028530685235],
			[counts(1, 2, 3), 5 / 9, 0.304],
			// biome-ignore lint/suspicious/noApproximativeNumericConstant: the number as it was printed
			[counts(1, 0, 1), 1, 0.707],
			[counts(0, 1, 1), 0.25, 0.354],
			[counts(1, 1, 1), 2 / 3, 0.471],
		];
		for (const [answers, variance, standardError] of printed) {
			const ours = npsEstimate(answers);
			if (ours.kind !== 'estimate') throw new Error('expected an estimate');
			const name = `${answers.detractors}/${answers.passives}/${answers.promoters}`;
			const number = { family: 'scores', origin: rocks };
			golden({ ...number, what: `variance, ${name}`, expected: variance, tolerance: 1e-12 }, ours.variance);
			const tolerance = standardError > 0.1 ? 5e-4 : 1e-11;
			golden(
				{ ...number, what: `standard error, ${name}`, expected: standardError, tolerance },
				ours.standardError,
			);
		}
	});

	test('says which method it used, and when it pulled a limit back', () => {
		expect(npsEstimate(counts(100, 100, 100))).toMatchObject({ method: 'NPS, adjusted Wald interval' });
		expect(npsEstimate(counts(5, 5, 5))).toMatchObject({ method: 'NPS, score interval' });
		expect(npsEstimate(counts(0, 100, 100))).toMatchObject({ method: 'NPS, score interval' });
		expect(npsEstimate({ ...counts(0, 0, 10), method: 'adjusted-wald' })).toMatchObject({
			value: 1,
			high: 1,
			isClamped: true,
		});
	});

	test('without answers there is too little to say, and half an answer is refused', () => {
		expect(npsEstimate(counts(0, 0, 0))).toEqual({ kind: 'too-few', n: 0, needed: 1 });
		expect(() => npsEstimate(counts(0.5, 1, 1))).toThrow(
			'detractors must be a whole number of at least 0, got 0.5',
		);
		expect(() => npsEstimate({ ...counts(1, 1, 1), level: 95 })).toThrow(
			'level must be between 0 and 1, got 95',
		);
	});

	test('stays within −1…1, holds the value, mirrors with the scale and narrows when the data repeat', () => {
		fc.assert(
			fc.property(
				anyAnswers,
				fc.constantFrom('adjusted-wald' as const, 'score' as const),
				(answers, method) => {
					const one = npsEstimate({ ...answers, method });
					const other = npsEstimate({ ...mirrored(answers), method });
					const twice = npsEstimate({
						...counts(2 * answers.detractors, 2 * answers.passives, 2 * answers.promoters),
						method,
					});
					if (one.kind !== 'estimate' || other.kind !== 'estimate' || twice.kind !== 'estimate')
						throw new Error();
					expect(one.low).toBeGreaterThanOrEqual(-1);
					expect(one.high).toBeLessThanOrEqual(1);
					expect(one.low).toBeLessThanOrEqual(one.value + 1e-12);
					expect(one.high).toBeGreaterThanOrEqual(one.value - 1e-12);
					expect(one.high).toBeGreaterThan(one.low);
					expect(other.low).toBeCloseTo(-one.high, 9);
					expect(twice.high - twice.low).toBeLessThan(one.high - one.low);
				},
			),
			{ seed: 1 },
		);
	});
});

describe('two Net Promoter Scores', () => {
	const a = counts(10, 20, 70);
	const b = counts(25, 25, 50);

	test('agree with the reference package, plain and adjusted', () => {
		const number = { family: 'scores', origin: rocks, tolerance: 5e-8 };
		const plain = npsDifference({ a, b, method: 'wald' });
		const adjusted = npsDifference({ a, b });
		if (plain.kind !== 'estimate' || adjusted.kind !== 'estimate') throw new Error('expected estimates');
		golden({ ...number, what: 'Wald difference', expected: 0.35 }, plain.value);
		golden({ ...number, what: 'Wald difference, standard error', expected: 0.1061838 }, plain.standardError);
		golden({ ...number, what: 'Wald difference, p', expected: 0.00098012 }, plain.pValue);
		golden({ ...number, what: 'adjusted difference', expected: 0.3398058 }, adjusted.adjusted);
		golden(
			{ ...number, what: 'adjusted difference, standard error', expected: 0.1050073 },
			adjusted.standardError,
		);
		golden({ ...number, what: 'adjusted difference, low', expected: 0.1339952 }, adjusted.low);
		golden({ ...number, what: 'adjusted difference, high', expected: 0.5456164 }, adjusted.high);
		golden({ ...number, what: 'adjusted difference, p', expected: 0.00121209 }, adjusted.pValue);
	});

	test('swapped flip the sign', () => {
		fc.assert(
			fc.property(anyAnswers, anyAnswers, (first, second) => {
				const one = npsDifference({ a: first, b: second });
				const other = npsDifference({ a: second, b: first });
				if (one.kind !== 'estimate' || other.kind !== 'estimate') throw new Error();
				expect(other.value).toBeCloseTo(-one.value, 12);
				expect(other.low).toBeCloseTo(-one.high, 12);
				expect(other.pValue).toBeCloseTo(one.pValue, 12);
			}),
			{ seed: 1 },
		);
	});

	test('of two unanimous groups are refused by plain Wald and answered by the adjusted one', () => {
		const unanimous = counts(0, 0, 5);
		expect(npsDifference({ a: unanimous, b: unanimous, method: 'wald' })).toMatchObject({ kind: 'too-few' });
		expect(npsDifference({ a: unanimous, b: unanimous })).toMatchObject({ kind: 'estimate', value: 0 });
		expect(npsDifference({ a, b: counts(0, 0, 0) })).toEqual({ kind: 'too-few', n: 0, needed: 1 });
	});

	test('of the same people are compared by person: steady answers give a narrower interval', () => {
		const steady = npsPairedDifference({
			transitions: [
				[20, 2, 1],
				[1, 30, 3],
				[0, 2, 41],
			],
		});
		const margins = npsDifference({ a: counts(21, 34, 45), b: counts(23, 34, 43) });
		if (steady.kind !== 'estimate' || margins.kind !== 'estimate') throw new Error('expected estimates');
		expect(steady.value).toBeCloseTo(margins.value, 12);
		expect(steady.high - steady.low).toBeLessThan(0.6 * (margins.high - margins.low));
		expect(
			npsPairedDifference({
				transitions: [
					[0, 0, 0],
					[0, 0, 0],
					[0, 0, 0],
				],
			}),
		).toEqual({ kind: 'too-few', n: 0, needed: 1 });
	});
});

describe('the trend of an NPS', () => {
	const file = 'nps/brendan_r_nps_testdata.csv';

	test.skipIf(!hasReference(file))('over twelve months agrees with R', () => {
		const months = new Map<number, { detractors: number; passives: number; promoters: number }>();
		for (const { REC, date } of referenceRows(file)) {
			const time = Number(date?.slice(5, 7));
			const month = months.get(time) ?? { detractors: 0, passives: 0, promoters: 0 };
			const answer = Number(REC);
			if (answer <= 6) month.detractors += 1;
			else if (answer <= 8) month.passives += 1;
			else month.promoters += 1;
			months.set(time, month);
		}
		const trend = npsTrend({ periods: [...months].map(([time, month]) => ({ time, ...month })) });
		if (trend.kind !== 'estimate') throw new Error('expected an estimate');
		expect(trend.n).toBe(1000);
		const number = {
			family: 'scores',
			origin: 'R 4.2.2 on brendan_r_nps_testdata.csv by month',
			tolerance: 1e-9,
		};
		golden({ ...number, what: 'trend, r', expected: -0.0317848481 }, trend.linearByLinear.correlation);
		golden({ ...number, what: 'trend, M²', expected: 1.009266292 }, trend.linearByLinear.chiSquare);
		golden({ ...number, what: 'trend, p', expected: 0.3150786768 }, trend.linearByLinear.pValue);
		golden({ ...number, what: 'trend, weighted slope', expected: -0.008436851666 }, trend.value);
		golden({ ...number, what: 'trend, slope standard error', expected: 0.008214881488 }, trend.standardError);
		golden({ ...number, what: 'trend, slope z', expected: -1.027020497 }, trend.value / trend.standardError);
		expect(trend.nonLinear.degreesOfFreedom).toBe(10);
	});

	test('needs two times, and a unanimous month does not swallow the others', () => {
		expect(npsTrend({ periods: [{ time: 1, ...counts(1, 2, 3) }] })).toEqual({
			kind: 'too-few',
			n: 1,
			needed: 2,
		});
		const trend = npsTrend({
			periods: [
				{ time: 1, ...counts(30, 30, 40) },
				{ time: 2, ...counts(0, 0, 2) },
				{ time: 3, ...counts(20, 30, 50) },
			],
		});
		if (trend.kind !== 'estimate') throw new Error('expected an estimate');
		expect(trend.value).toBeGreaterThan(0.05);
		expect(trend.value).toBeLessThan(0.15);
		expect(trend.standardError).toBeGreaterThan(0);
	});

	test('turns round when time turns round', () => {
		fc.assert(
			fc.property(fc.array(anyAnswers, { minLength: 2, maxLength: 8 }), periods => {
				const forward = npsTrend({ periods: periods.map((period, time) => ({ time, ...period })) });
				const backward = npsTrend({ periods: periods.map((period, time) => ({ time: -time, ...period })) });
				if (forward.kind !== 'estimate' || backward.kind !== 'estimate') throw new Error();
				expect(backward.value).toBeCloseTo(-forward.value, 9);
				expect(backward.linearByLinear.chiSquare).toBeCloseTo(forward.linearByLinear.chiSquare, 6);
			}),
			{ seed: 1 },
		);
	});
});

describe('beliefs about an NPS', () => {
	test('match the closed form of the posterior and repeat with the seed', () => {
		const belief = npsCredible({ ...counts(10, 20, 70), seed: 3 });
		expect(belief.value).toBeCloseTo(60 / 101.5, 12);
		// The posterior is near normal here: limits within a Monte-Carlo error or so of mean ± 1.96 sd.
		expect(Math.abs(belief.high - belief.value - 1.96 * belief.standardDeviation)).toBeLessThan(0.015);
		expect(npsCredible({ ...counts(10, 20, 70), seed: 3 })).toEqual(belief);
		expect(npsCredible({ ...counts(0, 0, 0), seed: 1 }).value).toBe(0);
	});
});

describe('a weighted NPS', () => {
	const weighted = (n: number, weight: number) => ({
		n,
		sumWeights: n * weight,
		sumSquaredWeights: n * weight ** 2,
	});

	test('with equal weights is the plain one, its variance with n − 1', () => {
		const one = weightedNps({
			detractors: weighted(10, 3),
			passives: weighted(20, 3),
			promoters: weighted(70, 3),
		});
		if (one.kind !== 'estimate') throw new Error('expected an estimate');
		expect(one.value).toBeCloseTo(0.6, 12);
		expect(one.effectiveN).toBeCloseTo(100, 9);
		expect(one.standardError).toBeCloseTo(Math.sqrt(0.44 / 99), 12);
	});

	test('of one class only still has a width', () => {
		const one = weightedNps({
			detractors: weighted(0, 1),
			passives: weighted(0, 1),
			promoters: weighted(10, 2),
		});
		expect(one).toMatchObject({ value: 1, high: 1 });
		if (one.kind === 'estimate') expect(one.low).toBeCloseTo(0.4449344, 6);
	});
});
