import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { hasReference, numericColumn, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { kendall } from './kendall.ts';
import { laggedPairs } from './lagged-pairs.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { partialSpearman } from './partial-spearman.ts';
import { pearson } from './pearson.ts';
import { rankPermutation } from './rank-permutation.ts';
import { signTest } from './sign-test.ts';
import { spearman } from './spearman.ts';

const interbrand = 'rank/interbrand_ranks_2021_2024.csv';
const answers = 'survey/acsi2015_slim.csv';
const monthly = 'nps/brendan_r_nps_testdata.csv';

const pairs = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), {
	minLength: 5,
	maxLength: 60,
});
const split = (points: readonly (readonly [number, number])[]): { x: number[]; y: number[] } => ({
	x: points.map(([x]) => x),
	y: points.map(([, y]) => y),
});

describe('rank correlation', () => {
	// Hollander & Wolfe 1973, p. 187: lightness of tuna and its score by a panel (R ?cor.test).
	const tuna = {
		x: [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1],
		y: [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8],
	};

	test('of the tuna data is what R prints', () => {
		const number = { family: 'ranks', origin: 'R ?cor.test, Hollander & Wolfe 1973', tolerance: 1e-9 };
		const tau = kendall(tuna);
		const rho = spearman(tuna);
		const r = pearson(tuna);
		if (tau.kind !== 'estimate' || rho.kind !== 'estimate' || r.kind !== 'estimate')
			throw new Error('expected estimates');
		golden({ ...number, what: 'Kendall T', expected: 26 }, tau.concordant);
		golden({ ...number, what: 'Kendall tau', expected: 0.4444444444 }, tau.value);
		golden({ ...number, what: 'Kendall p, one-sided', expected: 0.05971946649 }, tau.pGreater);
		golden({ ...number, what: 'Kendall p, two-sided', expected: 0.119438933 }, tau.pValue);
		golden({ ...number, what: 'Spearman rho', expected: 0.6 }, rho.value);
		golden({ ...number, what: 'Spearman S', expected: 48 }, ((1 - (rho.value ?? 0)) * (9 ** 3 - 9)) / 6);
		golden({ ...number, what: 'Spearman p', expected: 0.09679783951 }, rho.pValue);
		golden({ ...number, what: 'Pearson r', expected: 0.5711815576 }, r.value);
		golden({ ...number, what: 'Pearson low', expected: -0.149742633 }, r.low);
		golden({ ...number, what: 'Pearson high', expected: 0.8955794618 }, r.high);
	});

	test.skipIf(!hasReference(interbrand))('of brand ranks over the years is what R gives', () => {
		const rows = referenceRows(interbrand);
		const years = (from: number, to: number): { x: number[]; y: number[] } => {
			const both = rows.filter(row => row[`rank_${from}`] && row[`rank_${to}`]);
			return { x: numericColumn(both, `rank_${from}`), y: numericColumn(both, `rank_${to}`) };
		};
		const number = { family: 'ranks', origin: 'R 4.2.2 on Interbrand ranks', tolerance: 1e-9 };
		const printed: [number, number, number, number, number][] = [
			[2021, 2024, 88, 0.9621711106, 0.8490073145],
			[2023, 2024, 91, 0.9929407268, 0.9373549954],
			[2021, 2022, 97, 0.9912949716, 0.9304123711],
		];
		for (const [from, to, n, expectedRho, expectedTau] of printed) {
			const [rho, tau] = [spearman(years(from, to)), kendall(years(from, to))];
			if (rho.kind !== 'estimate' || tau.kind !== 'estimate') throw new Error('expected estimates');
			expect(rho.n).toBe(n);
			golden({ ...number, what: `rho, ${from} and ${to}`, expected: expectedRho }, rho.value);
			golden({ ...number, what: `tau, ${from} and ${to}`, expected: expectedTau }, tau.value);
		}
		const limits: ['bonett-wright' | 'fieller' | 'fisher', number, number][] = [
			['bonett-wright', 0.9375300828, 0.9772069169],
			['fieller', 0.9419976213, 0.9754169875],
			['fisher', 0.9427013619, 0.9751099114],
		];
		for (const [interval, low, high] of limits) {
			const rho = spearman({ ...years(2021, 2024), interval });
			if (rho.kind !== 'estimate') throw new Error('expected an estimate');
			golden({ ...number, what: `${interval} low, 2021 and 2024`, expected: low }, rho.low);
			golden({ ...number, what: `${interval} high, 2021 and 2024`, expected: high }, rho.high);
		}
		const tau = kendall(years(2021, 2024));
		if (tau.kind !== 'estimate') throw new Error('expected an estimate');
		golden({ ...number, what: 'tau low, 2021 and 2024', expected: 0.8044928764 }, tau.low);
		golden({ ...number, what: 'tau high, 2021 and 2024', expected: 0.8840377215 }, tau.high);
	});

	test.skipIf(!hasReference(answers))('of satisfaction and what drives it is what R gives', () => {
		// R's numbers rest on the people who answered all twelve questions (98 and 99 stand for no answer).
		const questions = 'SATIS CONFIRM IDEAL OVERALLX CUSTOMX WRONGX OVERALLQ CUSTOMQ WRONGQ PQ QP REPUR'.split(
			' ',
		);
		const complete = referenceRows(answers).filter(row =>
			questions.every(name => row[name] !== '' && Number(row[name]) <= 10),
		);
		expect(complete).toHaveLength(7422);
		const printed: [string, number][] = [
			['OVERALLQ', 0.8240169075],
			['OVERALLX', 0.5362059766],
			['CONFIRM', 0.7798200117],
			['REPUR', 0.8007583751],
		];
		for (const [name, expected] of printed) {
			const rho = spearman({ x: numericColumn(complete, 'SATIS'), y: numericColumn(complete, name) });
			if (rho.kind !== 'estimate') throw new Error('expected an estimate');
			golden(
				{
					family: 'ranks',
					what: `rho, SATIS and ${name}`,
					origin: 'R 4.2.2 on ACSI 2015',
					expected,
					tolerance: 1e-9,
				},
				rho.value,
			);
		}
	});

	test.skipIf(!hasReference(monthly))('of monthly NPS with time is what R gives', () => {
		const months = new Map<number, { sum: number; n: number }>();
		for (const { REC, date } of referenceRows(monthly)) {
			const month = months.get(Number(date?.slice(5, 7))) ?? { sum: 0, n: 0 };
			month.n += 1;
			month.sum += Number(REC) >= 9 ? 1 : Number(REC) <= 6 ? -1 : 0;
			months.set(Number(date?.slice(5, 7)), month);
		}
		const tau = kendall({ x: [...months.keys()], y: [...months.values()].map(({ sum, n }) => sum / n) });
		if (tau.kind !== 'estimate') throw new Error('expected an estimate');
		const number = { family: 'ranks', origin: 'R 4.2.2 on brendan_r_nps_testdata.csv by month' };
		golden({ ...number, what: 'Kendall T, monthly NPS', expected: 25, tolerance: 0 }, tau.concordant);
		golden(
			{ ...number, what: 'Kendall tau, monthly NPS', expected: -0.2424242424, tolerance: 1e-10 },
			tau.value,
		);
		golden({ ...number, what: 'Kendall p, monthly NPS', expected: 0.31081, tolerance: 5e-6 }, tau.pValue);
	});

	test('stays within −1…1, flips with either side and ignores order and rising changes of scale', () => {
		fc.assert(
			fc.property(pairs, points => {
				for (const correlation of [spearman, kendall]) {
					const one = correlation(split(points));
					if (one.kind !== 'estimate') continue;
					const { x, y } = split(points);
					const flipped = correlation({ x, y: y.map(v => -v) });
					const reordered = correlation(split([...points].reverse()));
					const rescaled = correlation({ x: x.map(v => v ** 3 + 5), y: y.map(v => Math.exp(v / 9)) });
					const swapped = correlation({ x: y, y: x });
					if (flipped.kind !== 'estimate' || reordered.kind !== 'estimate') throw new Error();
					if (rescaled.kind !== 'estimate' || swapped.kind !== 'estimate') throw new Error();
					expect(one.low).toBeGreaterThanOrEqual(-1);
					expect(one.high).toBeLessThanOrEqual(1);
					expect(one.low).toBeLessThanOrEqual(one.value);
					expect(one.high).toBeGreaterThanOrEqual(one.value);
					expect(one.high).toBeGreaterThan(one.low);
					expect(flipped.value).toBeCloseTo(-one.value, 12);
					expect(reordered.value).toBeCloseTo(one.value, 12);
					expect(rescaled.value).toBeCloseTo(one.value, 12);
					expect(swapped.value).toBeCloseTo(one.value, 12);
					expect(one.pValue).toBeGreaterThanOrEqual(0);
					expect(one.pValue).toBeLessThanOrEqual(1);
				}
			}),
			{ seed: 1, numRuns: 60 },
		);
	});

	test('by Kendall counts the pairs that looking at every pair counts', () => {
		fc.assert(
			fc.property(pairs, points => {
				const tau = kendall(split(points));
				if (tau.kind !== 'estimate') return;
				let [concordant, discordant] = [0, 0];
				for (const [i, [x, y]] of points.entries()) {
					for (const [ox, oy] of points.slice(i + 1)) {
						const product = (x - ox) * (y - oy);
						if (product > 0) concordant += 1;
						if (product < 0) discordant += 1;
					}
				}
				expect([tau.concordant, tau.discordant]).toEqual([concordant, discordant]);
			}),
			{ seed: 1 },
		);
	});

	test('of a few pairs or of one that never varies is not answered', () => {
		expect(spearman({ x: [1, 2, 3, 4], y: [1, 2, 3, 4] })).toEqual({ kind: 'too-few', n: 4, needed: 5 });
		expect(kendall({ x: [1, 1, 1, 1, 1], y: [1, 2, 3, 4, 5] })).toMatchObject({ kind: 'too-few' });
		expect(() => spearman({ x: [1, 2], y: [1] })).toThrow('y must be as long as x (2), got 1');
		expect(() => pearson({ x: [1, 2, Number.NaN, 4], y: [1, 2, 3, 4] })).toThrow(
			'x[2] must be a finite number, got NaN',
		);
	});
});

describe('shuffling', () => {
	test('agrees with every arrangement of the tuna data', () => {
		const x = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
		const y = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8];
		const shuffled = rankPermutation({ x, y, seed: 1 });
		if (shuffled.kind !== 'permutation-test') throw new Error('expected a test');
		expect(Math.abs(shuffled.pValue - 0.0968)).toBeLessThan(4 * shuffled.monteCarloError);
	});

	test('within groups does not count what the groups share', () => {
		const groups = Array.from({ length: 40 }, (_, i) => (i < 20 ? 'banks' : 'airlines'));
		const random = new Random(3);
		const level = (group: string): number => (group === 'banks' ? 10 : 0);
		const x = groups.map(group => level(group) + random.normal());
		const y = groups.map(group => level(group) + random.normal());
		const across = rankPermutation({ x, y, seed: 1, draws: 999 });
		const within = rankPermutation({ x, y, groups, seed: 1, draws: 999 });
		if (across.kind !== 'permutation-test' || within.kind !== 'permutation-test') throw new Error();
		expect(across.pValue).toBe(0.001);
		expect(within.pValue).toBeGreaterThan(0.05);
	});
});

describe('holding others constant', () => {
	test('without controls is the plain rank correlation', () => {
		fc.assert(
			fc.property(pairs, points => {
				const [plain, partial] = [spearman(split(points)), partialSpearman(split(points))];
				if (plain.kind !== 'estimate' || partial.kind !== 'estimate') return;
				expect(partial.value).toBeCloseTo(plain.value, 9);
			}),
			{ seed: 1, numRuns: 40 },
		);
	});

	// The textbook identity for one control, on ranks.
	test('with one control is the textbook formula', () => {
		const x = [3, 1, 4, 1.5, 5, 9, 2, 6, 5.5, 3.5, 8, 7];
		const y = [2, 7, 1, 8, 2.5, 8.5, 1.2, 8.2, 2.8, 4, 5, 9];
		const z = [1, 4, 2, 3, 5, 6, 1.5, 4.5, 7, 8, 2.5, 9];
		const rho = (a: number[], b: number[]): number => {
			const answer = spearman({ x: a, y: b });
			if (answer.kind !== 'estimate') throw new Error('expected an estimate');
			return answer.value;
		};
		const [xy, xz, yz] = [rho(x, y), rho(x, z), rho(y, z)];
		const partial = partialSpearman({ x, y, controls: [z] });
		if (partial.kind !== 'estimate') throw new Error('expected an estimate');
		expect(partial.value).toBeCloseTo((xy - xz * yz) / Math.sqrt((1 - xz ** 2) * (1 - yz ** 2)), 10);
	});

	test('refuses controls that repeat each other or leave nothing', () => {
		const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
		const y = [2, 1, 4, 3, 6, 5, 8, 7, 10, 9];
		expect(partialSpearman({ x, y, controls: [y, y] })).toMatchObject({ kind: 'not-converged' });
		expect(partialSpearman({ x, y, controls: [x] })).toMatchObject({ kind: 'not-converged' });
		expect(
			partialSpearman({
				x: x.slice(4),
				y: y.slice(4),
				controls: [
					[1, 3, 2, 5, 4, 6],
					[2, 1, 3, 4, 6, 5],
				],
			}),
		).toEqual({
			kind: 'too-few',
			n: 6,
			needed: 7,
		});
	});
});

describe('single members and single years', () => {
	test('the member a correlation hangs on is named', () => {
		const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
		const one = leaveOneOut({ names, x: [1, 2, 3, 4, 5, 6, 70], y: [4, 2, 5, 1, 6, 3, 70] });
		if (one.kind !== 'leave-one-out') throw new Error('expected leave-one-out');
		expect(one.mostInfluential.name).toBe('g');
		expect(one.mostInfluential.without).toBeLessThan(one.value);
		expect(one.low).toBeLessThanOrEqual(one.value);
	});

	test('experience is paired with the rank a year later and nothing else', () => {
		const rows = [
			{ name: 'a', time: 2021, earlier: 70, later: 9 },
			{ name: 'a', time: 2022, earlier: 75, later: 5 },
			{ name: 'b', time: 2021, earlier: 60 },
			{ name: 'b', time: 2023, later: 7 },
		];
		expect(laggedPairs({ rows, lag: 1 })).toEqual({
			names: ['a'],
			times: [2021],
			earlier: [70],
			later: [5],
			unpaired: 2,
		});
		expect(laggedPairs({ rows, lag: 0 }).names).toEqual(['a', 'a']);
	});

	// ACSI firms against the market 2012–2019: high scorers won in 10 of 17 sectors.
	test('ten wins in seventeen sectors are no finding', () => {
		const sign = signTest({ wins: 10, losses: 7 });
		if (sign.kind !== 'estimate') throw new Error('expected an estimate');
		golden(
			{
				family: 'ranks',
				what: 'sign test, 10 of 17',
				origin: 'asci_backtesting_analysis README',
				expected: 0.63,
				tolerance: 5e-3,
			},
			sign.pValue,
		);
	});
});
