import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { golden } from '../validation.ts';
import { calibrationError } from './calibration-error.ts';
import { classifierQuality, confusionOf, qualityFigures } from './classifier-quality.ts';
import { calibratedProbability, isotonicCalibration } from './isotonic-calibration.ts';
import { binaryBrier, brierScore, logLoss, rankingQuality } from './probability-scores.ts';
import { atTemperature, fitTemperature } from './temperature.ts';

const booleans = (outcomes: readonly number[]): boolean[] => outcomes.map(Boolean);
const twoClasses = (p: number): number[] => [1 - p, p];
const ten = {
	y: [0, 0, 1, 0, 1, 1, 1, 0, 1, 1],
	p: [0.05, 0.15, 0.35, 0.42, 0.55, 0.61, 0.72, 0.78, 0.88, 0.95],
};

function figure(answer: { kind: string; value?: number }): number | undefined {
	return answer.kind === 'estimate' ? answer.value : undefined;
}

describe('a classifier', () => {
	// VADER's calls on 14,640 airline tweets; scikit-learn 1.2.1 on the same matrix.
	test('has the figures scikit-learn gives for the airline tweets', () => {
		const confusion = [
			[4034, 1427, 3717],
			[363, 989, 1747],
			[68, 145, 2150],
		];
		const { accuracy, macroF1, weightedF1, kappa, mcc, classes } = qualityFigures(confusion);
		const number = {
			family: 'agreement',
			origin: 'scikit-learn 1.2.1, VADER on airline tweets',
			tolerance: 1e-10,
		};
		golden({ ...number, what: 'accuracy', expected: 0.48995901639344264 }, accuracy);
		golden({ ...number, what: 'macro-F1', expected: 0.4572755933492005 }, macroF1);
		golden({ ...number, what: 'weighted F1', expected: 0.5142754576000723 }, weightedF1);
		golden({ ...number, what: 'kappa', expected: 0.25847350977360417 }, kappa);
		golden({ ...number, what: 'Matthews correlation', expected: 0.31193500885573494 }, mcc);
		for (const [k, expected] of [0.59136554, 0.34946996, 0.43099128].entries()) {
			golden({ ...number, what: `F1 of class ${k}`, expected, tolerance: 5e-9 }, classes[k]?.f1);
		}
	});

	test('that calls everything the commonest class has the majority figures', () => {
		const majority = qualityFigures([
			[9178, 0, 0],
			[3099, 0, 0],
			[2363, 0, 0],
		]);
		const number = {
			family: 'agreement',
			origin: 'scikit-learn 1.2.1, majority class of airline tweets',
			tolerance: 5e-5,
		};
		golden({ ...number, what: 'majority accuracy', expected: 0.6269 }, majority.accuracy);
		golden({ ...number, what: 'majority macro-F1', expected: 0.2569 }, majority.macroF1);
		expect(majority.mcc).toBe(0);
		expect(majority.kappa).toBe(0);
	});

	test('has the macro-F1 of the scikit-learn documentation', () => {
		const confusion = confusionOf({ truth: [0, 1, 2, 0, 1, 2], called: [0, 2, 1, 0, 0, 1], classes: 3 });
		const number = { family: 'agreement', origin: 'scikit-learn documentation, f1_score', tolerance: 1e-12 };
		const figures = qualityFigures(confusion);
		golden({ ...number, what: 'macro-F1, documentation', expected: 0.26666666666666666 }, figures.macroF1);
		golden({ ...number, what: 'micro-F1, documentation', expected: 0.3333333333333333 }, figures.accuracy);
	});

	test('gets intervals that hold its figures and narrow when the cases repeat', () => {
		const confusion = [
			[40, 10, 3],
			[5, 45, 9],
			[2, 6, 30],
		];
		const one = classifierQuality({ confusion, seed: 1 });
		const four = classifierQuality({ confusion: confusion.map(row => row.map(x => 4 * x)), seed: 1 });
		if (one.kind !== 'quality' || four.kind !== 'quality') throw new Error('expected quality');
		for (const name of ['accuracy', 'macroF1', 'weightedF1', 'kappa', 'mcc'] as const) {
			expect(one[name].low).toBeLessThan(one[name].value);
			expect(one[name].high).toBeGreaterThan(one[name].value);
			expect(four[name].value).toBeCloseTo(one[name].value, 12);
			expect(four[name].high - four[name].low).toBeLessThan(0.65 * (one[name].high - one[name].low));
		}
		expect(
			classifierQuality({
				confusion: [
					[1, 0],
					[0, 1],
				],
				seed: 1,
			}),
		).toEqual({ kind: 'too-few', n: 2, needed: 10 });
		expect(() => confusionOf({ truth: [3], called: [0], classes: 3 })).toThrow(
			'classes must be between 0 and 2',
		);
	});

	test('keeps its figures when classes are renamed', () => {
		const cell = fc.nat({ max: 40 });
		fc.assert(
			fc.property(fc.array(cell, { minLength: 9, maxLength: 9 }), cells => {
				fc.pre(cells.reduce((sum, x) => sum + x, 0) > 0);
				const rows = [cells.slice(0, 3), cells.slice(3, 6), cells.slice(6)];
				const renamed = [2, 0, 1].map(i => [2, 0, 1].map(j => rows[i]?.[j] ?? 0));
				const [one, other] = [qualityFigures(rows), qualityFigures(renamed)];
				expect(other.macroF1).toBeCloseTo(one.macroF1, 12);
				expect(other.mcc).toBeCloseTo(one.mcc, 12);
				expect(other.kappa).toBeCloseTo(one.kappa, 12);
				expect(Math.abs(one.mcc)).toBeLessThanOrEqual(1 + 1e-12);
			}),
			{ seed: 1 },
		);
	});
});

describe('probabilities', () => {
	test('have the Brier score of the scikit-learn documentation, and twice it over both classes', () => {
		const p = [0.1, 0.9, 0.8, 0.3];
		const binary = binaryBrier({ probabilities: p, outcomes: booleans([0, 1, 1, 0]) });
		const both = brierScore({ probabilities: p.map(twoClasses), truth: [0, 1, 1, 0] });
		golden(
			{
				family: 'agreement',
				what: 'Brier',
				origin: 'scikit-learn documentation, brier_score_loss',
				expected: 0.0375,
				tolerance: 1e-12,
			},
			figure(binary),
		);
		expect(figure(both)).toBeCloseTo(0.075, 12);
	});

	test('of ten cases have the scores scikit-learn gives', () => {
		const number = { family: 'agreement', origin: 'scikit-learn 1.2.1, ten cases', tolerance: 1e-12 };
		const outcomes = booleans(ten.y);
		const probabilities = ten.p;
		golden(
			{ ...number, what: 'Brier, ten cases', expected: 0.16822 },
			figure(binaryBrier({ probabilities, outcomes })),
		);
		const loss = logLoss({ probabilities: probabilities.map(twoClasses), truth: ten.y });
		golden({ ...number, what: 'log loss, ten cases', expected: 0.49222533118953227 }, figure(loss));
		const area = rankingQuality({ scores: probabilities, outcomes });
		golden({ ...number, what: 'AUC, ten cases', expected: 0.7916666666666667 }, figure(area));
		const five = calibrationError({ probabilities, outcomes, bins: 5, seed: 1 });
		const tenBins = calibrationError({ probabilities, outcomes, bins: 10, seed: 1 });
		if (five.kind !== 'calibration' || tenBins.kind !== 'calibration')
			throw new Error('expected calibration');
		golden({ ...number, what: 'ECE, 5 groups', expected: 0.116 }, five.expected.value);
		golden({ ...number, what: 'largest error, 5 groups', expected: 0.65 }, five.largest);
		golden({ ...number, what: 'ECE, 10 groups', expected: 0.278 }, tenBins.expected.value);
	});

	test('have the reliability curve of the scikit-learn documentation', () => {
		const probabilities = [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1];
		const outcomes = booleans([0, 0, 0, 0, 1, 1, 1, 1, 1]);
		const error = calibrationError({ probabilities, outcomes, bins: 3, seed: 1 });
		if (error.kind !== 'calibration') throw new Error('expected calibration');
		const number = {
			family: 'agreement',
			origin: 'scikit-learn documentation, calibration_curve',
			tolerance: 1e-10,
		};
		for (const [k, expected] of [0, 0.5, 1].entries()) {
			golden({ ...number, what: `happened in group ${k}`, expected }, error.curve[k]?.happened.value);
		}
		for (const [k, expected] of [0.2, 0.525, 0.85].entries()) {
			golden({ ...number, what: `predicted in group ${k}`, expected }, error.curve[k]?.predicted);
		}
		golden({ ...number, what: 'ECE, 3 groups', expected: 0.1388888889 }, error.expected.value);
		golden({ ...number, what: 'largest error, 3 groups', expected: 0.2 }, error.largest);
	});

	test('in groups of equal size are spread evenly', () => {
		const random = new Random(4);
		const probabilities = Array.from({ length: 300 }, () => random.uniform() ** 3);
		const outcomes = probabilities.map(p => random.uniform() < p);
		const error = calibrationError({ probabilities, outcomes, bins: 10, grouping: 'equal-mass', seed: 1 });
		if (error.kind !== 'calibration') throw new Error('expected calibration');
		expect(error.curve.map(group => group.happened.n)).toEqual(new Array(10).fill(30));
		expect(error.expected.value).toBeLessThan(0.1);
	});

	test('rank alike whatever rising change of scale the scores get', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.boolean()), { minLength: 8, maxLength: 60 }),
				cases => {
					const outcomes = cases.map(([, happened]) => happened);
					const area = (scale: (x: number) => number): number | undefined =>
						figure(rankingQuality({ scores: cases.map(([x]) => scale(x)), outcomes }));
					const plain = area(x => x);
					expect(area(x => Math.exp(x) - 3)).toEqual(plain);
					const turned = area(x => -x);
					if (plain !== undefined) expect(turned).toBeCloseTo(1 - plain, 12);
				},
			),
			{ seed: 1 },
		);
	});
});

describe('confidence', () => {
	const overconfident = (temperature: number, seed: number) => {
		const random = new Random(seed);
		const logits = Array.from({ length: 4000 }, () => [
			random.normal(0, 2),
			random.normal(0, 2),
			random.normal(0, 2),
		]);
		const truth = logits.map(row => {
			const p = atTemperature(row, temperature);
			const u = random.uniform();
			return u < (p[0] ?? 0) ? 0 : u < (p[0] ?? 0) + (p[1] ?? 0) ? 1 : 2;
		});
		return { logits, truth };
	};

	test('is put right by the temperature it was made with', () => {
		const fitted = fitTemperature(overconfident(2.5, 1));
		if (fitted.kind !== 'temperature') throw new Error('expected a temperature');
		expect(fitted.temperature).toBeGreaterThan(2.3);
		expect(fitted.temperature).toBeLessThan(2.7);
		expect(fitted.lossAfter).toBeLessThan(fitted.lossBefore);
	});

	test('that is already right, never wrong or always wrong is told apart', () => {
		const fitted = fitTemperature(overconfident(1, 2));
		if (fitted.kind !== 'temperature') throw new Error('expected a temperature');
		expect(fitted.temperature).toBeGreaterThan(0.93);
		expect(fitted.temperature).toBeLessThan(1.07);
		const logits = Array.from({ length: 30 }, () => [2, -2]);
		expect(fitTemperature({ logits, truth: logits.map(() => 0) })).toMatchObject({ kind: 'not-converged' });
		expect(fitTemperature({ logits, truth: logits.map(() => 1) })).toMatchObject({ kind: 'not-converged' });
		expect(fitTemperature({ logits: logits.slice(0, 5), truth: [0, 0, 0, 0, 1] })).toMatchObject({
			kind: 'too-few',
		});
	});

	test('calibrated by a rising line lies within 0…1, never falls and keeps the mean', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1e6 }), seed => {
				const random = new Random(seed);
				const scores = Array.from({ length: 200 }, () => Math.round(random.normal(0, 10)));
				const outcomes = scores.map(x => random.uniform() < 1 / (1 + Math.exp(-x / 6)));
				const line = isotonicCalibration({ scores, outcomes });
				if (line.kind !== 'calibration-line') throw new Error('expected a line');
				const fitted = scores.map(score => calibratedProbability(line, score));
				const mean = fitted.reduce((sum, p) => sum + p, 0) / 200;
				expect(mean).toBeCloseTo(outcomes.filter(Boolean).length / 200, 9);
				const grid = Array.from({ length: 80 }, (_, i) => calibratedProbability(line, i - 40));
				grid.forEach((p, i) => {
					expect(p).toBeGreaterThanOrEqual((grid[i - 1] ?? 0) - 1e-12);
					expect(p).toBeLessThanOrEqual(1);
				});
			}),
			{ seed: 1, numRuns: 20 },
		);
	});
});
