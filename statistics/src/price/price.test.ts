import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Estimate } from '../figure.ts';
import { Random } from '../numerics/random.ts';
import { hasReference, numericColumn, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { bestPriceOf, gaborGranger, gaborGrangerLadder } from './gabor-granger.ts';
import { newtonMillerSmith } from './newton-miller-smith.ts';
import type { IntentAnswers, PriceAnswers } from './price-answers.ts';
import { priceCrossings, priceCurves, priceGrid } from './price-curves.ts';
import { vanWestendorp } from './van-westendorp.ts';

const origin = 'pricesensitivitymeter 1.3.3';
const vignette = 'psm/psm_vignette_seed1976.csv';
const intents = 'psm/psm_nms_seed42.csv';

function priceAnswers(file: string): PriceAnswers[] {
	const rows = referenceRows(file);
	const column = (name: string): number[] => numericColumn(rows, name);
	const [tooCheap, cheap, expensive, tooExpensive] = [
		column('tch'),
		column('ch'),
		column('ex'),
		column('tex'),
	];
	return rows.map((_, i) => ({
		tooCheap: tooCheap[i] ?? 0,
		cheap: cheap[i] ?? 0,
		expensive: expensive[i] ?? 0,
		tooExpensive: tooExpensive[i] ?? 0,
	}));
}

function intentAnswers(file: string): IntentAnswers[] {
	const rows = referenceRows(file);
	const [cheap, expensive] = [numericColumn(rows, 'pi_cheap'), numericColumn(rows, 'pi_expensive')];
	return priceAnswers(file).map((answers, i) => ({
		...answers,
		intentCheap: cheap[i] ?? 0,
		intentExpensive: expensive[i] ?? 0,
	}));
}

function pointValue(point: { kind: string; value?: number } | undefined): number | undefined {
	return point?.kind === 'estimate' ? point.value : undefined;
}

describe('the price sensitivity meter', () => {
	test.skipIf(!hasReference(vignette))('finds the points of the package vignette', () => {
		const meter = vanWestendorp({ respondents: priceAnswers(vignette), seed: 1, draws: 200 });
		if (meter.kind !== 'price-sensitivity') throw new Error('expected a price sensitivity');
		expect([meter.n, meter.intransitive]).toEqual([46, 4]);
		const number = { family: 'price', origin: `${origin}, vignette seed 1976`, tolerance: 1e-8 };
		golden({ ...number, what: 'lower bound, vignette', expected: 9.56 }, pointValue(meter.lowerBound));
		golden({ ...number, what: 'upper bound, vignette', expected: 18.74 }, pointValue(meter.upperBound));
		golden({ ...number, what: 'indifference, vignette', expected: 14.91 }, pointValue(meter.indifference));
		golden({ ...number, what: 'optimal, vignette', expected: 10.14 }, pointValue(meter.optimal));
		golden(
			{ ...number, what: 'narrow lower bound, vignette', expected: 10.07 },
			pointValue(meter.narrowLowerBound),
		);
		golden(
			{ ...number, what: 'narrow upper bound, vignette', expected: 18.6 },
			pointValue(meter.narrowUpperBound),
		);
	});

	test.skipIf(!hasReference(intents))('finds the points of the larger data set', () => {
		const meter = vanWestendorp({ respondents: priceAnswers(intents), seed: 1, draws: 200 });
		if (meter.kind !== 'price-sensitivity') throw new Error('expected a price sensitivity');
		expect([meter.n, meter.intransitive]).toEqual([139, 111]);
		const number = { family: 'price', origin: `${origin}, 250 rows seed 42`, tolerance: 1e-8 };
		golden({ ...number, what: 'lower bound, 250 rows', expected: 9.53 }, pointValue(meter.lowerBound));
		golden({ ...number, what: 'upper bound, 250 rows', expected: 14.04333333 }, pointValue(meter.upperBound));
		golden(
			{ ...number, what: 'indifference, 250 rows', expected: 12.36666667 },
			pointValue(meter.indifference),
		);
		golden({ ...number, what: 'optimal, 250 rows', expected: 11.09 }, pointValue(meter.optimal));
		golden(
			{ ...number, what: 'narrow upper bound, 250 rows', expected: 13.59 },
			pointValue(meter.narrowUpperBound),
		);
		// One person each at 11.08: the curves meet there. The package sets a curve to 0 at its lowest price, however many
		// named it, and so says 11.085; with round prices that rule would hide whole groups of people.
		expect(pointValue(meter.narrowLowerBound)).toBe(11.08);
	});

	const sample = (seed: number, n: number): PriceAnswers[] => {
		const random = new Random(seed);
		return Array.from({ length: n }, () => {
			const sorted = Array.from({ length: 4 }, (_, k) => Math.round(8 * k + random.normal(20, 5)));
			const [tooCheap = 0, cheap = 0, expensive = 0, tooExpensive = 0] = sorted;
			return { tooCheap, cheap, expensive, tooExpensive };
		});
	};

	test('does not care for the order of people and scales with the currency', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 9 }), (seed, factor) => {
				const respondents = sample(seed, 80);
				const read = (people: PriceAnswers[]): (number | undefined)[] => {
					const meter = vanWestendorp({ respondents: people, seed: 1, draws: 200 });
					if (meter.kind !== 'price-sensitivity') return [];
					return [meter.lowerBound, meter.indifference, meter.optimal, meter.upperBound].map(pointValue);
				};
				const plain = read(respondents);
				expect(read([...respondents].reverse())).toEqual(plain);
				const scaled = respondents.map(p => ({
					tooCheap: p.tooCheap * factor,
					cheap: p.cheap * factor,
					expensive: p.expensive * factor,
					tooExpensive: p.tooExpensive * factor,
				}));
				for (const [i, point] of read(scaled).entries())
					expect(point).toBeCloseTo((plain[i] ?? 0) * factor, 6);
			}),
			{ seed: 1, numRuns: 8 },
		);
	});

	test('orders its points and gives each an interval that holds it and repeats with the seed', () => {
		const meter = vanWestendorp({ respondents: sample(5, 300), seed: 9 });
		if (meter.kind !== 'price-sensitivity') throw new Error('expected a price sensitivity');
		const [lower, indifference, upper] = [meter.lowerBound, meter.indifference, meter.upperBound].map(
			pointValue,
		);
		expect(lower).toBeLessThan(indifference ?? 0);
		expect(indifference).toBeLessThan(upper ?? 0);
		if (meter.optimal.kind !== 'estimate') throw new Error('expected an estimate');
		expect(meter.optimal.low).toBeLessThanOrEqual(meter.optimal.value);
		expect(meter.optimal.high).toBeGreaterThan(meter.optimal.low);
		expect(vanWestendorp({ respondents: sample(5, 300), seed: 9 })).toEqual(meter);
	});

	test('finds its points where the curves it draws cross', () => {
		const grid = priceGrid(
			sample(3, 150).filter(
				p => p.tooCheap < p.cheap && p.cheap < p.expensive && p.expensive < p.tooExpensive,
			),
		);
		const curves = priceCurves(grid);
		const points = priceCrossings(
			grid,
			new Int32Array(grid.people).fill(1),
			new Int32Array(4 * grid.prices.length),
		);
		const height = (curve: Float64Array, price = 0): number => {
			const i = curves.prices.findIndex(p => p >= price);
			const [from, to] = [curves.prices[i - 1] ?? 0, curves.prices[i] ?? 0];
			const t = (price - from) / (to - from);
			return (curve[i - 1] ?? 0) * (1 - t) + (curve[i] ?? 0) * t;
		};
		expect(height(curves.expensive, points[2])).toBeCloseTo(height(curves.cheap, points[2]), 10);
		expect(height(curves.tooExpensive, points[3])).toBeCloseTo(height(curves.tooCheap, points[3]), 10);
		expect(1 - height(curves.cheap, points[0])).toBeCloseTo(height(curves.tooCheap, points[0]), 10);
		expect(height(curves.tooExpensive, points[1])).toBeCloseTo(1 - height(curves.expensive, points[1]), 10);
	});

	test('counts those who misunderstood and refuses when too few are left', () => {
		const muddled = Array.from({ length: 30 }, () => ({
			tooCheap: 4,
			cheap: 3,
			expensive: 2,
			tooExpensive: 1,
		}));
		expect(vanWestendorp({ respondents: muddled, seed: 1 })).toEqual({ kind: 'too-few', n: 0, needed: 20 });
	});
});

describe('reach and revenue', () => {
	test.skipIf(!hasReference(intents))('are largest where the package finds them', () => {
		const reach = newtonMillerSmith({ respondents: intentAnswers(intents), seed: 1, draws: 200 });
		if (reach.kind !== 'price-reach') throw new Error('expected a price reach');
		const number = { family: 'price', origin: `${origin}, Newton–Miller–Smith, 250 rows seed 42` };
		golden(
			{ ...number, what: 'price of largest reach', expected: 11.43, tolerance: 1e-12 },
			reach.reachPrice.value,
		);
		golden({ ...number, what: 'largest reach', expected: 0.3353645019, tolerance: 1e-10 }, reach.reach.value);
		golden(
			{ ...number, what: 'price of largest revenue', expected: 11.78, tolerance: 1e-12 },
			reach.revenuePrice.value,
		);
		golden(
			{ ...number, what: 'largest revenue', expected: 3.880015589, tolerance: 1e-9 },
			reach.revenue.value,
		);
		expect(reach.intransitive).toBe(111);
	});

	test('an intent off the scale is refused', () => {
		const person = {
			tooCheap: 1,
			cheap: 2,
			expensive: 3,
			tooExpensive: 4,
			intentCheap: 6,
			intentExpensive: 1,
		};
		expect(() =>
			newtonMillerSmith({ respondents: Array.from({ length: 20 }, () => person), seed: 1 }),
		).toThrow('intent must be a point of the scale, got 6');
	});
});

describe('demand along tested prices', () => {
	const levels = fc
		.array(
			fc.tuple(
				fc.integer({ min: 1, max: 30 }),
				fc.integer({ min: 20, max: 200 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
			),
			{
				minLength: 2,
				maxLength: 6,
			},
		)
		.map(rows => {
			let price = 5;
			return rows.map(([step, asked, share]) => {
				price += step;
				return { price, asked, willing: Math.round(asked * share) };
			});
		});

	test('never rises with the price and is left alone where it does not', () => {
		fc.assert(
			fc.property(levels, tested => {
				const answer = gaborGranger({ tested, seed: 1, draws: 200 });
				if (answer.kind !== 'demand') throw new Error('expected demand');
				const shares = answer.demand.map(level => level.value);
				for (let i = 1; i < shares.length; i += 1)
					expect(shares[i]).toBeLessThanOrEqual((shares[i - 1] ?? 0) + 1e-12);
				const raw = tested.map(({ willing, asked }) => willing / asked);
				if (raw.every((share, i) => i === 0 || share <= (raw[i - 1] ?? 0))) {
					shares.forEach((share, i) => {
						expect(share).toBeCloseTo(raw[i] ?? 0, 12);
					});
				}
				for (const { low, value, high } of [...answer.demand, answer.bestPrice, answer.earnings]) {
					expect(low).toBeLessThanOrEqual(value);
					expect(high).toBeGreaterThanOrEqual(value);
				}
			}),
			{ seed: 1, numRuns: 30 },
		);
	});

	test('earns most where a search over every price finds it', () => {
		fc.assert(
			fc.property(levels, fc.integer({ min: 0, max: 4 }), (tested, unitCost) => {
				const answer = gaborGranger({ tested, unitCost, seed: 1, draws: 200 });
				if (answer.kind !== 'demand') throw new Error('expected demand');
				const points = answer.demand.map(({ price, value }) => ({ price, value }));
				let most = Number.NEGATIVE_INFINITY;
				for (let i = 1; i < points.length; i += 1) {
					const [from, to] = [points[i - 1], points[i]];
					if (!from || !to) throw new Error('expected two prices');
					for (let k = 0; k <= 400; k += 1) {
						const t = k / 400;
						const price = from.price + t * (to.price - from.price);
						most = Math.max(most, (price - unitCost) * (from.value + t * (to.value - from.value)));
					}
				}
				expect(answer.earnings.value).toBeGreaterThanOrEqual(most - 1e-9);
				expect(answer.earnings.value).toBeLessThanOrEqual(most + 1e-3 * Math.max(1, most));
			}),
			{ seed: 1, numRuns: 30 },
		);
	});

	test('of a ladder counts everybody who stopped higher up', () => {
		const ladder = gaborGrangerLadder({
			stops: [
				{ price: 10, people: 20 },
				{ price: 15, people: 30 },
				{ price: 20, people: 30 },
			],
			refused: 20,
			seed: 1,
		});
		if (ladder.kind !== 'demand') throw new Error('expected demand');
		expect(ladder.demand.map(level => level.value)).toEqual([0.8, 0.6, 0.3]);
		const width = (x: Estimate): number => x.high - x.low;
		for (const level of ladder.demand) expect(width(level)).toBeGreaterThan(0.1);
	});

	test('refuses a single price and prices out of order, and calibrates what it is told is inflated', () => {
		const tested = [
			{ price: 10, asked: 50, willing: 40 },
			{ price: 20, asked: 50, willing: 10 },
		];
		expect(gaborGranger({ tested: tested.slice(0, 1), seed: 1 })).toEqual({
			kind: 'too-few',
			n: 1,
			needed: 2,
		});
		expect(() => gaborGranger({ tested: [...tested].reverse(), seed: 1 })).toThrow(
			'tested prices must rise, got 20 before 10',
		);
		const halved = gaborGranger({ tested, calibration: 0.5, seed: 1 });
		expect(halved).toMatchObject({ kind: 'demand', demand: [{ value: 0.4 }, { value: 0.1 }] });
		expect(bestPriceOf([10, 20], [0.8, 0.2], 0).price).toBeCloseTo(35 / 3, 12);
	});
});
