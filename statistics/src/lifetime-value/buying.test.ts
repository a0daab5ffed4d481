import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { bgBbLikelihood, fitBgBb } from './bg-bb.ts';
import { bgBbDiscountedOccasions, bgBbFutureOccasions } from './bg-bb-prediction.ts';
import { type BgNbdParameters, bgNbdLikelihood, bgNbdParameters, type Dropout, fitBgNbd } from './bg-nbd.ts';
import {
	expectedFuturePurchases,
	expectedPurchases,
	probabilityAlive,
	purchaseProbability,
} from './bg-nbd-prediction.ts';
import { type BuyingPattern, groupBuyers } from './buying-pattern.ts';
import { contractLosses } from './contract-cohort.ts';
import { discountedValue } from './discounted-value.ts';
import { expectedSpend, fitGammaGamma, spendIndependence } from './gamma-gamma.ts';
import { predictionInterval, withNumericGradient } from './maximum-likelihood.ts';
import { contractSurvival, fitShiftedBetaGeometric } from './shifted-beta-geometric.ts';

/** Customers as BG/NBD or MBG/NBD says they behave, seen for up to 60 weeks, times in whole weeks. */
export function simulatedBuyers(n: number, p: BgNbdParameters, seed: number): BuyingPattern[] {
	const random = new Random(seed);
	const buyers = Array.from({ length: n }, () => {
		const age = 40 + random.int(20);
		const rate = random.gamma(p.r) / p.alpha;
		const leave = random.beta(p.a, p.b);
		let [repeats, recency, time] = [0, 0, 0];
		let alive = !(p.dropout === 'after-any' && random.uniform() < leave);
		while (alive) {
			time += random.exponential(rate);
			if (time > age) break;
			repeats += 1;
			recency = time;
			alive = random.uniform() >= leave;
		}
		return { repeats, recency, age };
	});
	return groupBuyers(buyers);
}

const parameters = fc.record({
	r: fc.double({ min: 0.1, max: 5, noNaN: true }),
	alpha: fc.double({ min: 0.5, max: 30, noNaN: true }),
	a: fc.double({ min: 0.2, max: 4, noNaN: true }),
	b: fc.double({ min: 0.2, max: 6, noNaN: true }),
	dropout: fc.constantFrom<Dropout>('after-repeat', 'after-any'),
});

describe('BG/NBD and MBG/NBD', () => {
	test('the derivatives of the likelihood are those of its values', () => {
		const patterns = simulatedBuyers(60, { r: 0.5, alpha: 6, a: 0.8, b: 2.4, dropout: 'after-any' }, 4);
		fc.assert(
			fc.property(parameters, p => {
				const likelihood = bgNbdLikelihood(patterns, p.dropout);
				const at = [p.r, p.alpha, p.a, p.b];
				const { gradient } = likelihood(at);
				for (const [j, x] of at.entries()) {
					const h = 1e-5 * x;
					const moved = (t: number): number => likelihood(at.map((y, k) => (k === j ? t : y))).value;
					const numeric = (moved(x + h) - moved(x - h)) / (2 * h);
					expect(Math.abs((gradient[j] ?? 0) - numeric)).toBeLessThan(1e-4 * (1 + Math.abs(numeric)));
				}
			}),
		);
	});

	test('probabilities of all counts sum to one, and their mean is the expected number of purchases', () => {
		fc.assert(
			fc.property(parameters, fc.double({ min: 0.5, max: 20, noNaN: true }), (p, time) => {
				let [mass, mean] = [0, 0];
				for (let k = 0; k < 3000 && mass < 1 - 1e-13; k++) {
					const chance = purchaseProbability(p, k, time);
					mass += chance;
					mean += k * chance;
				}
				expect(mass).toBeCloseTo(1, 6);
				expect(Math.abs(mean / expectedPurchases(p, time) - 1)).toBeLessThan(1e-5);
			}),
			{ numRuns: 40 },
		);
	});

	test('nothing breaks at a = 1 and below a + b = 1, where the closed form has no value', () => {
		for (const dropout of ['after-repeat', 'after-any'] as const) {
			const at = (a: number, b: number): number => expectedPurchases({ r: 0.7, alpha: 5, a, b, dropout }, 30);
			expect(at(1, 2)).toBeCloseTo((at(0.999, 2) + at(1.001, 2)) / 2, 5);
			expect(at(1 + 1e-9, 2)).toBeCloseTo(at(1, 2), 9);
			expect(at(0.3, 0.4)).toBeGreaterThan(at(0.35, 0.4));
			// The integral that replaces the closed form joins it without a step.
			expect(at(0.5, 0.5001)).toBeCloseTo((at(0.5, 0.4999) + at(0.5, 0.5003)) / 2, 6);
		}
	});

	test('a longer silence lowers the chance to be alive; more time ahead means more purchases', () => {
		fc.assert(
			fc.property(parameters, fc.integer({ min: 1, max: 20 }), (p, repeats) => {
				const alive = [10, 15, 30].map(age => probabilityAlive(p, { repeats, recency: 10, age }));
				expect(alive[0]).toBeGreaterThanOrEqual(alive[1] ?? 2);
				expect(alive[1]).toBeGreaterThanOrEqual(alive[2] ?? 2);
				const history = { repeats, recency: 10, age: 12 };
				const near = expectedFuturePurchases(p, history, 5);
				expect(near).toBeGreaterThanOrEqual(0);
				expect(expectedFuturePurchases(p, history, 10)).toBeGreaterThanOrEqual(near);
			}),
		);
	});

	test('the unit of time does not change what is found', () => {
		const weeks = simulatedBuyers(1500, { r: 0.4, alpha: 5, a: 0.8, b: 2.5, dropout: 'after-any' }, 21);
		const seconds = weeks.map(p => ({ ...p, recency: p.recency * 604800, age: p.age * 604800 }));
		const [one, two] = [fitBgNbd(weeks), fitBgNbd(seconds)];
		if (one.kind !== 'model-fit' || two.kind !== 'model-fit') throw new Error('no fit');
		expect(two.parameters.alpha / one.parameters.alpha / 604800).toBeCloseTo(1, 4);
		expect(two.parameters.b / one.parameters.b).toBeCloseTo(1, 4);
	});

	test('grouping customers changes nothing, and their order neither', () => {
		const patterns = simulatedBuyers(800, { r: 0.6, alpha: 5, a: 0.8, b: 2.5, dropout: 'after-repeat' }, 22);
		const apart = patterns
			.flatMap(p => Array.from({ length: p.customers }, () => ({ ...p, customers: 1 })))
			.reverse();
		const at = [0.5, 4, 0.7, 2];
		const grouped = bgNbdLikelihood(patterns, 'after-repeat')(at).value;
		expect(bgNbdLikelihood(apart, 'after-repeat')(at).value).toBeCloseTo(grouped, 8);
	});

	test('the interval of a prediction holds its value and narrows with more customers', () => {
		const truth = { r: 0.5, alpha: 6, a: 0.8, b: 2.4, dropout: 'after-any' } as const;
		const widths = [500, 8000].map(n => {
			const fit = fitBgNbd(simulatedBuyers(n, truth, 5));
			if (fit.kind !== 'model-fit') throw new Error(JSON.stringify(fit));
			const found = predictionInterval(fit, bgNbdParameters, p => expectedPurchases(p, 52), { seed: 1 });
			if (found.kind !== 'estimate') throw new Error(found.kind);
			expect(found.low).toBeLessThan(found.value);
			expect(found.high).toBeGreaterThan(found.value);
			return found.high - found.low;
		});
		expect(widths[1]).toBeLessThan((widths[0] ?? 0) / 2);
	});

	test('a model without evidence is an answer with its reason', () => {
		expect(fitBgNbd([{ repeats: 0, recency: 0, age: 9, customers: 500 }]).kind).toBe('not-converged');
		expect(() => fitBgNbd([{ repeats: 1, recency: 10, age: 9, customers: 1 }])).toThrow(
			/recency must be between 0 and the age 9/,
		);
		expect(() => fitBgNbd([{ repeats: 0, recency: 1, age: 9, customers: 1 }])).toThrow(/without repeats/);
		expect(() =>
			probabilityAlive(
				{ r: -1, alpha: 1, a: 1, b: 1, dropout: 'after-any' },
				{ repeats: 0, recency: 0, age: 1 },
			),
		).toThrow(/r must be/);
		// Everybody buys like clockwork and nobody leaves: leaving cannot be fitted.
		const steady = simulatedBuyers(400, { r: 50, alpha: 100, a: 1e-9, b: 5, dropout: 'after-repeat' }, 6);
		const found = fitBgNbd(steady, { dropout: 'after-repeat' });
		expect(found.kind === 'not-converged' ? found.reason : found.kind).toMatch(
			/runs to|cannot be told apart/,
		);
	});
});

describe('other models', () => {
	test('BG/BB chances of all records sum to one', () => {
		let mass = 0;
		// Records of equal (taken, last) are C(last − 1, taken − 1) sequences.
		const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
		for (let last = 0; last <= 6; last++) {
			for (let taken = last === 0 ? 0 : 1; taken <= last; taken++) {
				const chance = Math.exp(
					bgBbLikelihood([{ taken, last, offered: 6, customers: 1 }])([0.9, 1.3, 0.6, 2.2]).value,
				);
				mass += chance * (last === 0 ? 1 : choose(last - 1, taken - 1));
			}
		}
		expect(mass).toBeCloseTo(1, 12);
	});

	test('the derivatives of the BG/BB likelihood are those of its values', () => {
		const likelihood = bgBbLikelihood([
			{ taken: 0, last: 0, offered: 6, customers: 9 },
			{ taken: 2, last: 3, offered: 6, customers: 4 },
			{ taken: 3, last: 5, offered: 5, customers: 2 },
		]);
		const at = [0.9, 1.3, 0.6, 2.2];
		const { gradient } = likelihood(at);
		const { gradient: numeric } = withNumericGradient(values => likelihood(values).value)(at);
		for (const [j, slope] of gradient.entries()) expect(slope).toBeCloseTo(numeric[j] ?? Number.NaN, 6);
	});

	test('discounted occasions are the discounted sum of single occasions', () => {
		const p = { alpha: 0.9, beta: 1.3, gamma: 0.6, delta: 2.2 };
		const history = { taken: 2, last: 3, offered: 5 };
		let sum = 0;
		let before = 0;
		for (let ahead = 1; ahead <= 400; ahead++) {
			const until = bgBbFutureOccasions(p, history, ahead);
			sum += (until - before) / 1.1 ** ahead;
			before = until;
		}
		expect(bgBbDiscountedOccasions(p, history, 0.1)).toBeCloseTo(sum, 9);
		expect(() => bgBbFutureOccasions(p, { taken: 4, last: 3, offered: 5 }, 1)).toThrow(/taken must be/);
		expect(fitBgBb([{ taken: 1, last: 1, offered: 2, customers: 5 }])).toEqual({
			kind: 'too-few',
			n: 5,
			needed: 100,
		});
	});

	test('spend is drawn towards everybody’s mean, less so with more purchases', () => {
		const model = { p: 6.25, q: 3.74, v: 15.44 };
		const everybody = expectedSpend(model, { repeats: 0, meanSpend: 0 }) ?? 0;
		const spends = [1, 5, 50].map(repeats => expectedSpend(model, { repeats, meanSpend: 100 }) ?? 0);
		expect(everybody).toBeLessThan(spends[0] ?? 0);
		expect(spends[0]).toBeLessThan(spends[1] ?? 0);
		expect(spends[1]).toBeLessThan(spends[2] ?? 0);
		expect(spends[2]).toBeLessThan(100);
		expect(expectedSpend({ p: 1, q: 0.5, v: 1 }, { repeats: 0, meanSpend: 0 })).toBeUndefined();
	});

	test('Gamma–Gamma finds the parameters that made the data, and sees independent spend as such', () => {
		const random = new Random(12);
		const patterns = Array.from({ length: 6000 }, () => {
			const repeats = 1 + random.poisson(2);
			const level = random.gamma(4) / 20;
			return { repeats, meanSpend: random.gamma(5 * repeats) / level / repeats, customers: 1 };
		});
		const fit = fitGammaGamma(patterns);
		if (fit.kind !== 'model-fit') throw new Error(JSON.stringify(fit));
		expect(fit.low.p).toBeLessThan(5);
		expect(fit.high.p).toBeGreaterThan(5);
		expect(fit.parameters.q).toBeCloseTo(4, 0);
		const relation = spendIndependence(patterns);
		expect(relation.kind === 'estimate' && relation.low < 0 && relation.high > 0).toBe(true);
		expect(() => fitGammaGamma([{ repeats: 0, meanSpend: 5, customers: 1 }])).toThrow(/repeats must be/);
	});

	test('a contract curve that never falls, or grows, is refused', () => {
		expect(fitShiftedBetaGeometric([[100, 100, 100]]).kind).toBe('not-converged');
		expect(() => contractLosses([[10, 12]])).toThrow(/must not grow/);
		expect(() => contractSurvival({ alpha: 1, beta: 1 }, 1.5)).toThrow(/whole number/);
	});

	test('value grows with margin and falls with discount', () => {
		const value = {
			purchasesWithin: (t: number) => Math.sqrt(t),
			spend: 20,
			periods: 12,
			periodLength: 1,
			discount: 0.01,
		};
		expect(discountedValue({ ...value, margin: 0.5 })).toBeCloseTo(discountedValue(value) / 2, 12);
		expect(discountedValue({ ...value, discount: 0.05 })).toBeLessThan(discountedValue(value));
		expect(discountedValue({ ...value, discount: 0 })).toBeCloseTo(20 * Math.sqrt(12), 10);
		expect(() => discountedValue({ ...value, margin: 2 })).toThrow(/margin must be between 0 and 1, got 2/);
	});
});
