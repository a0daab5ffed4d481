import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { crossProductBlocks } from './cross-products.ts';
import { importancePerformance } from './importance-performance.ts';
import { type KanoAnswer, kano, kanoCategory } from './kano.ts';
import { penaltyReward, penaltyRewardRow } from './penalty-reward.ts';

/** Attribute 0 only costs when bad, attribute 1 only pays when good, attribute 2 does both equally. */
function satisfaction(n: number, seed: number): number[][] {
	const random = new Random(seed);
	return Array.from({ length: n }, () => {
		const ratings = [0, 1, 2].map(() => random.int(11));
		const [basic = 0, exciter = 0, hybrid = 0] = ratings;
		const move = (basic <= 6 ? -2 : 0) + (exciter >= 9 ? 2 : 0) + (hybrid <= 6 ? -1 : hybrid >= 9 ? 1 : 0);
		return penaltyRewardRow(ratings, 7 + move + random.normal(), { low: 6, high: 9 });
	});
}

describe('penalty and reward', () => {
	test('a basic, an exciting and a two-sided attribute are told apart once there is enough data', () => {
		const found = penaltyReward(crossProductBlocks(satisfaction(4000, 3), { blocks: 400, seed: 1 }), {
			seed: 1,
			cutoff: 0.2,
		});
		if (found.kind !== 'penalty-reward') throw new Error(found.kind);
		expect(found.attributes.map(a => a.character)).toEqual(['basic', 'exciter', 'hybrid']);
		expect(found.attributes[0]?.penalty.value).toBeCloseTo(-2, 0);
		expect(
			found.attributes.every(a => a.asymmetry.kind === 'estimate' && Math.abs(a.asymmetry.value) <= 1),
		).toBe(true);
	});

	test('a cell with too few ratings has no asymmetry', () => {
		const rare = satisfaction(400, 5).map((row, i) => [i < 12 ? 1 : 0, ...row.slice(1)]);
		const found = penaltyReward(crossProductBlocks(rare, { blocks: 400, seed: 1 }), { seed: 1 });
		if (found.kind !== 'penalty-reward') throw new Error(found.kind);
		expect(found.attributes[0]?.asymmetry).toEqual({ kind: 'too-few', n: 12, needed: 30 });
		expect(found.attributes[0]?.character).toBe('undecided');
	});

	test('cut points the wrong way round and a missing outcome column are refused', () => {
		expect(() => penaltyRewardRow([1], 1, { low: 9, high: 6 })).toThrow(/low must be below high/);
		expect(() =>
			penaltyReward(
				crossProductBlocks(
					[
						[1, 0],
						[0, 1],
					],
					{ blocks: 9, seed: 1 },
				),
				{ seed: 1 },
			),
		).toThrow(/two dummies/);
	});
});

describe('importance and performance', () => {
	test('an important attribute done badly lies in concentrate, with near certainty and above the diagonal', () => {
		const random = new Random(8);
		const rows = Array.from({ length: 1500 }, () => {
			const [weak, fine, other] = [5 + random.normal(), 8 + random.normal(), 7.6 + random.normal()];
			return [weak, fine, other, weak + 0.2 * fine + random.normal()];
		});
		const found = importancePerformance(crossProductBlocks(rows, { blocks: 300, seed: 1 }), {
			seed: 1,
			importance: 'lmg',
		});
		if (found.kind !== 'importance-performance') throw new Error(found.kind);
		expect(found.points.map(p => p.quadrant)).toEqual(['concentrate', 'overkill', 'overkill']);
		expect(found.points[0]?.quadrantProbability).toBeGreaterThan(0.99);
		expect(found.points[0]?.priority.low).toBeGreaterThan(0);
		for (const point of found.points) {
			expect(point.ellipse.semiMajor).toBeGreaterThanOrEqual(point.ellipse.semiMinor);
			// The performance half-width of a joint 95 % region is √(5.99) / 1.96 = 1.25 times that of the single interval.
			const half = (point.performance.high - point.performance.low) / 2;
			expect(point.ellipse.semiMajor / half).toBeGreaterThan(1.1);
			expect(point.ellipse.semiMajor / half).toBeLessThan(1.6);
		}
	});
});

describe('Kano answers', () => {
	test('all twenty-five pairs fall where Berger’s table puts them', () => {
		const answers: KanoAnswer[] = ['like', 'must-be', 'neutral', 'live-with', 'dislike'];
		const table = answers.map(yes => answers.map(no => kanoCategory(yes, no).charAt(0)).join('')).join(' ');
		expect(table).toBe('qaaao riiim riiim riiim rrrrq');
	});

	test('better and worse follow the counts, and a narrow lead is undecided', () => {
		const counts = {
			attractive: 30,
			'one-dimensional': 28,
			'must-be': 20,
			indifferent: 22,
			reverse: 3,
			questionable: 2,
		};
		const found = kano(counts);
		if (found.kind !== 'kano') throw new Error(found.kind);
		expect(found.category).toBe('undecided');
		expect(found.better.kind === 'estimate' && found.better.value).toBeCloseTo(0.58, 12);
		expect(found.worse.kind === 'estimate' && found.worse.value).toBeCloseTo(-0.48, 12);
		expect(found.worse.kind === 'estimate' && found.worse.low < -0.48 && found.worse.high > -0.48).toBe(true);
		expect(
			kano({ ...counts, attractive: 300 }).kind === 'kano' && kano({ ...counts, attractive: 300 }),
		).toMatchObject({ category: 'attractive' });
		expect(() => kano({ ...counts, reverse: -1 })).toThrow(/reverse must be/);
	});
});
