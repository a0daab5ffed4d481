import { requireCount, requireNumber, requireSameLength } from '../require-argument.ts';
import type { Margin } from './rake.ts';

/** How answers were drawn. Everything but the weights may be left out for a plain sample. */
export type SurveyDesign = {
	/** One over the chance of being drawn, at least 0. */
	readonly weights: ArrayLike<number>;
	/** Stratum of each answer. */
	readonly strata?: readonly string[];
	/** Which answers were drawn together (household, branch); each its own unless given. */
	readonly clusters?: readonly string[];
	/** How many clusters the answer's stratum has in the population, for sampling without replacement. */
	readonly populationClusters?: ArrayLike<number>;
	/** Population totals to weight to: one margin post-stratifies, several rake. */
	readonly margins?: readonly Margin[];
};

/**
 * Variance of a sum of linearised contributions under a design: the spread of cluster totals within strata, times
 * n/(n − 1), less the share of clusters drawn.
 *
 * @param contributions One per answer, weights included.
 * @returns The variance and its degrees of freedom (clusters less strata). A stratum with a single cluster has no
 * spread to measure: `lonelyStrata` counts them.
 *
 * @example
 * designVariance([1, -1, 2, -2], {}).degreesOfFreedom // => 3
 */
export function designVariance(
	contributions: ArrayLike<number>,
	{ strata, clusters, populationClusters }: Omit<SurveyDesign, 'weights'>,
): { variance: number; degreesOfFreedom: number; lonelyStrata: number } {
	const length = contributions.length;
	if (strata) requireSameLength('strata', strata, 'values', contributions);
	if (clusters) requireSameLength('clusters', clusters, 'values', contributions);
	if (populationClusters)
		requireSameLength('populationClusters', populationClusters, 'values', contributions);
	const totals = new Map<string, { clusters: Map<string, number>; population: number }>();
	for (let i = 0; i < length; i += 1) {
		const stratum = strata?.[i] ?? '';
		const cluster = clusters?.[i] ?? String(i);
		const population = populationClusters?.[i] ?? Number.POSITIVE_INFINITY;
		const entry = totals.get(stratum) ?? { clusters: new Map<string, number>(), population };
		entry.clusters.set(cluster, (entry.clusters.get(cluster) ?? 0) + (contributions[i] ?? 0));
		totals.set(stratum, entry);
	}
	let [variance, clusterCount, lonelyStrata] = [0, 0, 0];
	for (const [stratum, { clusters: sums, population }] of totals) {
		const drawn = requireCount('clusters', sums.size, 1);
		if (population < drawn) {
			throw new RangeError(
				`populationClusters of stratum "${stratum}" must be at least ${drawn}, got ${population}`,
			);
		}
		clusterCount += drawn;
		if (drawn === 1) {
			lonelyStrata += 1;
			continue;
		}
		const mean = [...sums.values()].reduce((sum, x) => sum + x, 0) / drawn;
		const spread = [...sums.values()].reduce((sum, x) => sum + (x - mean) ** 2, 0);
		variance += (1 - drawn / population) * (drawn / (drawn - 1)) * spread;
	}
	return { variance, degreesOfFreedom: clusterCount - totals.size, lonelyStrata };
}

/**
 * What is left of contributions once the margins are known: each group's mean is taken out, over and over where there
 * are several margins, because a known total cannot vary.
 *
 * @param contributions Per answer, weights included.
 * @param weights The calibrated weights.
 *
 * @example
 * withoutMargins([2, 4], [1, 1], [{ groups: ['a', 'a'], totals: { a: 2 } }]) // => [-1, 1]
 */
export function withoutMargins(
	contributions: ArrayLike<number>,
	weights: ArrayLike<number>,
	margins: readonly Margin[],
): Float64Array {
	const residuals = Float64Array.from(contributions, (x, i) =>
		(weights[i] ?? 0) > 0 ? x / (weights[i] ?? 1) : 0,
	);
	const rounds = margins.length === 1 ? 1 : 50;
	for (let round = 0; round < rounds; round += 1) {
		for (const { groups } of margins) takeOutGroupMeans(residuals, weights, groups);
	}
	return residuals.map((x, i) => x * requireNumber(`weights[${i}]`, weights[i] ?? 0, 0));
}

function takeOutGroupMeans(
	residuals: Float64Array,
	weights: ArrayLike<number>,
	groups: readonly string[],
): void {
	const sums = new Map<string, { sum: number; count: number }>();
	groups.forEach((group, i) => {
		if (!((weights[i] ?? 0) > 0)) return;
		const entry = sums.get(group) ?? { sum: 0, count: 0 };
		entry.sum += residuals[i] ?? 0;
		entry.count += 1;
		sums.set(group, entry);
	});
	groups.forEach((group, i) => {
		const entry = sums.get(group);
		if (entry) residuals[i] = (residuals[i] ?? 0) - entry.sum / entry.count;
	});
}
