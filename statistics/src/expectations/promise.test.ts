import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import type { FollowUp } from '../survival/follow-up.ts';
import { golden } from '../validation.ts';
import { exponentialQuote, newsvendor, normalQuote, queueQuote } from './promise-distributions.ts';
import { conformalQuote, costOptimalQuote, keptShare, quoteForShare } from './promise-quote.ts';

const check = (what: string, expected: number, actual: unknown): void =>
	golden(
		{
			family: 'expectations',
			what,
			origin: 'closed form (scipy)',
			expected,
			tolerance: 1e-9,
			relative: true,
		},
		actual,
	);

test('quotes from known distributions are the closed forms', () => {
	const exponential = exponentialQuote({ mean: 10, lengthCost: 1, latenessCost: 10 });
	check('exponential quote', 23.025850929940454, exponential.quote);
	check('exponential cost', 33.025850929940454, exponential.expectedCost);
	check('exponential kept', 0.9, exponential.kept);
	check('M/M/1 90 %', 11.51292546497023, queueQuote({ arrivalRate: 0.8, serviceRate: 1, share: 0.9 }).quote);
	check(
		'M/M/1 95 %',
		14.978661367769957,
		queueQuote({ arrivalRate: 0.8, serviceRate: 1, share: 0.95 }).quote,
	);
	const printed = { 0.5: 10, 0.9: 13.844654696633802, 0.95: 14.934560880854416, 0.99: 16.97904362212252 };
	for (const [share, expected] of Object.entries(printed)) {
		check(
			`normal ${share}`,
			expected,
			normalQuote({ mean: 10, standardDeviation: 3, share: Number(share) }).quote,
		);
	}
	const stock = newsvendor({ mean: 1000, standardDeviation: 200, shortageCost: 40, leftOverCost: 10 });
	check('newsvendor ratio', 0.8, stock.criticalRatio);
	check('newsvendor quantity', 1168.3242467145828, stock.quantity);
	check('newsvendor unmet', 22.3275347386451, stock.unmet);
	check('newsvendor left over', 190.65178145322795, stock.leftOver);
	check('newsvendor mismatch cost', 2799.6192040780834, stock.mismatchCost);
});

const exponentialOrders = (n: number, seed: number, seenUntil = Number.POSITIVE_INFINITY): FollowUp[] => {
	const dice = new Random(seed);
	return Array.from({ length: n }, () => {
		const time = dice.exponential(0.1);
		return { time: Math.min(time, seenUntil), event: time <= seenUntil };
	});
};

test('with many orders the empirical quotes come to those of the distribution, open orders or not', () => {
	for (const seenUntil of [Number.POSITIVE_INFINITY, 30]) {
		const orders = exponentialOrders(20_000, 7, seenUntil);
		const quote = quoteForShare(orders, { share: 0.9 });
		const best = costOptimalQuote(orders, { lengthCost: 1, latenessCost: 10 });
		if (quote.kind !== 'estimate' || best.kind !== 'estimate') throw new Error('refused');
		expect(Math.abs(quote.value - 23.026)).toBeLessThan(1);
		expect(quote.low).toBeLessThan(23.026);
		expect(quote.high).toBeGreaterThan(23.026);
		expect(quote.kept.value).toBeCloseTo(0.9, 3);
		expect(best.value).toBe(quote.value);
		expect(best.isLowerBound).toBe(seenUntil === 30);
		if (!best.isLowerBound) expect(Math.abs(best.expectedCost - 33.026)).toBeLessThan(0.7);
	}
});

test('leaving open orders out would promise too early', () => {
	const orders = exponentialOrders(5000, 3, 12);
	const honest = quoteForShare(orders, { share: 0.6 });
	const careless = quoteForShare(
		orders.filter(order => order.event),
		{ share: 0.6 },
	);
	if (honest.kind !== 'estimate' || careless.kind !== 'estimate') throw new Error('refused');
	expect(careless.value).toBeLessThan(0.8 * honest.value);
});

test('when too many are open for the share, the answer says so instead of guessing', () => {
	const orders = exponentialOrders(500, 5, 5);
	expect(quoteForShare(orders, { share: 0.9 })).toMatchObject({ kind: 'not-converged' });
	expect(keptShare(orders, { quote: 20 })).toMatchObject({ kind: 'not-converged' });
	expect(quoteForShare([{ time: 3, event: false }])).toEqual({ kind: 'too-few', n: 0, needed: 1 });
});

const times = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 12, maxLength: 60 });

test('a longer promise is kept at least as often, and a larger share needs a longer promise', () => {
	fc.assert(
		fc.property(times, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (all, a, b) => {
			const orders = all.map((time, i) => ({ time, event: i % 4 !== 0 }));
			const [short, long] = [Math.min(a, b), Math.max(a, b)];
			const [rarely, often] = [keptShare(orders, { quote: short }), keptShare(orders, { quote: long })];
			if (rarely.kind === 'estimate' && often.kind === 'estimate') {
				expect(often.value).toBeGreaterThanOrEqual(rarely.value);
				expect(rarely.low).toBeGreaterThanOrEqual(0);
				expect(often.high).toBeLessThanOrEqual(1);
			}
			const [less, more] = [quoteForShare(orders, { share: 0.3 }), quoteForShare(orders, { share: 0.6 })];
			if (less.kind === 'estimate' && more.kind === 'estimate')
				expect(more.value).toBeGreaterThanOrEqual(less.value);
		}),
	);
});

test('the cost-optimal quote costs no more than any other observed time', () => {
	fc.assert(
		fc.property(times, fc.integer({ min: 2, max: 20 }), (all, latenessCost) => {
			const best = costOptimalQuote(
				all.map(time => ({ time, event: true })),
				{ lengthCost: 1, latenessCost },
			);
			if (best.kind !== 'estimate') throw new Error('refused');
			const cost = (quote: number): number =>
				quote + (latenessCost * all.reduce((sum, time) => sum + Math.max(0, time - quote), 0)) / all.length;
			expect(best.expectedCost).toBeCloseTo(cost(best.value), 9);
			expect(best.expectedCost).toBeLessThanOrEqual(Math.min(...all.map(cost)) + 1e-9);
		}),
	);
});

test('the conformal quote is the order statistic that covers the next order, and says when n cannot', () => {
	const all = Array.from({ length: 99 }, (_, i) => i + 1);
	const quote = conformalQuote(all, { share: 0.9 });
	expect(quote).toMatchObject({ value: 90, wanted: 0.9 });
	expect(quote.kind === 'estimate' && quote.kept.value).toBeCloseTo(0.9, 12);
	expect(conformalQuote([1, 2, 3], { share: 0.9 })).toEqual({ kind: 'too-few', n: 3, needed: 9 });
	expect(conformalQuote([1, 2, 3, 4, 5, 6, 7, 8, 9], { share: 0.9 })).toMatchObject({ value: 9 });
});

test('costs that make no promise worthwhile are refused', () => {
	const orders = [{ time: 1, event: true }];
	expect(() => costOptimalQuote(orders, { lengthCost: 5, latenessCost: 5 })).toThrow(
		'latenessCost must be above lengthCost (5), got 5',
	);
	expect(() => queueQuote({ arrivalRate: 1, serviceRate: 1, share: 0.9 })).toThrow(
		'serviceRate must be above arrivalRate (1), got 1',
	);
	expect(() => conformalQuote([1, 2], { share: 1 })).toThrow('share must be between 0 and 1, got 1');
});
