import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasReference, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { asymmetricGaps, disconfirmation } from './disconfirmation.ts';
import { gap } from './gap.ts';
import { regress } from './regression.ts';
import { responseSurface } from './response-surface.ts';
import { satisfactionIndex, weightedGaps } from './weighted-gaps.ts';

const check = (what: string, expected: number, tolerance: number, actual: unknown): void =>
	golden(
		{ family: 'expectations', what, origin: 'R lm, t.test on acsi2015_slim', expected, tolerance },
		actual,
	);

describe.skipIf(!hasReference('survey/acsi2015_slim.csv'))('American customer satisfaction, 2015', () => {
	const items = [
		'SATIS',
		'CONFIRM',
		'IDEAL',
		'OVERALLX',
		'CUSTOMX',
		'WRONGX',
		'OVERALLQ',
		'CUSTOMQ',
		'WRONGQ',
		'PQ',
		'QP',
		'REPUR',
	];
	/** People who answered every item; 98 and 99 are the codes for not answering. */
	const complete = () =>
		referenceRows('survey/acsi2015_slim.csv').filter(row =>
			items.every(item => row[item] !== '' && Number(row[item]) <= 10),
		);
	const answers = (rows: Record<string, string>[], item: string): number[] =>
		rows.map(row => Number(row[item]));

	test('means and the index are those of R', () => {
		const rows = complete();
		expect(rows).toHaveLength(7422);
		const printed = { SATIS: 7.838183778, CONFIRM: 7.08838588, OVERALLX: 8.287658313, OVERALLQ: 8.114928591 };
		for (const [item, expected] of Object.entries(printed)) {
			const values = answers(rows, item);
			check(`mean ${item}`, expected, 1e-8, values.reduce((sum, value) => sum + value, 0) / values.length);
		}
		const index = (industry: string): unknown => {
			const own = rows.filter(row => row.INDUSTRY === industry);
			const result = satisfactionIndex(
				['SATIS', 'CONFIRM', 'IDEAL'].map(item => ({ answers: answers(own, item) })),
			);
			return result.kind === 'estimate' && result.value;
		};
		check('index, food', 78.3256757, 1e-6, index('1001'));
		check('index, airlines', 68.46369836, 1e-6, index('3003'));
		check('index, internet providers', 61.12749918, 1e-6, index('3013'));
		check('index, banks', 75.04617478, 1e-6, index('5001'));
	});

	test('gaps between expectation and experience are those of the paired test', () => {
		const rows = complete();
		const of = (name: string) => {
			const result = gap({ expected: answers(rows, `${name}X`), experienced: answers(rows, `${name}Q`) });
			if (result.kind !== 'estimate') throw new Error('too few');
			return result;
		};
		const overall = of('OVERALL');
		check('gap overall', -0.1727297224, 1e-9, overall.value);
		check('gap overall, standard deviation', 1.646111599, 1e-8, overall.standardDeviation);
		check('gap overall, t', -9.039996763, 1e-7, overall.t);
		check('gap overall, below', 0.2669091889, 1e-9, overall.below.kind === 'estimate' && overall.below.value);
		check('gap overall, met', 0.4876044193, 1e-9, overall.met.kind === 'estimate' && overall.met.value);
		check('gap overall, above', 0.2454863918, 1e-9, overall.above.kind === 'estimate' && overall.above.value);
		check('gap customisation', -0.206009162, 1e-9, of('CUSTOM').value);
		check('gap customisation, t', -11.48669907, 1e-7, of('CUSTOM').t);
		check('gap reliability', 0.05335489086, 1e-9, of('WRONG').value);
		check('gap reliability, t', 1.950184665, 1e-8, of('WRONG').t);
	});

	test('satisfaction follows expectation and gap, losses weigh more, and the surface says how', () => {
		const rows = complete();
		const people = {
			satisfaction: answers(rows, 'SATIS'),
			expected: answers(rows, 'OVERALLX'),
			experienced: answers(rows, 'OVERALLQ'),
		};
		const linear = disconfirmation(people);
		if (linear.kind !== 'disconfirmation') throw new Error('refused');
		check('disconfirmation, intercept', 0.001994121152, 1e-9, linear.intercept.value);
		check('disconfirmation, expectation', 0.964517359595, 1e-9, linear.expectation.value);
		check('disconfirmation, gap', 0.911254035266, 1e-9, linear.gap.value);
		check('disconfirmation, R²', 0.6934802145, 1e-9, linear.rSquared);
		const apart = asymmetricGaps(people);
		if (apart.kind !== 'asymmetric-gaps') throw new Error('refused');
		check('asymmetric gaps, intercept', 0.1862896619, 1e-9, apart.intercept.value);
		check('asymmetric gaps, expectation', 0.9480828183, 1e-9, apart.expectation.value);
		check('asymmetric gaps, gain', 0.8309849901, 1e-9, apart.gain.value);
		check('asymmetric gaps, loss', 0.9420846161, 1e-9, apart.loss.value);
		check('asymmetric gaps, R²', 0.6944069542, 1e-9, apart.rSquared);
		expect(apart.lossAversion.low).toBeGreaterThan(0);
		const surface = responseSurface(people);
		if (surface.kind !== 'response-surface') throw new Error('refused');
		check('response surface, intercept', 5.32353321997, 1e-9, surface.intercept.value);
		check('response surface, E', 0.10455688173, 1e-9, surface.expected.value);
		check('response surface, P', 0.82749066199, 1e-9, surface.experienced.value);
		check('response surface, E²', -0.02502482704, 1e-9, surface.expectedSquared.value);
		check('response surface, EP', 0.019718005, 1e-9, surface.product.value);
		check('response surface, P²', 0.01391351048, 1e-9, surface.experiencedSquared.value);
		check('response surface, R²', 0.6957533476, 1e-9, surface.rSquared);
		expect(surface.differenceScore.p).toBeLessThan(1e-6);
	});

	test('disconfirmation asked directly is not the computed gap', () => {
		const rows = complete();
		const stated = answers(rows, 'CONFIRM');
		const expected = answers(rows, 'OVERALLX');
		const gaps = answers(rows, 'OVERALLQ').map((value, i) => value - (expected[i] ?? 0));
		const fit = regress({ one: stated.map(() => 1), stated }, gaps);
		if (fit.kind !== 'regression') throw new Error('refused');
		check('correlation of stated and computed disconfirmation', 0.3979, 5e-5, Math.sqrt(fit.rSquared));
	});
});

const answer = fc.integer({ min: 1, max: 10 });
const person = fc.tuple(answer, answer, answer);

test('calling expectation experience and the reverse flips the gap', () => {
	fc.assert(
		fc.property(fc.array(person, { minLength: 2, maxLength: 40 }), people => {
			const expected = people.map(([e]) => e);
			const experienced = people.map(([, p]) => p);
			const one = gap({ expected, experienced });
			const other = gap({ expected: experienced, experienced: expected });
			if (one.kind !== 'estimate' || other.kind !== 'estimate') throw new Error('too few');
			expect(one.value).toBeCloseTo(-other.value, 12);
			expect(one.below).toEqual(other.above);
		}),
	);
});

test('the asymmetric model contains the symmetric one and never explains less', () => {
	fc.assert(
		fc.property(fc.array(person, { minLength: 60, maxLength: 90 }), people => {
			const answers = {
				satisfaction: people.map(([, , s]) => s),
				expected: people.map(([e]) => e),
				experienced: people.map(([, p]) => p),
			};
			const [linear, apart, surface] = [
				disconfirmation(answers),
				asymmetricGaps(answers),
				responseSurface(answers),
			];
			if (linear.kind !== 'disconfirmation') return;
			if (apart.kind === 'asymmetric-gaps') {
				expect(apart.rSquared).toBeGreaterThanOrEqual(linear.rSquared - 1e-9);
				expect(apart.lossAversion.value).toBeCloseTo(apart.loss.value - apart.gain.value, 9);
			}
			if (surface.kind === 'response-surface') {
				expect(surface.rSquared).toBeGreaterThanOrEqual(linear.rSquared - 1e-9);
			}
		}),
		{ numRuns: 30 },
	);
});

test('weighted gaps add up to their contributions and refuse weights that are not shares of 100', () => {
	const dimensions = [
		{ name: 'reliability', weight: 60, expected: [7, 6, 8], experienced: [6, 6, 7] },
		{ name: 'empathy', weight: 40, expected: [5, 5, 5], experienced: [6, 7, 6] },
	];
	const { score, dimensions: parts } = weightedGaps(dimensions);
	if (score.kind !== 'estimate') throw new Error('too few');
	expect(parts.reduce((sum, part) => sum + part.contribution, 0)).toBeCloseTo(score.value, 12);
	expect(() => weightedGaps(dimensions.slice(0, 1))).toThrow('weights must sum to 100, got 60');
});

test('the index stays within 0…100 and does not see the unit of the weights', () => {
	fc.assert(
		fc.property(fc.array(person, { minLength: 2, maxLength: 30 }), people => {
			const items = [0, 1, 2].map(i => ({ answers: people.map(each => each[i] ?? 1), weight: i + 1 }));
			const one = satisfactionIndex(items);
			const other = satisfactionIndex(items.map(item => ({ ...item, weight: item.weight * 7 })));
			if (one.kind !== 'estimate' || other.kind !== 'estimate') throw new Error('too few');
			expect(one.low).toBeGreaterThanOrEqual(0);
			expect(one.high).toBeLessThanOrEqual(100);
			expect(one.value).toBeCloseTo(other.value, 9);
		}),
	);
});

test('what cannot be answered is refused by name', () => {
	expect(gap({ expected: [1], experienced: [2] })).toEqual({ kind: 'too-few', n: 1, needed: 2 });
	expect(() => gap({ expected: [1], experienced: [] })).toThrow(
		'experienced must be as long as expected (1), got 0',
	);
	const same = new Array<number>(50).fill(5);
	expect(disconfirmation({ satisfaction: same, expected: same, experienced: same })).toMatchObject({
		kind: 'not-converged',
	});
	expect(responseSurface({ satisfaction: [1], expected: [1], experienced: [1] })).toEqual({
		kind: 'too-few',
		n: 1,
		needed: 60,
	});
	expect(() => satisfactionIndex([{ answers: [11] }])).toThrow('answers must be between 1 and 10, got 11');
});
