import { type TooFew, tooFew } from '../figure.ts';
import { Random } from '../numerics/random.ts';
import { requireCount, requireSameLength } from '../require-argument.ts';
import { midranks } from './midranks.ts';
import { correlationOf } from './pearson.ts';

/** A test by shuffling. */
export type PermutationTest = {
	readonly kind: 'permutation-test';
	/** The rank correlation of the data. */
	readonly value: number;
	/** (1 + shuffles at least as extreme) / (shuffles + 1), two-sided. */
	readonly pValue: number;
	/** Standard error the number of shuffles leaves in the p-value. */
	readonly monteCarloError: number;
	readonly n: number;
	readonly method: string;
};

/**
 * Whether a rank correlation could come from pairing at random; shuffles within groups (an industry, a year) if they are given, so
 * that what the groups share cannot count.
 *
 * Assumes: pairs are exchangeable, within groups if given. Source: Phipson & Smyth 2010 (the p-value is never 0).
 *
 * @param x First measure.
 * @param y Second measure, equally many.
 * @param groups Group of each pair; all one group unless given.
 * @param draws Shuffles; 9,999 unless given, at least 199.
 * @param seed Makes the shuffling repeatable.
 * @returns `too-few` below 5 pairs, or when one side does not vary.
 *
 * @example
 * const x = [1, 2, 3, 4, 5, 6, 7, 8]
 * rankPermutation({ x, y: x, seed: 1, draws: 999 }).pValue // => 0.001
 */
export function rankPermutation({
	x,
	y,
	groups,
	draws = 9999,
	seed,
}: {
	readonly x: ArrayLike<number>;
	readonly y: ArrayLike<number>;
	readonly groups?: readonly string[];
	readonly draws?: number;
	readonly seed: number;
}): PermutationTest | TooFew {
	const n = requireSameLength('y', y, 'x', x);
	if (groups) requireSameLength('groups', groups, 'x', x);
	requireCount('draws', draws, 199);
	if (n < 5) return tooFew(n, 5);
	const [ranksX, ranksY] = [midranks(x), midranks(y)];
	const value = correlationOf(ranksX, ranksY);
	if (value === undefined) return tooFew(n, n + 1);
	const members = new Map<string, number[]>();
	for (let i = 0; i < n; i += 1) {
		const group = groups?.[i] ?? '';
		members.set(group, [...(members.get(group) ?? []), i]);
	}
	const centre = (n + 1) / 2;
	const product = (ranks: Float64Array): number =>
		ranks.reduce((sum, rank, i) => sum + (rank - centre) * ((ranksX[i] ?? centre) - centre), 0);
	const observed = Math.abs(product(ranksY)) - 1e-9;
	const random = new Random(seed);
	const shuffled = ranksY.slice();
	let extreme = 0;
	for (let draw = 0; draw < draws; draw += 1) {
		for (const places of members.values()) {
			const order = random.shuffle(places);
			for (const [k, place] of places.entries()) shuffled[place] = ranksY[order[k] ?? place] ?? 0;
		}
		if (Math.abs(product(shuffled)) >= observed) extreme += 1;
	}
	const pValue = (1 + extreme) / (draws + 1);
	return {
		kind: 'permutation-test',
		value,
		pValue,
		monteCarloError: Math.sqrt((pValue * (1 - pValue)) / draws),
		n,
		method: groups ? 'rank correlation, shuffled within groups' : 'rank correlation, shuffled',
	};
}
