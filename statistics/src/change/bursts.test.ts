import fc from 'fast-check';
import { expect, test } from 'vitest';
import { golden } from '../validation.ts';
import { batchedBursts } from './batched-bursts.ts';
import { cheapestLevels } from './cheapest-levels.ts';
import { continuousBursts } from './continuous-bursts.ts';

// Tweets about six US airlines per day, 16–24 February 2015: all, and those about the topic.
const tweets = [4, 1408, 1344, 1376, 1500, 1557, 3079, 3028, 1344];
const cancelled = [0, 93, 36, 46, 45, 131, 268, 163, 65];
const late = [2, 142, 129, 182, 202, 173, 454, 279, 102];

test('cancelled flights burst on 21 and 22 February, late flights only when a smaller rise counts', () => {
	const origin = 'exact Viterbi, equal to all 512 sequences tried';
	const record = (what: string, expected: number, actual: unknown): void =>
		golden({ family: 'change', what, origin, expected, tolerance: 1e-9, relative: true }, actual);
	const storm = batchedBursts({ relevant: cancelled, total: tweets });
	if (storm.kind !== 'bursts') throw new Error('too few');
	expect(storm.levels).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0]);
	expect(storm.bursts).toHaveLength(1);
	record('Kleinberg batched, cancelled flights, cost', 87.82048167624382, storm.cost);
	record('Kleinberg batched, cancelled flights, weight', 8.048574561255563, storm.bursts[0]?.weight);
	const calm = batchedBursts({ relevant: late, total: tweets });
	if (calm.kind !== 'bursts') throw new Error('too few');
	expect(calm.bursts).toEqual([]);
	record('Kleinberg batched, late flights, cost', 73.56514114766009, calm.cost);
	const finer = batchedBursts({ relevant: late, total: tweets, s: 1.5 });
	if (finer.kind !== 'bursts') throw new Error('too few');
	expect(finer.levels).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0]);
	record('Kleinberg batched, late flights at s 1.5, cost', 65.75213290613733, finer.cost);
	record('Kleinberg batched, late flights at s 1.5, weight', 10.01023281885898, finer.bursts[0]?.weight);
});

const steps = (from: number, to: number, by: number): number[] =>
	Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);
const stream = [
	...steps(0, 400, 100),
	...steps(410, 450, 5),
	...steps(451, 470, 2),
	...steps(480, 600, 5),
	700,
	...steps(710, 800, 5),
	900,
	1000,
];

test('the example stream of the R package bursts at two levels, one within the other', () => {
	expect(stream).toHaveLength(71);
	const expected = [
		{ level: 1, from: 0, to: 1000 },
		{ level: 2, from: 410, to: 600 },
		{ level: 3, from: 450, to: 469 },
		{ level: 2, from: 710, to: 800 },
	];
	const found = continuousBursts(stream);
	if (found.kind !== 'bursts') throw new Error('too few');
	expect(found.bursts).toHaveLength(expected.length);
	for (const [i, burst] of expected.entries()) {
		for (const part of ['level', 'from', 'to'] as const) {
			const what = `Kleinberg continuous, burst ${i + 1} ${part}`;
			const origin = 'R bursts 1.0-2, its documented example';
			golden(
				{ family: 'change', what, origin, expected: burst[part], tolerance: 0 },
				found.bursts[i]?.[part],
			);
		}
	}
	const coarser = continuousBursts(stream, { s: 3 });
	expect(coarser.kind === 'bursts' && coarser.bursts).toEqual(expected.filter(burst => burst.level < 3));
});

test('the cheapest levels cost no more than any other sequence', () => {
	const cost = fc.double({ min: 0, max: 10, noNaN: true });
	const fits = fc
		.integer({ min: 1, max: 3 })
		.chain(levels =>
			fc.array(fc.array(cost, { minLength: levels, maxLength: levels }), { minLength: 1, maxLength: 6 }),
		);
	fc.assert(
		fc.property(fits, fc.double({ min: 0, max: 5, noNaN: true }), (table, rise) => {
			const found = cheapestLevels(table, rise);
			const priceOf = (levels: readonly number[]): number =>
				levels.reduce(
					(sum, level, time) =>
						sum + (table[time]?.[level] ?? 0) + rise * Math.max(0, level - (levels[time - 1] ?? 0)),
					0,
				);
			expect(priceOf(found.levels)).toBeCloseTo(found.cost, 9);
			const least = Math.min(...allSequences(table.length, table[0]?.length ?? 1).map(priceOf));
			expect(found.cost).toBeCloseTo(least, 9);
		}),
	);
});

test('a topic that keeps its share never bursts, whatever its share', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 30 }), (relevant, batches) => {
			const found = batchedBursts({
				relevant: new Array<number>(batches).fill(relevant),
				total: new Array<number>(batches).fill(50),
			});
			expect(found.kind === 'bursts' && found.bursts).toEqual([]);
		}),
	);
});

test('bursts do not depend on the unit or origin of time', () => {
	const found = continuousBursts(stream);
	const moved = continuousBursts(stream.map(time => 1e6 + 60 * time).reverse());
	if (found.kind !== 'bursts' || moved.kind !== 'bursts') throw new Error('too few');
	expect(moved.bursts).toEqual(
		found.bursts.map(({ level, from, to }) => ({ level, from: 1e6 + 60 * from, to: 1e6 + 60 * to })),
	);
});

test('what cannot burst is refused', () => {
	expect(batchedBursts({ relevant: [1], total: [5] })).toEqual({ kind: 'too-few', n: 1, needed: 2 });
	expect(batchedBursts({ relevant: [0, 0], total: [5, 5] })).toEqual({ kind: 'too-few', n: 0, needed: 1 });
	expect(() => batchedBursts({ relevant: [6, 1], total: [5, 5] })).toThrow(
		'relevant must be at most total (5), got 6',
	);
	expect(() => batchedBursts({ relevant: [1, 1], total: [5, 5], s: 1 })).toThrow('s must be above 1, got 1');
	expect(continuousBursts([1, 2])).toEqual({ kind: 'too-few', n: 2, needed: 3 });
	expect(() => continuousBursts([1, 1, 2])).toThrow(/times must all differ/);
});

function allSequences(length: number, levels: number): number[][] {
	if (length === 0) return [[]];
	return allSequences(length - 1, levels).flatMap(head =>
		Array.from({ length: levels }, (_, i) => [...head, i]),
	);
}
