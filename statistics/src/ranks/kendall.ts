import { estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, normalTwoSided } from '../numerics/special-functions.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';
import { type CorrelationEstimate, fisherLimits } from './pearson.ts';

/** Kendall's tau with the pairs behind it. */
export type KendallEstimate = CorrelationEstimate & {
	/** Pairs of pairs in the same order. */
	readonly concordant: number;
	/** Pairs of pairs in opposite order. */
	readonly discordant: number;
	/** Against no association, in favour of a positive one. */
	readonly pGreater: number;
};

/**
 * How much likelier two things are in the same than in opposite order on both measures, −1…1, ties taken into account
 * (tau-b).
 *
 * Assumes: pairs are independent. The interval is Fieller's on the inverse hyperbolic tangent, standard error √(0.437/(n − 4));
 * the p-value is exact without ties up to 50 pairs, else normal with the variance for ties. Source: Kendall 1938,
 * "Rank Correlation Methods"; Fieller, Hartley & Pearson 1957; counted in n log n steps (Knight 1966).
 *
 * @param x First measure or ranks.
 * @param y Second measure or ranks, equally many.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 5 pairs, or when one side does not vary.
 *
 * @example
 * kendall({ x: [1, 2, 3, 4, 5], y: [2, 1, 4, 3, 5] }).value // => 0.6
 * kendall({ x: [1, 2, 3, 4, 5], y: [2, 1, 4, 3, 5] }).pValue // => 0.23333...
 */
export function kendall({
	x,
	y,
	level = 0.95,
}: {
	readonly x: ArrayLike<number>;
	readonly y: ArrayLike<number>;
	readonly level?: number;
}): KendallEstimate | TooFew {
	criticalValue(level);
	const n = requireSameLength('y', y, 'x', x);
	if (n < 5) return tooFew(n, 5);
	const pairs = (n * (n - 1)) / 2;
	const order = Array.from(x, (value, i) => ({
		x: requireNumber(`x[${i}]`, value),
		y: requireNumber(`y[${i}]`, y[i] ?? Number.NaN),
	}));
	order.sort((a, b) => a.x - b.x || a.y - b.y);
	const tiesX = runs(order, (a, b) => a.x === b.x);
	const tiesBoth = runs(order, (a, b) => a.x === b.x && a.y === b.y);
	const sequence = Float64Array.from(order, point => point.y);
	const discordant = inversions(sequence);
	const tiesY = runs(Array.from(sequence), (a, b) => a === b);
	const [n1, n2] = [tiedPairs(tiesX), tiedPairs(tiesY)];
	const concordant = pairs - n1 - n2 + tiedPairs(tiesBoth) - discordant;
	const spread = Math.sqrt((pairs - n1) * (pairs - n2));
	if (spread === 0) return tooFew(n, n + 1);
	const value = (concordant - discordant) / spread;
	const { pValue, pGreater } =
		n1 + n2 === 0 && n <= 50
			? exactPValues(concordant, n)
			: normalPValues(concordant - discordant, n, tiesX, tiesY);
	return estimate({
		value,
		...fisherLimits(value, Math.sqrt(0.437 / (n - 4)), level, 2 / pairs),
		n,
		level,
		concordant,
		discordant,
		pValue,
		pGreater,
		method: 'Kendall tau-b, Fieller interval',
	});
}

/** Sizes of runs of equal neighbours. */
function runs<T>(items: readonly T[], same: (a: T, b: T) => boolean): number[] {
	const sizes: number[] = [];
	let before: T | undefined;
	for (const item of items) {
		if (before !== undefined && same(before, item)) sizes.push((sizes.pop() ?? 0) + 1);
		else sizes.push(1);
		before = item;
	}
	return sizes;
}

function tiedPairs(sizes: readonly number[]): number {
	return sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

/** Pairs out of order, counted while sorting by merging; the sequence ends up sorted. */
function inversions(sequence: Float64Array): number {
	let count = 0;
	const buffer = new Float64Array(sequence.length);
	for (let width = 1; width < sequence.length; width *= 2) {
		for (let start = 0; start < sequence.length; start += 2 * width) {
			const middle = Math.min(start + width, sequence.length);
			const end = Math.min(start + 2 * width, sequence.length);
			let [left, right] = [start, middle];
			for (let at = start; at < end; at += 1) {
				const takeLeft = left < middle && (right >= end || (sequence[left] ?? 0) <= (sequence[right] ?? 0));
				if (!takeLeft) count += middle - left;
				buffer[at] = (takeLeft ? sequence[left] : sequence[right]) ?? 0;
				if (takeLeft) left += 1;
				else right += 1;
			}
		}
		sequence.set(buffer);
	}
	return count;
}

/** From the number of permutations of n things with each number of inversions. */
function exactPValues(concordant: number, n: number): { pValue: number; pGreater: number } {
	let shares = Float64Array.of(1);
	for (let size = 2; size <= n; size += 1) {
		// Each new thing adds 0 … size − 1 inversions, equally likely: a moving sum over the shares so far.
		const before = shares;
		let window = 0;
		shares = new Float64Array(before.length + size - 1).map((_, k) => {
			window += (before[k] ?? 0) - (before[k - size] ?? 0);
			return window / size;
		});
	}
	const pGreater = shares.slice(concordant).reduce((sum, share) => sum + share, 0);
	const pLess = shares.slice(0, concordant + 1).reduce((sum, share) => sum + share, 0);
	return { pValue: Math.min(1, 2 * Math.min(pGreater, pLess)), pGreater: Math.min(1, pGreater) };
}

function normalPValues(
	score: number,
	n: number,
	tiesX: readonly number[],
	tiesY: readonly number[],
): { pValue: number; pGreater: number } {
	const sum = (sizes: readonly number[], term: (size: number) => number): number =>
		sizes.reduce((total, size) => total + term(size), 0);
	const linear = (t: number): number => t * (t - 1) * (2 * t + 5);
	const pair = (t: number): number => t * (t - 1);
	const triple = (t: number): number => t * (t - 1) * (t - 2);
	const variance =
		(n * (n - 1) * (2 * n + 5) - sum(tiesX, linear) - sum(tiesY, linear)) / 18 +
		(sum(tiesX, pair) * sum(tiesY, pair)) / (2 * n * (n - 1)) +
		(sum(tiesX, triple) * sum(tiesY, triple)) / (9 * n * (n - 1) * (n - 2));
	const pValue = normalTwoSided(score / Math.sqrt(variance));
	return { pValue, pGreater: score > 0 ? pValue / 2 : 1 - pValue / 2 };
}
