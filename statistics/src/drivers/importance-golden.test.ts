import { describe, expect, test } from 'vitest';
import { hasReference, numericColumn, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { correlationsOf, rSquared } from './correlations.ts';
import { crossProductBlocks, crossProducts } from './cross-products.ts';
import { dominance } from './dominance.ts';
import { importancePerformance } from './importance-performance.ts';
import { johnsonWeights } from './johnson-weights.ts';
import { keyDrivers } from './key-drivers.ts';
import { lmg } from './lmg.ts';
import { otherMeasures } from './other-measures.ts';
import { penaltyReward, penaltyRewardRow } from './penalty-reward.ts';

const family = 'drivers';

function columns(file: string, names: readonly string[]): number[][] {
	const rows = referenceRows(file);
	const byName = names.map(name => numericColumn(rows, name));
	return rows.map((_, i) => byName.map(column => column[i] ?? Number.NaN));
}

function goldenList(
	what: string,
	names: readonly string[],
	origin: string,
	expected: readonly number[],
	actual: ArrayLike<number> | undefined,
	tolerance: number,
): void {
	for (const [i, value] of expected.entries()) {
		golden({ family, what: `${what}, ${names[i]}`, origin, expected: value, tolerance }, actual?.[i]);
	}
}

describe('swiss fertility on five drivers', () => {
	const swiss = 'kda/swiss.csv';
	const drivers = ['Agriculture', 'Examination', 'Education', 'Catholic', 'Infant.Mortality'];
	const origin = 'R relaimpo 2.2-7: calc.relimp(Fertility ~ ., swiss)';

	test.skipIf(!hasReference(swiss))(
		'LMG, Johnson and the older measures equal relaimpo to nine digits',
		() => {
			const from = correlationsOf(crossProducts(columns(swiss, [...drivers, 'Fertility'])));
			const other = otherMeasures(from);
			golden({ family, what: 'swiss R²', origin, expected: 0.706735001593, tolerance: 1e-9 }, rSquared(from));
			const expected: [string, number[], ArrayLike<number> | undefined][] = [
				[
					'LMG',
					[0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265],
					lmg(from),
				],
				[
					'Johnson',
					[0.0484168958119, 0.1547082498062, 0.271964104646, 0.1146800299476, 0.1169657213811],
					johnsonWeights(from),
				],
				[
					'last',
					[0.04286960712549, 0.00738741851512, 0.16196269307734, 0.06237262582742, 0.0569452587325],
					other?.last,
				],
				[
					'first',
					[0.124664909906, 0.417164470501, 0.440615646724, 0.215003501619, 0.173518927325],
					other?.first,
				],
				[
					'squared beta',
					[0.0979197290414, 0.0271518626232, 0.4494372059668, 0.1208257795659, 0.0630692785915],
					other?.betaSquared,
				],
				[
					'Pratt',
					[-0.110485990962, 0.106427404339, 0.445004567582, 0.161176814997, 0.104612205638],
					other?.pratt,
				],
				[
					'CAR',
					[0.000567474185339, 0.151133990848128, 0.323268070976666, 0.115073184178981, 0.116692281403614],
					other?.car,
				],
			];
			for (const [what, values, actual] of expected)
				goldenList(`swiss ${what}`, drivers, origin, values, actual, 1e-9);
		},
	);

	test.skipIf(!hasReference(swiss))('dominance levels and complete dominance equal dominanceanalysis', () => {
		const found = dominance(correlationsOf(crossProducts(columns(swiss, [...drivers, 'Fertility']))));
		const levels = [
			[0.1246649099057, 0.41716447050059, 0.440615646724, 0.2150035016185, 0.1735189273249],
			[0.0502723262428, 0.23770866895962, 0.290917065533, 0.1069971344463, 0.1379534790357],
			[0.0324454736412, 0.13210040391325, 0.221010477969, 0.0744825276446, 0.112330043445],
			[0.0352037869252, 0.06150418261258, 0.186167509818, 0.0689949623306, 0.0830819060945],
			[0.0428696071255, 0.00738741851512, 0.161962693077, 0.0623726258274, 0.0569452587325],
		];
		const source = 'R dominanceanalysis 2.1.1: dominanceAnalysis(lm(Fertility ~ ., swiss))';
		for (const [level, values] of levels.entries()) {
			goldenList(
				`swiss conditional dominance level ${level}`,
				drivers,
				source,
				values,
				found.conditional[level],
				1e-9,
			);
		}
		// Education (2) over Agriculture, Examination and Catholic; Infant.Mortality (4) over Agriculture; nothing else.
		expect(found.complete).toEqual([
			[0.5, 0.5, 0, 0.5, 0],
			[0.5, 0.5, 0, 0.5, 0.5],
			[1, 1, 0.5, 1, 0.5],
			[0.5, 0.5, 0, 0.5, 0.5],
			[1, 0.5, 0.5, 0.5, 0.5],
		]);
	});
});

test.skipIf(!hasReference('kda/mtcars.csv'))('Johnson weights of mtcars equal rwa', () => {
	const drivers = ['cyl', 'disp', 'hp', 'gear'];
	const from = correlationsOf(crossProducts(columns('kda/mtcars.csv', [...drivers, 'mpg'])));
	const expected = [0.2284797259282, 0.22214687054, 0.2321744392994, 0.0963886032154];
	goldenList(
		'mtcars Johnson',
		drivers,
		'R rwa 0.1.2.9000: rwa(mtcars, "mpg", …)',
		expected,
		johnsonWeights(from),
		1e-9,
	);
	golden(
		{ family, what: 'mtcars R²', origin: 'R rwa', expected: 0.779189638983, tolerance: 1e-9 },
		rSquared(from),
	);
});

test('a correlation matrix alone is enough: the four predictors of iopsych relWt', () => {
	const from = {
		among: [
			[1, 0.2, 0.3, 0.4],
			[0.2, 1, 0.5, 0.1],
			[0.3, 0.5, 1, 0.2],
			[0.4, 0.1, 0.2, 1],
		],
		withOutcome: [-0.4, 0.1, -0.3, 0.4],
	};
	const names = ['1', '2', '3', '4'];
	const johnson = [0.2406611935558, 0.0549266374066, 0.1214347622948, 0.2815818935826];
	goldenList('iopsych Johnson', names, 'R iopsych: ?relWt example', johnson, johnsonWeights(from), 1e-9);
	goldenList(
		'iopsych LMG',
		names,
		'R relaimpo',
		[0.2380703885, 0.0561032011, 0.1180038735, 0.2864270237],
		lmg(from),
		1e-9,
	);
	golden(
		{ family, what: 'iopsych R²', origin: 'R iopsych', expected: 0.69860448684, tolerance: 1e-9 },
		rSquared(from),
	);
});

describe('satisfaction with a mobile operator on seven quality items (ECSI)', () => {
	const file = 'kda/ecsi_mobi.csv';
	const items = [1, 2, 3, 4, 5, 6, 7].map(i => `PERQ${i}`);
	const rows = (): number[][] => columns(file, [...items, 'CUSA1']);
	const isHere = hasReference(file);

	test.skipIf(!isHere)('LMG and Genizi equal relaimpo', () => {
		const from = correlationsOf(crossProducts(rows()));
		const expected = [
			0.13476276773, 0.05085398517, 0.04532605831, 0.07533954884, 0.03528823, 0.04393679147, 0.06124117353,
		];
		goldenList('ECSI LMG', items, 'R relaimpo', expected, lmg(from), 1e-9);
		const genizi = [
			0.12950519368, 0.05524769429, 0.0455865542, 0.07574679801, 0.03516997573, 0.04275557354, 0.0627367656,
		];
		goldenList('ECSI Genizi', items, 'R relaimpo', genizi, johnsonWeights(from), 1e-9);
		golden(
			{ family, what: 'ECSI R²', origin: 'R relaimpo', expected: 0.44674855505, tolerance: 1e-9 },
			rSquared(from),
		);
	});

	test.skipIf(!isHere)(
		'bootstrap intervals and rank probabilities agree with 1500 and 2000 draws made elsewhere',
		() => {
			const found = keyDrivers(crossProductBlocks(rows(), { blocks: 1000, seed: 1 }), {
				seed: 2026,
				draws: 2000,
			});
			if (found.kind !== 'key-drivers') throw new Error(found.kind);
			expect(found.blocks).toBe(250);
			const origin = 'row bootstrap, 1500 draws, percentiles (relaimpo 2000 draws within 0.006)';
			const low = [0.0815, 0.0253, 0.0236, 0.0405, 0.0166, 0.0214, 0.0324];
			const high = [0.1919, 0.09, 0.0801, 0.1211, 0.0774, 0.08, 0.1108];
			goldenList(
				'ECSI LMG interval low',
				items,
				origin,
				low,
				found.drivers.map(d => d.low),
				0.01,
			);
			goldenList(
				'ECSI LMG interval high',
				items,
				origin,
				high,
				found.drivers.map(d => d.high),
				0.01,
			);
			const first = [0.915, 0.009, 0.001, 0.053, 0.001, 0.001, 0.021];
			goldenList(
				'ECSI P(rank 1)',
				items,
				origin,
				first,
				found.drivers.map(d => d.rankProbabilities[0] ?? 0),
				0.03,
			);
			const topTwo = [0.994, 0.101, 0.045, 0.553, 0.023, 0.036, 0.247];
			const ours = found.drivers.map(d => (d.rankProbabilities[0] ?? 0) + (d.rankProbabilities[1] ?? 0));
			goldenList('ECSI P(rank 1 or 2)', items, origin, topTwo, ours, 0.03);
		},
	);

	test.skipIf(!isHere)('penalties and rewards equal R lm, and only intervals classify', () => {
		const dummies = rows().map(row => penaltyRewardRow(row.slice(0, 7), row[7] ?? 0, { low: 6, high: 9 }));
		const found = penaltyReward(crossProductBlocks(dummies, { blocks: 1000, seed: 1 }), { seed: 3 });
		if (found.kind !== 'penalty-reward') throw new Error(JSON.stringify(found));
		const origin = 'R lm, penalty = score ≤ 6, reward = score ≥ 9 on PERQ1…7, outcome CUSA1';
		golden(
			{ family, what: 'ECSI contrast intercept', origin, expected: 7.69292809838, tolerance: 1e-9 },
			found.intercept,
		);
		golden(
			{ family, what: 'ECSI contrast R²', origin, expected: 0.4593161279, tolerance: 1e-9 },
			found.rSquared,
		);
		const penalties = [
			-0.659935631, -0.21153549413, -0.03762688361, -0.16956388058, -0.14561489409, 0.32908423669,
			-0.50566895857,
		];
		goldenList(
			'ECSI penalty',
			items,
			origin,
			penalties,
			found.attributes.map(a => a.penalty.value),
			1e-9,
		);
		const rewards = [
			0.38075046374, 0.41479583254, -0.02998255011, 0.43766769995, 0.09830734167, 0.28542557577,
			0.13634206887,
		];
		goldenList(
			'ECSI reward',
			items,
			origin,
			rewards,
			found.attributes.map(a => a.reward.value),
			1e-9,
		);
		expect(found.attributes.map(a => a.ratedLow)).toEqual([30, 66, 52, 30, 36, 38, 50]);
		expect(found.attributes.map(a => a.ratedHigh)).toEqual([81, 56, 84, 89, 82, 81, 80]);
		const asymmetry = found.attributes.map(a =>
			a.asymmetry.kind === 'estimate' ? a.asymmetry.value : Number.NaN,
		);
		golden({ family, what: 'ECSI asymmetry PERQ1', origin, expected: -0.268, tolerance: 5e-4 }, asymmetry[0]);
		golden({ family, what: 'ECSI asymmetry PERQ7', origin, expected: -0.575, tolerance: 5e-4 }, asymmetry[6]);
		golden({ family, what: 'ECSI asymmetry PERQ4', origin, expected: 0.442, tolerance: 5e-4 }, asymmetry[3]);
		expect([0, 6, 3].map(j => found.attributes[j]?.tendency)).toEqual(['basic', 'basic', 'exciter']);
		expect(found.attributes[5]?.flipped).toBe(true);
		// With 250 answers none of the intervals stays on one side.
		expect(found.attributes.every(a => a.character === 'undecided')).toBe(true);
	});

	test.skipIf(!isHere)(
		'the importance–performance map equals the reference and says that PERQ7 leads by chance',
		() => {
			const blocks = crossProductBlocks(rows(), { blocks: 1000, seed: 1 });
			const found = importancePerformance(blocks, { seed: 4 });
			if (found.kind !== 'importance-performance') throw new Error(found.kind);
			const origin = 'R: colMeans and cor on ecsi_mobi';
			const means = [7.944, 7.192, 7.7, 7.916, 7.872, 7.776, 7.592];
			goldenList(
				'ECSI performance',
				items,
				origin,
				means,
				found.points.map(p => p.performance.value),
				1e-9,
			);
			const pearson = [
				0.6041590302, 0.4416018138, 0.4593901402, 0.5178811374, 0.4269796107, 0.4620391168, 0.4904695154,
			];
			goldenList(
				'ECSI importance',
				items,
				origin,
				pearson,
				found.points.map(p => p.importance.value),
				1e-9,
			);
			golden(
				{ family, what: 'ECSI cross-hair performance', origin, expected: 7.713142857, tolerance: 1e-9 },
				found.crossHairs.performance,
			);
			golden(
				{ family, what: 'ECSI cross-hair importance', origin, expected: 0.4860743378, tolerance: 1e-9 },
				found.crossHairs.importance,
			);
			expect(found.points.map(p => p.quadrant)).toEqual([
				'keep',
				'low',
				'low',
				'keep',
				'overkill',
				'overkill',
				'concentrate',
			]);
			expect(found.points[6]?.quadrantProbability).toBeLessThan(0.7);
			const partial = importancePerformance(blocks, { seed: 4, importance: 'partial-correlation' });
			if (partial.kind !== 'importance-performance') throw new Error(partial.kind);
			const expected = [
				0.306033371836, 0.116942589132, 0.049206192771, 0.184346713095, 0.002976423179, -0.001433337347,
				0.127364412175,
			];
			goldenList(
				'ECSI partial correlation',
				items,
				origin,
				expected,
				partial.points.map(p => p.importance.value),
				1e-9,
			);
		},
	);
});
