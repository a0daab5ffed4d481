import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasReference, referenceRows } from '../reference-files.ts';
import type { Sums } from '../scores/mean-interval.ts';
import { golden } from '../validation.ts';
import { classWeightedMean } from './class-weighting.ts';
import { doubleSamplingMean, followUpShare } from './double-sampling.ts';
import { augmentedMean, doublyRobustMean } from './doubly-robust.ts';
import { haterAdjustedNps } from './hater-adjusted-nps.ts';
import { inversePropensityMean } from './inverse-propensity.ts';
import { boundedDifference, manskiBounds, monotoneBounds } from './response-bounds.ts';
import { responsePropensities } from './response-propensity.ts';
import { calibratedTilt, tiltedMean } from './tilt.ts';
import { trimWeights } from './trim-weights.ts';

const sumsOf = (values: readonly number[]): Sums => ({
	n: values.length,
	sum: values.reduce((a, x) => a + x, 0),
	sumOfSquares: values.reduce((a, x) => a + x * x, 0),
});

/** Real answers with a response rule of ours: the less satisfied, the less likely to answer. */
function acsi(): { satisfaction: number; code: number; responded: boolean }[] {
	const answered = (cell: string | undefined): number | undefined =>
		cell === undefined || cell === '' || Number(cell) > 10 ? undefined : Number(cell);
	const complete = referenceRows('survey/acsi2015_slim.csv').flatMap(row => {
		const [satisfaction, again] = [answered(row.SATIS), answered(row.REPUR)];
		return satisfaction === undefined || again === undefined ? [] : [{ satisfaction, again }];
	});
	return complete.map(({ satisfaction, again }, i) => ({
		satisfaction,
		code: again >= 9 ? 1 : again <= 6 ? -1 : 0,
		responded: i % 10 < (satisfaction <= 6 ? 2 : satisfaction <= 8 ? 4 : 6),
	}));
}

describe('real answers of which the unhappy half was silenced', () => {
	const hasAnswers = hasReference('survey/acsi2015_slim.csv');
	const people = hasAnswers ? acsi() : [];
	const answers = people.filter(person => person.responded);
	const silent = people.filter(person => !person.responded);
	const codes = answers.map(person => person.code);
	const truth = people.reduce((sum, person) => sum + person.code, 0) / people.length;
	const record = (what: string, expected: number, tolerance: number, actual: number): void =>
		golden(
			{
				family: 'nonresponse',
				origin: 'R survey 4.1.1 on ACSI 2015, response rule ours',
				what,
				expected,
				tolerance,
			},
			actual,
		);

	test.skipIf(!hasAnswers)(
		'give the naive score and the bounds of the reference, which hold the truth',
		() => {
			expect(people).toHaveLength(7822);
			expect(answers).toHaveLength(3497);
			record('true NPS', 0.2656609563, 1e-9, truth);
			const sums = sumsOf(codes);
			record('naive NPS', 0.4732627967, 1e-9, sums.sum / sums.n);
			const bounds = manskiBounds({ answers: sums, asked: people.length, scale: [-1, 1] });
			if (bounds.kind !== 'bounds') throw new Error('expected bounds');
			record('Manski low', -0.3413449246, 1e-9, bounds.low);
			record('Manski high', 0.7645103554, 1e-9, bounds.high);
			expect(bounds.low).toBeLessThan(truth);
			expect(bounds.high).toBeGreaterThan(truth);
		},
	);

	test.skipIf(!hasAnswers)('are put right by weighting classes', () => {
		const classOf = (satisfaction: number): number => (satisfaction <= 6 ? 0 : satisfaction <= 8 ? 1 : 2);
		const classes = [0, 1, 2].map(k => ({
			population: people.filter(person => classOf(person.satisfaction) === k).length,
			answers: sumsOf(
				answers.filter(person => classOf(person.satisfaction) === k).map(person => person.code),
			),
		}));
		const weighted = classWeightedMean({ classes });
		if (weighted.kind !== 'estimate') throw new Error('expected an estimate');
		record('class-weighted NPS', 0.2692272035, 1e-9, weighted.value);
		record(
			'class-weighted NPS, standard error, weights as given',
			0.0165598848,
			1e-9,
			weighted.standardErrorAsGiven,
		);
		record('class-weighted NPS, standard error, post-stratified', 0.010573671, 1e-9, weighted.standardError);
		expect(weighted.low).toBeLessThan(truth);
		expect(weighted.high).toBeGreaterThan(truth);
	});

	test.skipIf(!hasAnswers)('are put right by modelled propensities', () => {
		const propensity = responsePropensities({
			features: people.map(person => [person.satisfaction]),
			responded: people.map(person => person.responded),
		});
		if (propensity.kind !== 'propensities') throw new Error('expected propensities');
		record('logit intercept', -2.845256509, 1e-6, propensity.fit.coefficients[0] ?? 0);
		record('logit slope', 0.3300509925, 1e-7, propensity.fit.coefficients[1] ?? 0);
		const propensities = propensity.propensities.filter((_, i) => people[i]?.responded);
		const weighted = inversePropensityMean({ values: codes, propensities });
		if (weighted.kind !== 'estimate') throw new Error('expected an estimate');
		record('propensity-weighted NPS', 0.2461006228, 1e-7, weighted.value);
		record('propensity-weighted NPS, Kish n', 2600.032435, 1e-2, weighted.effectiveN);
		expect(weighted.low).toBeLessThan(truth);
		expect(weighted.high).toBeGreaterThan(truth);
	});

	test.skipIf(!hasAnswers)('are put right by following up every fifth silent person', () => {
		const followedUp = sumsOf(silent.filter((_, i) => i % 5 === 0).map(person => person.code));
		expect(followedUp.n).toBe(865);
		const measured = doubleSamplingMean({ answers: sumsOf(codes), silent: silent.length, followedUp });
		if (measured.kind !== 'estimate') throw new Error('expected an estimate');
		record('double sampling NPS', 0.2345947328, 1e-9, measured.value);
		record('double sampling, standard error by formula', 0.0167806, 5e-8, measured.standardError);
		// survey::twophase estimates the same variance in another way: 7e-7 apart.
		record('double sampling, standard error by survey::twophase', 0.0167798671, 1e-6, measured.standardError);
		expect(measured.low).toBeLessThan(truth);
		expect(measured.high).toBeGreaterThan(truth);
	});

	test.skipIf(!hasAnswers)('are put right by both models together', () => {
		const robust = doublyRobustMean({
			people: people.map(({ satisfaction, code, responded }) =>
				responded ? { features: [satisfaction], answer: code } : { features: [satisfaction] },
			),
		});
		if (robust.kind !== 'estimate') throw new Error('expected an estimate');
		expect(Math.abs(robust.value - truth)).toBeLessThan(0.03);
	});
});

describe('bounds', () => {
	const partial = fc
		.record({
			d: fc.nat({ max: 300 }),
			s: fc.nat({ max: 300 }),
			p: fc.nat({ max: 300 }),
			silent: fc.nat({ max: 900 }),
		})
		.filter(({ d, s, p }) => d + s + p >= 2)
		.map(({ d, s, p, silent }) => ({
			answers: { n: d + s + p, sum: p - d, sumOfSquares: p + d },
			asked: d + s + p + silent,
			scale: [-1, 1] as const,
		}));

	test('nest: each assumption narrows the one before, and the truth of any silence lies in the widest', () => {
		fc.assert(
			fc.property(
				partial,
				fc.double({ min: -1, max: 1, noNaN: true }),
				fc.double({ min: 0, max: 2, noNaN: true }),
				(asked, silentMean, gap) => {
					const widest = manskiBounds(asked);
					const monotone = monotoneBounds(asked);
					const gapped = boundedDifference({ ...asked, gap });
					if (widest.kind !== 'bounds' || monotone.kind !== 'bounds' || gapped.kind !== 'bounds')
						throw new Error();
					const truth = (asked.answers.sum + (asked.asked - asked.answers.n) * silentMean) / asked.asked;
					expect(truth).toBeGreaterThanOrEqual(widest.low - 1e-12);
					expect(truth).toBeLessThanOrEqual(widest.high + 1e-12);
					expect(monotone.low).toBeCloseTo(widest.low, 12);
					expect(monotone.high).toBeLessThanOrEqual(widest.high + 1e-12);
					expect(gapped.low).toBeGreaterThanOrEqual(monotone.low - 1e-12);
					expect(gapped.high).toBeCloseTo(monotone.high, 12);
					expect(widest.lowLimit).toBeLessThanOrEqual(widest.low);
					expect(widest.highLimit).toBeGreaterThanOrEqual(widest.high);
				},
			),
			{ seed: 1 },
		);
	});

	test('need two answers and an answer within the scale', () => {
		const one = { answers: { n: 1, sum: 1, sumOfSquares: 1 }, asked: 10, scale: [-1, 1] as const };
		expect(manskiBounds(one)).toEqual({ kind: 'too-few', n: 1, needed: 2 });
		const outside = { answers: { n: 2, sum: 9, sumOfSquares: 41 }, asked: 10, scale: [-1, 1] as const };
		expect(() => manskiBounds(outside)).toThrow('mean of the answers must be between -1 and 1, got 4.5');
	});
});

describe('corrections', () => {
	test('with everybody answering, every rung is the plain mean', () => {
		const answers = { n: 100, sum: 30, sumOfSquares: 70 };
		const weighted = classWeightedMean({ classes: [{ population: 100, answers }] });
		expect(weighted).toMatchObject({ value: 0.3, effectiveN: 100, responseRate: 1 });
		const tilted = tiltedMean({
			classes: [
				{
					answers: [
						{ answer: -1, count: 20 },
						{ answer: 0, count: 30 },
						{ answer: 1, count: 50 },
					],
					silent: 0,
				},
			],
			gamma: 3,
		});
		expect(tilted).toMatchObject({ value: 0.3 });
		if (tilted.kind === 'estimate')
			expect(tilted.standardError).toBeCloseTo(Math.sqrt((0.7 - 0.09) / 100), 12);
	});

	test('a stronger tilt lowers the score, and calibration finds the tilt that made the silent', () => {
		const classes = [
			{
				answers: [
					{ answer: -1, count: 30 },
					{ answer: 0, count: 40 },
					{ answer: 1, count: 30 },
				],
				silent: 200,
			},
			{
				answers: [
					{ answer: -1, count: 10 },
					{ answer: 0, count: 40 },
					{ answer: 1, count: 150 },
				],
				silent: 100,
			},
		];
		fc.assert(
			fc.property(fc.double({ min: -4, max: 4, noNaN: true }), gamma => {
				const weak = tiltedMean({ classes, gamma });
				const strong = tiltedMean({ classes, gamma: gamma + 0.1 });
				if (weak.kind !== 'estimate' || strong.kind !== 'estimate') throw new Error();
				expect(strong.value).toBeLessThan(weak.value);
				const found = calibratedTilt({ classes, silentMean: weak.silentMean });
				expect(typeof found).toBe('number');
				if (typeof found === 'number') expect(found).toBeCloseTo(gamma, 8);
			}),
			{ seed: 1, numRuns: 40 },
		);
		expect(calibratedTilt({ classes, silentMean: 2 })).toMatchObject({ kind: 'not-converged' });
	});

	test('trimming keeps the sum and raises the effective number', () => {
		const trimmed = trimWeights({ weights: [1, 1, 2, 2, 3, 3, 4, 40] });
		expect(trimmed.weights.reduce((sum, w) => sum + w)).toBeCloseTo(56, 9);
		expect(trimmed.effectiveNAfter).toBeGreaterThan(trimmed.effectiveNBefore);
		expect(trimWeights({ weights: [2, 2, 2, 2, 2, 9] }).trimmed).toBe(0);
	});

	test('an augmented mean is right when the model of the answer is, whatever the propensities', () => {
		const answers = [1, undefined, 3, undefined, 5];
		const predicted = [1, 2, 3, 4, 5];
		expect(augmentedMean({ predicted, answers, propensities: [0.9, 0.5, 0.2, 0.7, 0.1] })).toMatchObject({
			value: 3,
		});
	});

	test('following up is worth more of the silent the cheaper it is', () => {
		const plan = { variance: 1, silentVariance: 1, responseRate: 0.4 };
		const dear = followUpShare({ ...plan, costs: { mailing: 0.1, answer: 0.4, followUp: 40 } });
		const cheap = followUpShare({ ...plan, costs: { mailing: 0.1, answer: 0.4, followUp: 0.01 } });
		expect(dear).toBeLessThan(0.2);
		expect(cheap).toBe(1);
	});
});

describe('the Hater-adjusted NPS', () => {
	const classes = [
		{ detractors: 30, passives: 40, promoters: 30, silent: 300, gone: 100 },
		{ detractors: 20, passives: 80, promoters: 200, silent: 200, gone: 20 },
	];

	test('reports every rung, the lower ones inside the worst case', () => {
		const ladder = haterAdjustedNps({ classes, followUp: { detractors: 30, passives: 40, promoters: 30 } });
		if (ladder.kind !== 'ladder') throw new Error('expected a ladder');
		expect(ladder.responseRate).toBeCloseTo(400 / 900, 12);
		const rungs = [ladder.missingAtRandom, ladder.doubleSampling, ...ladder.tilts].map(rung => {
			if (rung?.kind !== 'estimate') throw new Error('expected an estimate');
			return rung.value;
		});
		for (const value of rungs) {
			expect(value).toBeGreaterThanOrEqual(ladder.worstCase.low);
			expect(value).toBeLessThanOrEqual(ladder.worstCase.high);
		}
		expect(ladder.tilts[1]).toMatchObject({ gamma: 0 });
		const atRandom = ladder.tilts[1];
		if (atRandom?.kind !== 'estimate' || ladder.missingAtRandom.kind !== 'estimate') throw new Error();
		expect(atRandom.value).toBeCloseTo(ladder.missingAtRandom.value, 12);
		expect(typeof ladder.neutralTilt).toBe('number');
		expect(typeof ladder.calibratedTilt).toBe('number');
		expect(ladder.haters).toMatchObject({ gone: 120, worstCase: { low: 0, high: 120 } });
	});

	test('without answers from a class says so on the rungs that need them, and still bounds', () => {
		const ladder = haterAdjustedNps({
			classes: [...classes, { detractors: 0, passives: 0, promoters: 0, silent: 50, gone: 50 }],
		});
		if (ladder.kind !== 'ladder') throw new Error('expected a ladder');
		expect(ladder.missingAtRandom).toEqual({ kind: 'too-few', n: 0, needed: 2 });
		expect(ladder.haters.missingAtRandom).toEqual({ kind: 'too-few', n: 0, needed: 1 });
		expect(ladder.worstCase.kind).toBe('bounds');
		expect(haterAdjustedNps({ classes: [] })).toMatchObject({ kind: 'too-few' });
	});

	test('refuses more people gone than silent', () => {
		const wrong = [{ detractors: 1, passives: 1, promoters: 1, silent: 2, gone: 3 }];
		expect(() => haterAdjustedNps({ classes: wrong })).toThrow(
			'classes[0].silent must be a whole number of at least 3, got 2',
		);
	});
});
