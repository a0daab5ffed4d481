import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logBeta } from '../numerics/special-functions.ts';
import { golden } from '../validation.ts';
import { meanArm, proportionArm } from './arm.ts';
import { betaBinomial, probabilityGreater } from './beta-binomial.ts';
import { type BayesEffect, normalBayes } from './normal-bayes.ts';
import { detectableDifference, powerOfMeans, powerOfShares, unitsForMeans, unitsForShares } from './power.ts';

const check = (what: string, expected: number, tolerance: number, origin: string, actual: unknown): void =>
	golden({ family: 'experiments', what, origin, expected, tolerance }, actual);

test('the normal belief about an effect is that of the reference, with and without a prior', () => {
	const origin = 'gbstats (GrowthBook) unit tests, 5 decimals';
	const compare = (
		what: string,
		printed: readonly number[],
		actual: ReturnType<typeof normalBayes>,
	): void => {
		if (actual.kind !== 'estimate') throw new Error('refused');
		const keys: (keyof BayesEffect)[] = [
			'value',
			'low',
			'high',
			'chanceToWin',
			'riskOfControl',
			'riskOfTreatment',
		];
		for (const [i, key] of keys.entries())
			check(`${what}, ${key}`, printed[i] ?? 0, 5.01e-6, origin, actual[key]);
	};
	const shares = {
		control: proportionArm({ successes: 49, n: 100 }),
		treatment: proportionArm({ successes: 51, n: 100 }),
	};
	compare(
		'Bayes 49 against 51 of 100, relative',
		[0.04082, -0.24779, 0.32943, 0.60918, 0.0814, 0.04058],
		normalBayes(shares, { scale: 'relative' }),
	);
	const means = {
		control: meanArm({ sum: 100, sumOfSquares: 1002.25, n: 10 }),
		treatment: meanArm({ sum: 105, sumOfSquares: 1111.5, n: 10 }),
	};
	compare(
		'Bayes means 10 against 10.5, flat',
		[0.05, -0.02, 0.12, 0.91923, 0.05131, 0.00131],
		normalBayes(means, { scale: 'relative' }),
	);
	compare(
		'Bayes means 10 against 10.5, prior N(0.1, 0.1)',
		[0.05063, -0.01893, 0.12019, 0.92315, 0.05186, 0.00123],
		normalBayes(means, { scale: 'relative', prior: { mean: 0.1, variance: 0.1 } }),
	);
	const absolute = normalBayes({
		control: proportionArm({ successes: 200, n: 2000 }),
		treatment: proportionArm({ successes: 250, n: 2000 }),
	});
	if (absolute.kind !== 'estimate') throw new Error('refused');
	check('Bayes 200 against 250 of 2000, chance', 0.9938586305138113, 1e-9, origin, absolute.chanceToWin);
	check(
		'Bayes 200 against 250 of 2000, risk of control',
		0.025019768614919006,
		1e-9,
		origin,
		absolute.riskOfControl,
	);
	check(
		'Bayes 200 against 250 of 2000, risk of treatment',
		1.9768614919009935e-5,
		1e-12,
		origin,
		absolute.riskOfTreatment,
	);
});

const beta = fc.record({ a: fc.integer({ min: 1, max: 200 }), b: fc.integer({ min: 1, max: 200 }) });

test('the chance to win is the finite sum of the formula, and one of the two wins', () => {
	fc.assert(
		fc.property(beta, beta, (a, b) => {
			let sum = 0;
			for (let i = 0; i < b.a; i += 1) {
				sum += Math.exp(
					logBeta(a.a + i, a.b + b.b) - Math.log(b.b + i) - logBeta(1 + i, b.b) - logBeta(a.a, a.b),
				);
			}
			expect(probabilityGreater(a, b)).toBeCloseTo(sum, 9);
			expect(probabilityGreater(a, b) + probabilityGreater(b, a)).toBeCloseTo(1, 9);
		}),
	);
});

test('the difference of the two risks is the expected difference of the rates', () => {
	const count = fc.record({
		n: fc.integer({ min: 1, max: 500 }),
		share: fc.double({ min: 0, max: 1, noNaN: true }),
	});
	fc.assert(
		fc.property(count, count, (a, b) => {
			const belief = betaBinomial({
				control: { n: a.n, successes: Math.round(a.n * a.share) },
				treatment: { n: b.n, successes: Math.round(b.n * b.share) },
			});
			if (belief.kind !== 'estimate') throw new Error('refused');
			expect(belief.riskOfControl - belief.riskOfTreatment).toBeCloseTo(belief.value, 9);
			expect(belief.low).toBeLessThan(belief.high);
			expect(belief.low).toBeGreaterThanOrEqual(-1);
			expect(belief.high).toBeLessThanOrEqual(1);
		}),
		{ numRuns: 25 },
	);
});

test('with much data the exact belief and the normal one agree', () => {
	const control = { successes: 20_000, n: 200_000 };
	const treatment = { successes: 20_400, n: 200_000 };
	for (const scale of ['absolute', 'relative'] as const) {
		const exact = betaBinomial({ control, treatment }, { scale });
		const normal = normalBayes(
			{ control: proportionArm(control), treatment: proportionArm(treatment) },
			{ scale },
		);
		if (exact.kind !== 'estimate' || normal.kind !== 'estimate') throw new Error('refused');
		// The linearised relative effect is a little less normal than the absolute one.
		expect(exact.chanceToWin).toBeCloseTo(normal.chanceToWin, scale === 'absolute' ? 3 : 2);
		expect(exact.low).toBeCloseTo(normal.low, 3);
		expect(exact.high).toBeCloseTo(normal.high, 3);
	}
	expect(betaBinomial({ control: { successes: 0, n: 0 }, treatment })).toEqual({
		kind: 'too-few',
		n: 0,
		needed: 1,
	});
	expect(() => betaBinomial({ control, treatment }, { prior: { a: 0.5, b: 1 } })).toThrow(
		'prior.a must be a whole number',
	);
});

test('power and sample sizes are those R prints', () => {
	const origin = 'R power.t.test, power.prop.test (documentation examples)';
	check(
		'power of 20 per arm, d 1',
		0.8689528,
		1e-6,
		origin,
		powerOfMeans({ difference: 1, standardDeviation: 1 }, 20),
	);
	check(
		'units for power 0.9, d 1',
		22.0211,
		1e-4,
		origin,
		unitsForMeans({ difference: 1, standardDeviation: 1 }, 0.9),
	);
	check(
		'power of 50 per arm, 50 % against 75 %',
		0.7401659,
		1e-6,
		origin,
		powerOfShares({ baseline: 0.5, treatment: 0.75 }, 50),
	);
	check(
		'units for power 0.9, 50 % against 75 %',
		76.7,
		0.05,
		origin,
		unitsForShares({ baseline: 0.5, treatment: 0.75 }, 0.9),
	);
});

test('the units asked for have the power asked for, and the difference they can find is the one planned', () => {
	fc.assert(
		fc.property(
			fc.double({ min: 0.05, max: 2, noNaN: true }),
			fc.double({ min: 0.5, max: 0.99, noNaN: true }),
			(difference, power) => {
				const plan = { difference, standardDeviation: 1 };
				const units = unitsForMeans(plan, power);
				if (typeof units !== 'number') throw new Error(units.reason);
				if (units > 2) expect(powerOfMeans(plan, units)).toBeCloseTo(power, 6);
				if (units > 2) expect(detectableDifference(plan, units, power)).toBeCloseTo(difference, 5);
			},
		),
		{ numRuns: 20 },
	);
	expect(unitsForMeans({ difference: 1e-9, standardDeviation: 1 })).toMatchObject({ kind: 'not-converged' });
	expect(() => unitsForMeans({ difference: 0, standardDeviation: 1 })).toThrow('difference must not be 0');
	expect(() => unitsForShares({ baseline: 0.5, treatment: 0.5 })).toThrow(
		'treatment must differ from baseline',
	);
});
