import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { bootstrapMoments } from './block-bootstrap.ts';
import { commonFactor } from './common-factor.ts';
import { type Correlations, correlationsOf, moments, rSquared } from './correlations.ts';
import { addCrossProducts, crossProductBlocks, crossProducts } from './cross-products.ts';
import { dominance } from './dominance.ts';
import { johnsonWeights } from './johnson-weights.ts';
import { keyDrivers } from './key-drivers.ts';
import { lmg } from './lmg.ts';
import { otherMeasures } from './other-measures.ts';
import { owen } from './owen.ts';
import { subsetRSquared } from './subset-sweep.ts';

/** Rows with a common mood, a few drivers and an outcome that depends on them. */
function answers(n: number, effects: readonly number[], seed: number, mood = 0.6): number[][] {
	const random = new Random(seed);
	return Array.from({ length: n }, () => {
		const shared = random.normal();
		const drivers = effects.map(() => mood * shared + random.normal());
		return [...drivers, drivers.reduce((sum, x, j) => sum + x * (effects[j] ?? 0), random.normal())];
	});
}

const someCorrelations = fc
	.record({ drivers: fc.integer({ min: 1, max: 7 }), seed: fc.integer({ min: 1, max: 1e6 }) })
	.map(({ drivers, seed }): Correlations => {
		const effects = Array.from({ length: drivers }, (_, j) => ((seed >> j) % 5) / 5 - 0.3);
		return correlationsOf(crossProducts(answers(40 + drivers * 5, effects, seed)));
	});

const sum = (values: readonly number[] | undefined): number =>
	(values ?? [Number.NaN]).reduce((a, b) => a + b, 0);

describe('shares of R²', () => {
	test('LMG, Johnson weights and general dominance add up to R² and none is negative', () => {
		fc.assert(
			fc.property(someCorrelations, from => {
				const whole = rSquared(from) ?? Number.NaN;
				for (const shares of [lmg(from), johnsonWeights(from), dominance(from).general]) {
					expect(sum(shares)).toBeCloseTo(whole, 10);
					for (const share of shares ?? []) expect(share).toBeGreaterThan(-1e-12);
				}
			}),
		);
	});

	test('Johnson weights equal Genizi, computed through an iterated square root instead of eigenvalues', () => {
		fc.assert(
			fc.property(someCorrelations, from => {
				const genizi = geniziByNewton(from);
				for (const [j, weight] of (johnsonWeights(from) ?? []).entries()) {
					expect(weight).toBeCloseTo(genizi[j] ?? Number.NaN, 8);
				}
			}),
		);
	});

	test('the quick LMG equals the definition: gains averaged over all subsets', () => {
		fc.assert(
			fc.property(someCorrelations, from => {
				const quick = lmg(from);
				for (const [j, share] of dominance(from).general.entries()) expect(quick[j]).toBeCloseTo(share, 10);
			}),
		);
	});

	test('every subset R² equals the regression on exactly those drivers', () => {
		fc.assert(
			fc.property(someCorrelations, from => {
				const all = subsetRSquared(from);
				for (let subset = 1; subset < all.length; subset++) {
					const chosen = from.withOutcome.map((_, j) => j).filter(j => subset & (1 << j));
					const part = {
						among: chosen.map(i => chosen.map(j => from.among[i]?.[j] ?? 0)),
						withOutcome: chosen.map(j => from.withOutcome[j] ?? 0),
					};
					expect(all[subset]).toBeCloseTo(rSquared(part) ?? Number.NaN, 9);
				}
			}),
			{ numRuns: 30 },
		);
	});

	test('naming the drivers in another order moves the shares along, not their sizes', () => {
		fc.assert(
			fc.property(someCorrelations, from => {
				const back = {
					among: [...from.among].reverse().map(row => [...row].reverse()),
					withOutcome: [...from.withOutcome].reverse(),
				};
				const forward = lmg(from);
				for (const [j, share] of lmg(back).reverse().entries())
					expect(share).toBeCloseTo(forward[j] ?? 0, 10);
			}),
		);
	});

	test('a driver that repeats another shares its credit and adds none', () => {
		const shares = lmg({
			among: [
				[1, 1],
				[1, 1],
			],
			withOutcome: [0.5, 0.5],
		});
		expect(shares[0]).toBeCloseTo(0.125, 12);
		expect(shares[1]).toBeCloseTo(0.125, 12);
		expect(
			johnsonWeights({
				among: [
					[1, 1],
					[1, 1],
				],
				withOutcome: [0.5, 0.5],
			}),
		).toBeUndefined();
	});

	test('correlations that no complete rows can have are refused', () => {
		const among = [
			[1, 0.9, -0.9],
			[0.9, 1, 0.9],
			[-0.9, 0.9, 1],
		];
		expect(() => dominance({ among, withOutcome: [0.1, 0.1, 0.1] })).toThrow(/positive semi-definite/);
		expect(() =>
			lmg({
				among: [
					[1, 2],
					[2, 1],
				],
				withOutcome: [0, 0],
			}),
		).toThrow(RangeError);
		const many = Array.from({ length: 16 }, (_, i) =>
			Array.from({ length: 16 }, (__, j) => (i === j ? 1 : 0)),
		);
		expect(() => lmg({ among: many, withOutcome: many.map(() => 0) })).toThrow(/between 1 and 15/);
	});
});

describe('groups', () => {
	test('groups of one are LMG, one group of all is LMG too, and group shares are the sums of their members', () => {
		fc.assert(
			fc.property(someCorrelations, from => {
				const each = from.withOutcome.map((_, j) => j);
				const shares = lmg(from);
				for (const groups of [each.map(j => [j]), [each]]) {
					for (const [j, share] of (owen(from, groups)?.drivers ?? []).entries()) {
						expect(share).toBeCloseTo(shares[j] ?? 0, 9);
					}
				}
				const split = [each.filter(j => j % 2 === 0), each.filter(j => j % 2 === 1)].filter(
					g => g.length > 0,
				);
				const found = owen(from, split);
				for (const [g, members] of split.entries()) {
					expect(sum(members.map(j => found?.drivers[j] ?? 0))).toBeCloseTo(
						found?.groups[g] ?? Number.NaN,
						9,
					);
				}
				expect(sum(found?.groups)).toBeCloseTo(found?.rSquared ?? Number.NaN, 9);
			}),
			{ numRuns: 40 },
		);
	});

	test('thirty items in six groups are split, and a partition with a gap is refused', () => {
		const effects = Array.from({ length: 30 }, (_, j) => (j % 3) / 10);
		const from = correlationsOf(crossProducts(answers(600, effects, 5)));
		const groups = Array.from({ length: 6 }, (_, g) => Array.from({ length: 5 }, (__, k) => g * 5 + k));
		expect(sum(owen(from, groups)?.drivers)).toBeCloseTo(rSquared(from) ?? Number.NaN, 9);
		expect(() => owen(from, groups.slice(1))).toThrow(/exactly once/);
	});
});

describe('cross-products', () => {
	test('adding the parts gives the whole, in any split', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 999 }), (blocks, seed) => {
				const rows = answers(30, [0.4, 0.1], seed).map(row => row.map(v => v + 100));
				const whole = moments(crossProducts(rows));
				const merged = moments(addCrossProducts(crossProductBlocks(rows, { blocks, seed })));
				expect(merged.means[1]).toBeCloseTo(whole.means[1] ?? 0, 9);
				expect(merged.correlation[0]?.[2]).toBeCloseTo(whole.correlation[0]?.[2] ?? 0, 8);
			}),
		);
	});

	test('a weight of two is the same as two equal respondents', () => {
		const rows = [
			[1, 2],
			[2, 1],
			[4, 5],
		];
		const weighted = moments(crossProducts(rows, [2, 1, 1]));
		const repeated = moments(crossProducts([[1, 2], ...rows]));
		expect(weighted.correlation).toEqual(repeated.correlation);
		expect(() => crossProducts(rows, [1, -1, 1])).toThrow(RangeError);
		expect(() => crossProducts([[1, Number.NaN]])).toThrow(/finite/);
	});

	test('with one respondent per block the bootstrap spread of a mean is its standard error', () => {
		const rows = answers(400, [0.5], 9);
		const means: number[] = [];
		bootstrapMoments(crossProductBlocks(rows, { blocks: 400, seed: 1 }), { draws: 2000, seed: 2 }, (_, m) => {
			means.push(m[0] ?? 0);
		});
		const centre = sum(means) / means.length;
		const spread = Math.sqrt(means.reduce((s, v) => s + (v - centre) ** 2, 0) / (means.length - 1));
		const expected = (moments(crossProducts(rows)).standardDeviations[0] ?? 0) / Math.sqrt(400);
		expect(spread / expected).toBeGreaterThan(0.93);
		expect(spread / expected).toBeLessThan(1.07);
	});
});

describe('key drivers', () => {
	const rows = answers(800, [0.6, 0.3, 0, 0], 11);

	test('the strongest driver leads with near certainty, and rank chances of each driver sum to one', () => {
		const found = keyDrivers(crossProductBlocks(rows, { blocks: 200, seed: 1 }), { seed: 1 });
		if (found.kind !== 'key-drivers') throw new Error(found.kind);
		expect(found.drivers[0]?.rankProbabilities[0]).toBeGreaterThan(0.99);
		for (const driver of found.drivers) {
			expect(sum(driver.rankProbabilities)).toBeCloseTo(1, 9);
			expect(driver.low).toBeLessThanOrEqual(driver.value + 0.02);
			expect(driver.high).toBeGreaterThan(driver.low);
		}
		expect(sum(found.drivers.map(d => d.share.value))).toBeCloseTo(1, 9);
	});

	test('the same seed gives the same answer and another seed nearly the same', () => {
		const blocks = crossProductBlocks(rows, { blocks: 200, seed: 1 });
		expect(keyDrivers(blocks, { seed: 5 })).toEqual(keyDrivers(blocks, { seed: 5 }));
		const [one, two] = [keyDrivers(blocks, { seed: 5 }), keyDrivers(blocks, { seed: 6 })];
		if (one.kind !== 'key-drivers' || two.kind !== 'key-drivers') throw new Error('no answer');
		expect(one.rSquared.low).not.toBe(two.rSquared.low);
		expect(Math.abs(one.rSquared.low - two.rSquared.low)).toBeLessThan(0.02);
	});

	test('random groups give intervals about as wide as single respondents', () => {
		const width = (blocks: number): number => {
			const found = keyDrivers(crossProductBlocks(answers(4000, [0.5, 0.3, 0.1], 3), { blocks, seed: 1 }), {
				seed: 1,
			});
			if (found.kind !== 'key-drivers') throw new Error(found.kind);
			return sum(found.drivers.map(d => d.high - d.low));
		};
		expect(width(400) / width(4000)).toBeGreaterThan(0.85);
		expect(width(400) / width(4000)).toBeLessThan(1.15);
	});

	test('more than fifteen drivers are answered by Johnson weights, and LMG refuses them', () => {
		const wide = crossProductBlocks(
			answers(
				400,
				Array.from({ length: 18 }, () => 0.1),
				2,
			),
			{ blocks: 400, seed: 1 },
		);
		const found = keyDrivers(wide, { seed: 1, draws: 200 });
		expect(found.kind === 'key-drivers' && found.method).toContain('Johnson');
		expect(() => keyDrivers(wide, { seed: 1, method: 'lmg' })).toThrow(/between 1 and 15/);
	});

	test('too few respondents, still columns and copies of a driver are said, not computed', () => {
		expect(keyDrivers(crossProductBlocks(rows.slice(0, 30), { blocks: 99, seed: 1 }), { seed: 1 })).toEqual({
			kind: 'too-few',
			n: 30,
			needed: 40,
		});
		expect(keyDrivers(crossProductBlocks(rows, { blocks: 20, seed: 1 }), { seed: 1 })).toEqual({
			kind: 'too-few',
			n: 20,
			needed: 50,
		});
		const still = rows.map(row => [7, ...row]);
		expect(keyDrivers(crossProductBlocks(still, { blocks: 99, seed: 1 }), { seed: 1 })).toEqual({
			kind: 'not-converged',
			reason: 'column 0 does not vary: leave it out',
		});
		const copied = rows.map(row => [row[0] ?? 0, ...row]);
		expect(keyDrivers(crossProductBlocks(copied, { blocks: 99, seed: 1 }), { seed: 1 }).kind).toBe(
			'not-converged',
		);
	});

	test('a driver that only corrects another is flagged as suppressor', () => {
		const random = new Random(4);
		const suppressed = Array.from({ length: 500 }, () => {
			const [wanted, noise] = [random.normal(), random.normal()];
			return [wanted + noise, noise, wanted + 0.3 * random.normal()];
		});
		const found = otherMeasures(correlationsOf(crossProducts(suppressed)));
		expect(found?.suppressor).toEqual([false, true]);
	});

	test('a halo shows as a common factor that takes most of R²', () => {
		const haloed = commonFactor(correlationsOf(crossProducts(answers(500, [0.2, 0.2, 0.2, 0.2], 8, 3))));
		const clear = commonFactor(correlationsOf(crossProducts(answers(500, [0.2, 0.2, 0.2, 0.2], 8, 0))));
		expect(haloed?.varianceShare).toBeGreaterThan(0.8);
		expect(clear?.varianceShare).toBeLessThan(0.35);
		expect((haloed?.rSquaredBeyond ?? 1) / (haloed?.rSquared ?? 1)).toBeLessThan(0.05);
	});
});

/** Genizi's measure with the square root of the correlation matrix by the Denman–Beavers iteration. */
function geniziByNewton({ among, withOutcome }: Correlations): number[] {
	const size = among.length;
	let y = among.map(row => [...row]);
	let z: number[][] = among.map((_, i) => among.map((__, j) => (i === j ? 1 : 0)));
	for (let iteration = 0; iteration < 60; iteration++) {
		const [inverseY, inverseZ] = [invert(y), invert(z)];
		const half = (a: number[][], b: number[][]): number[][] =>
			a.map((row, i) => row.map((v, j) => (v + (b[i]?.[j] ?? 0)) / 2));
		[y, z] = [half(y, inverseZ), half(z, inverseY)];
	}
	const scores = Array.from({ length: size }, (_, i) =>
		sum((z[i] ?? []).map((v, k) => v * (withOutcome[k] ?? 0))),
	);
	return y.map(row => sum(row.map((v, k) => (v * (scores[k] ?? 0)) ** 2)));
}

/** Gauss–Jordan, so that the check shares no code with what it checks. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
	const size = matrix.length;
	const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
	for (let column = 0; column < size; column++) {
		let best = column;
		for (let r = column; r < size; r++) {
			if (Math.abs(work[r]?.[column] ?? 0) > Math.abs(work[best]?.[column] ?? 0)) best = r;
		}
		const [chosen, displaced] = [work[best] ?? [], work[column] ?? []];
		work[best] = displaced;
		const pivot = chosen[column] ?? 1;
		work[column] = chosen.map(v => v / pivot);
		for (let r = 0; r < size; r++) {
			if (r === column) continue;
			const factor = work[r]?.[column] ?? 0;
			work[r] = (work[r] ?? []).map((v, k) => v - factor * (work[column]?.[k] ?? 0));
		}
	}
	return work.map(row => row.slice(size));
}
