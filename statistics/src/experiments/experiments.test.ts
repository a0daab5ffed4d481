import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { hasReference, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { ancova } from './ancova.ts';
import { type Arm, meanArm, proportionArm } from './arm.ts';
import { confidenceSequence, sequenceRho } from './confidence-sequence.ts';
import { cuped, type PrePostSums } from './cuped.ts';
import { fiellerLift } from './fieller.ts';
import { quantileArm } from './quantile-arm.ts';
import { ratioArm } from './ratio-arm.ts';
import { sampleRatio } from './sample-ratio.ts';
import { type EffectEstimate, welch } from './welch.ts';

const gbstats = 'gbstats (GrowthBook) unit tests and reference run';
const check = (what: string, expected: number, actual: unknown, tolerance = 1e-9, origin = gbstats): void =>
	golden({ family: 'experiments', what, origin, expected, tolerance, relative: true }, actual);

type Printed = { value?: number; low: number; high?: number; p?: number; standardError?: number };
function checkEffect(
	what: string,
	printed: Printed,
	actual: ReturnType<typeof welch>,
	tolerance = 1e-9,
): void {
	if (actual.kind !== 'estimate') throw new Error(`${what} was refused`);
	for (const key of ['value', 'low', 'high', 'p', 'standardError'] as const) {
		const expected = printed[key];
		if (expected !== undefined) check(`${what}, ${key}`, expected, actual[key], tolerance);
	}
}

const treatment = meanArm({ sum: 2422.7, sumOfSquares: 134698.29, n: 3461 });
const conversions = {
	control: proportionArm({ successes: 200, n: 2000 }),
	treatment: proportionArm({ successes: 250, n: 2000 }),
};

test('a fixed-horizon comparison gives the effect, interval and p of the reference, absolute and relative', () => {
	const arms = { control: meanArm({ sum: 1396.87, sumOfSquares: 52377.9767, n: 3407 }), treatment };
	checkEffect(
		'Welch absolute',
		{
			value: 0.29,
			low: 0.04537789255929009,
			high: 0.5346221074407098,
			p: 0.020158402643587037,
			standardError: 0.12478363158758794,
		},
		welch(arms),
	);
	checkEffect(
		'Welch relative',
		{
			value: 0.7073170731707317,
			low: -0.03526008906611777,
			high: 1.449894235407581,
			p: 0.06191182745618362,
			standardError: 0.3787943616681428,
		},
		welch(arms, { scale: 'relative' }),
	);
	checkEffect(
		'200 against 250 of 2000 relative',
		{ low: 0.030802378070927977, high: 0.4691976219290719, p: 0.025402800445711637 },
		welch(conversions, { scale: 'relative' }),
	);
	checkEffect(
		'200 against 250 of 2000 absolute',
		{ low: 0.00542502644348148, high: 0.04457497355651851, p: 0.012322650128767432 },
		welch(conversions),
	);
});

test('the confidence sequence is the one of the reference, however it is tuned', () => {
	const arms = { control: meanArm({ sum: 1396.87, sumOfSquares: 52377.9767, n: 3000 }), treatment };
	checkEffect(
		'sequential N* 1000 relative',
		{ value: 0.5033610858562358, low: -0.5584405051077315, high: 1.5651626768202032, p: 1 },
		confidenceSequence(arms, { expectedUnits: 1000, scale: 'relative' }),
	);
	checkEffect(
		'sequential N* 5000 absolute',
		{
			value: 0.23437666666666668,
			low: -0.16011652842982782,
			high: 0.6288698618631612,
			p: 0.7601250075467714,
		},
		confidenceSequence(arms, { expectedUnits: 5000 }),
		// The upper limit is known to ten digits.
		2e-10,
	);
	checkEffect(
		'sequential N* 6461 absolute',
		{ low: -0.15968698278820243, high: 0.6284403161215357, p: 0.7032372297370376 },
		confidenceSequence(arms, { expectedUnits: 6461 }),
	);
	checkEffect(
		'sequential shares N* 5000 relative',
		{
			value: 0.5038633516821496,
			low: 0.4009784966859415,
			high: 0.6067482066783576,
			p: 5.174716682839778e-44,
		},
		confidenceSequence(
			{
				control: proportionArm({ successes: 1396, n: 3000 }),
				treatment: proportionArm({ successes: 2422, n: 3461 }),
			},
			{ scale: 'relative' },
		),
	);
	checkEffect(
		'sequential 200 against 250 of 2000',
		{ low: -0.005356194113322242, high: 0.05535619411332223, p: 0.18069333777375365 },
		confidenceSequence(conversions),
	);
	checkEffect(
		'sequential one-sided relative',
		{ low: -0.42356454602790883 },
		confidenceSequence(arms, { alternative: 'greater', scale: 'relative' }),
	);
	checkEffect(
		'sequential one-sided absolute',
		{ low: -0.12656844172804982 },
		confidenceSequence(arms, { alternative: 'greater' }),
	);
	checkEffect(
		'sequential one-sided absolute (p found by halving)',
		{ low: -0.12656844172804982, p: 0.46316491943359384 },
		confidenceSequence(arms, { alternative: 'greater' }),
		// The reference searches its one-sided p by halving and stops at four digits.
		5e-4,
	);
	check('ρ(0.05, 5000)', 0.039840066771, sequenceRho(0.05, 5000));
	check('ρ(0.05, 1000)', 0.089085097529, sequenceRho(0.05, 1000), 1e-11);
	const halfWidths = {
		100: 0.6694388617066039,
		1000: 0.10637547006557505,
		5000: 0.042924337188268456,
		20000: 0.022112036165461417,
	};
	for (const [n, expected] of Object.entries(halfWidths)) {
		// Unit variance of the effect × n: both arms with n/2 units of variance ¼.
		const arm: Arm = { n: Number(n) / 2, mean: 0, variance: 0.25 };
		const sequence = confidenceSequence({ control: arm, treatment: arm });
		check(`half-width at n ${n}`, expected, sequence.kind === 'estimate' && sequence.high);
	}
});

test.skipIf(!hasReference('ab/anorexia.csv'))('CUPED takes the weight before off the weight after', () => {
	const arm = (name: string): PrePostSums => {
		const rows = referenceRows('ab/anorexia.csv').filter(row => row.Treat === name);
		const sum = (of: (pre: number, post: number) => number): number =>
			rows.reduce((total, row) => total + of(Number(row.Prewt), Number(row.Postwt)), 0);
		return {
			n: rows.length,
			sum: sum((_, post) => post),
			sumOfSquares: sum((_, post) => post * post),
			preSum: sum(pre => pre),
			preSumOfSquares: sum(pre => pre * pre),
			products: sum((pre, post) => pre * post),
		};
	};
	const control = arm('Cont');
	const expected = {
		FT: {
			theta: 0.33568822857314146,
			value: 8.825248796170378,
			standardError: 2.1466115227873126,
			p: 0.0003455347108821,
		},
		CBT: {
			theta: 0.3487815597988128,
			value: 4.194051642853694,
			standardError: 1.777710377446908,
			p: 0.022223705722394405,
		},
	};
	const raw = {
		FT: [9.386425339366511, 2.256279697270761],
		CBT: [4.588859416445587, 1.8085967014454207],
	} as const;
	for (const name of ['FT', 'CBT'] as const) {
		const adjusted = cuped({ control, treatment: arm(name) });
		const effect = welch(adjusted);
		if (effect.kind !== 'estimate') throw new Error('refused');
		check(`CUPED anorexia Cont against ${name}, theta`, expected[name].theta, adjusted.theta);
		check(`CUPED anorexia Cont against ${name}, effect`, expected[name].value, effect.value);
		check(
			`CUPED anorexia Cont against ${name}, standard error`,
			expected[name].standardError,
			effect.standardError,
		);
		check(`CUPED anorexia Cont against ${name}, p`, expected[name].p, effect.p);
		const unadjusted = welch({ control: meanArm(control), treatment: meanArm(arm(name)) });
		if (unadjusted.kind !== 'estimate') throw new Error('refused');
		check(`anorexia Cont against ${name}, raw effect`, raw[name][0], unadjusted.value);
		check(`anorexia Cont against ${name}, raw standard error`, raw[name][1], unadjusted.standardError);
		expect(adjusted.varianceReduction).toBeCloseTo(
			1 - (effect.standardError / unadjusted.standardError) ** 2,
			9,
		);
	}
	const effect = welch(cuped({ control, treatment: arm('CBT') }));
	if (effect.kind !== 'estimate') throw new Error('refused');
	// The reference's quantile of t carries seven digits at fractional degrees of freedom.
	check('CUPED anorexia Cont against CBT, low', 0.6241882691130285, effect.low, 1e-8);
	check('CUPED anorexia Cont against CBT, high', 7.763915016594359, effect.high, 1e-8);
});

test.skipIf(!hasReference('ab/anorexia.csv'))('ANCOVA over all three arms is R’s', () => {
	const rows = referenceRows('ab/anorexia.csv').map(row => ({
		arm: row.Treat ?? '',
		before: [Number(row.Prewt)],
		outcome: Number(row.Postwt),
	}));
	const fit = ancova(rows, { control: 'Cont' });
	if (fit.kind !== 'ancova') throw new Error('refused');
	const origin = 'R lm(Postwt ~ Prewt + Treat), MASS::anorexia';
	const printed = { CBT: [4.0970655281, 1.893492607], FT: [8.660128181, 2.1931494116] } as const;
	for (const { arm, effect } of fit.effects) {
		if (arm !== 'CBT' && arm !== 'FT') throw new Error(`unexpected arm ${arm}`);
		check(`ANCOVA anorexia ${arm}`, printed[arm][0], effect.value, 1e-9, origin);
		check(`ANCOVA anorexia ${arm}, standard error`, printed[arm][1], effect.standardError, 1e-9, origin);
	}
	check('ANCOVA anorexia slope', 0.4344611504, fit.slopes[0], 1e-9, origin);
	expect(() => ancova(rows, { control: 'Nobody' })).toThrow('control must be an arm in rows, got Nobody');
});

test('a sample ratio mismatch is found before anything else is read', () => {
	const kohavi = 'Fabijan et al., KDD 2019; R chisq.test';
	const p = (counts: number[], weights?: number[]) => {
		const result = sampleRatio(counts, weights ? { weights } : {});
		return result.kind === 'test' && result.p;
	};
	check('SRM 821,588 : 815,482', 1.8217928726191858e-6, p([821588, 815482]), 1e-9, kohavi);
	check('SRM 1000 : 1200', 2.007865612426481e-5, p([1000, 1200]), 1e-9);
	check('SRM 5000 : 5100', 0.3197181768128675, p([5000, 5100]), 1e-9);
	check('SRM 480 : 270 : 250 of 2 : 1 : 1', 0.3011942119122021, p([480, 270, 250], [0.5, 0.25, 0.25]), 1e-9);
	expect(sampleRatio([3, 4])).toEqual({ kind: 'too-few', n: 7, needed: 10 });
	expect(() => sampleRatio([30, 40], { weights: [1, 0] })).toThrow('weights must be above 0, got 0');
});

const arm = fc.record({
	n: fc.integer({ min: 2, max: 5000 }),
	mean: fc.double({ min: 0.5, max: 20, noNaN: true }),
	variance: fc.double({ min: 0.1, max: 30, noNaN: true }),
});
const estimateOf = (result: ReturnType<typeof welch>): EffectEstimate => {
	if (result.kind !== 'estimate') throw new Error(`refused: ${result.kind}`);
	return result;
};

test('swapping the arms flips the sign of the absolute effect and nothing else', () => {
	fc.assert(
		fc.property(arm, arm, (a, b) => {
			for (const compare of [welch, confidenceSequence]) {
				const there = estimateOf(compare({ control: a, treatment: b }));
				const back = estimateOf(compare({ control: b, treatment: a }));
				expect(there.value).toBeCloseTo(-back.value, 9);
				expect(there.low).toBeCloseTo(-back.high, 9);
				expect(there.p).toBeCloseTo(back.p, 9);
			}
		}),
	);
});

test('looking every day costs width: the sequence holds the fixed-horizon interval inside', () => {
	fc.assert(
		fc.property(arm, arm, fc.integer({ min: 100, max: 100_000 }), (a, b, expectedUnits) => {
			const arms = { control: { ...a, n: a.n + 50 }, treatment: { ...b, n: b.n + 50 } };
			const once = estimateOf(welch(arms));
			const always = estimateOf(confidenceSequence(arms, { expectedUnits }));
			expect(always.low).toBeLessThan(once.low);
			expect(always.high).toBeGreaterThan(once.high);
			// The always-valid p is below α exactly when the interval leaves out no effect.
			expect(always.p < 0.05).toBe(always.low > 0 || always.high < 0);
		}),
	);
});

test('Fieller agrees with the delta method when the control is far from 0 and refuses when it could be 0', () => {
	const control: Arm = { n: 1e6, mean: 10, variance: 4 };
	const lifted: Arm = { n: 1e6, mean: 11, variance: 4 };
	const delta = estimateOf(welch({ control, treatment: lifted }, { scale: 'relative' }));
	const exact = estimateOf(fiellerLift({ control, treatment: lifted }));
	expect(exact.low).toBeCloseTo(delta.low, 6);
	expect(exact.high).toBeCloseTo(delta.high, 6);
	const rare: Arm = { n: 50, mean: 0.01, variance: 0.0099 };
	expect(fiellerLift({ control: rare, treatment: rare })).toMatchObject({ kind: 'not-converged' });
});

test('a ratio metric with one visit per customer is the mean metric', () => {
	const values = [1, 4, 2, 8, 5, 7];
	const sum = values.reduce((total, value) => total + value, 0);
	const sumOfSquares = values.reduce((total, value) => total + value * value, 0);
	const ratio = ratioArm({
		n: 6,
		numerator: sum,
		numeratorSquares: sumOfSquares,
		denominator: 6,
		denominatorSquares: 6,
		products: sum,
	});
	const mean = meanArm({ n: 6, sum, sumOfSquares });
	expect(ratio.mean).toBeCloseTo(mean.mean, 12);
	expect(ratio.variance).toBeCloseTo(mean.variance, 12);
});

test('a quantile metric is as uncertain as the density of its values says', () => {
	const dice = new Random(11);
	const values = Array.from({ length: 20_000 }, () => dice.normal());
	const median = quantileArm(values, { quantile: 0.5 });
	// Asymptotic standard error of a normal median: √(π/2) σ / √n.
	expect(Math.sqrt(median.variance / median.n)).toBeCloseTo(Math.sqrt(Math.PI / 2 / 20_000), 3);
	const doubled = quantileArm([...values, ...values], {
		quantile: 0.5,
		units: [...values, ...values].map((_, i) => `${i % values.length}`),
	});
	// The same customers twice are not twice as many customers.
	expect(doubled.n).toBe(20_000);
	expect(Math.sqrt(doubled.variance / doubled.n)).toBeCloseTo(Math.sqrt(median.variance / median.n), 3);
});

test('an adjustment by something unrelated changes nothing, by the metric itself removes everything', () => {
	const sums = { n: 4, sum: 10, sumOfSquares: 30 };
	const constant: PrePostSums = { ...sums, preSum: 12, preSumOfSquares: 36, products: 30 };
	expect(cuped({ control: constant, treatment: constant })).toMatchObject({ theta: 0, varianceReduction: 0 });
	const itself: PrePostSums = { ...sums, preSum: 10, preSumOfSquares: 30, products: 30 };
	expect(cuped({ control: itself, treatment: itself }).varianceReduction).toBeCloseTo(1, 12);
});

test('what cannot be compared is refused by name', () => {
	const one: Arm = { n: 1, mean: 1, variance: 0 };
	const many: Arm = { n: 50, mean: 1, variance: 1 };
	expect(welch({ control: one, treatment: many })).toEqual({ kind: 'too-few', n: 1, needed: 2 });
	const still: Arm = { n: 50, mean: 1, variance: 0 };
	expect(welch({ control: still, treatment: still })).toMatchObject({ kind: 'not-converged' });
	const zero: Arm = { n: 50, mean: 0, variance: 1 };
	expect(welch({ control: zero, treatment: many }, { scale: 'relative' })).toMatchObject({
		kind: 'not-converged',
	});
	expect(() => proportionArm({ successes: 5, n: 4 })).toThrow('successes must be at most n (4), got 5');
	expect(() => welch({ control: many, treatment: many }, { level: 2 })).toThrow('level must be between');
	expect(() => quantileArm([1, 2], { quantile: 1 })).toThrow('quantile must be between 0 and 1, got 1');
});
