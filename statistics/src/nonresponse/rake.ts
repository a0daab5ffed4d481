import { type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { requireAboveZero, requireNumber, requireSameLength } from '../require-argument.ts';

/** One way to divide people, with how many of each kind there are in the population. */
export type Margin = {
	/** Which kind each answer is, in the order of the answers. */
	readonly groups: readonly string[];
	/** Population of each kind. */
	readonly totals: Readonly<Record<string, number>>;
};

/** Weights that reproduce the population. */
export type RakedWeights = {
	readonly kind: 'weights';
	readonly weights: Float64Array;
	readonly iterations: number;
};

/**
 * Weights under which the answers have the population's composition in every given respect: post-stratification with
 * one margin, raking (iterative proportional fitting) with several.
 *
 * Assumes: within each kind, those who answered stand for those who did not. Source: Deming & Stephan 1940; Lumley,
 * "Complex Surveys", ch. 7.
 *
 * @param weights Starting weights, at least 0 (1 each for a plain sample).
 * @param margins Population totals; each margin must sum to the same population, and every kind must have answers.
 * @param tolerance Largest relative miss of a total; 1e-10 unless given.
 * @returns `too-few` when a kind with population has no answers (`n` 0, `needed` 1): merge kinds then. `not-converged`
 * when the margins cannot be met together.
 *
 * @example
 * const margins = [{ groups: ['new', 'old', 'old'], totals: { new: 60, old: 40 } }]
 * rake({ weights: [1, 1, 1], margins }).weights // => [60, 20, 20]
 */
export function rake({
	weights,
	margins,
	tolerance = 1e-10,
	maxIterations = 1000,
}: {
	readonly weights: ArrayLike<number>;
	readonly margins: readonly Margin[];
	readonly tolerance?: number;
	readonly maxIterations?: number;
}): RakedWeights | TooFew | NotConverged {
	const fitted = Float64Array.from(weights);
	for (const [i, w] of fitted.entries()) requireNumber(`weights[${i}]`, w, 0);
	requireConsistentMargins(margins, fitted.length);
	for (const { groups, totals } of margins) {
		const present = new Set(groups.filter((_, i) => (fitted[i] ?? 0) > 0));
		if (Object.entries(totals).some(([group, total]) => total > 0 && !present.has(group)))
			return tooFew(0, 1);
	}
	for (let iteration = 1; iteration <= maxIterations; iteration += 1) {
		let furthest = 0;
		for (const margin of margins) furthest = Math.max(furthest, fitMargin(fitted, margin));
		if (furthest <= tolerance || margins.length === 1)
			return { kind: 'weights', weights: fitted, iterations: iteration };
	}
	return notConverged(`the margins could not be met together to ${tolerance} in ${maxIterations} rounds`);
}

function requireConsistentMargins(margins: readonly Margin[], length: number): void {
	if (margins.length === 0) throw new RangeError('margins must hold at least one margin, got 0');
	const populations = margins.map(({ groups, totals }, m) => {
		requireSameLength(`margins[${m}].groups`, groups, 'weights', { length });
		for (const group of new Set(groups)) {
			if (!(group in totals))
				throw new RangeError(`margins[${m}].totals must name every group, got none for "${group}"`);
		}
		return Object.entries(totals).reduce(
			(sum, [group, total]) => sum + requireNumber(`total of "${group}"`, total, 0),
			0,
		);
	});
	const [first = 0] = populations;
	requireAboveZero('population', first);
	for (const population of populations) {
		if (Math.abs(population - first) > 1e-9 * first) {
			throw new RangeError(`margins must sum to the same population (${first}), got ${population}`);
		}
	}
}

/** Scales the weights to one margin; answers how far, relatively, they were from it. */
function fitMargin(weights: Float64Array, { groups, totals }: Margin): number {
	const sums = new Map<string, number>();
	for (const [i, group] of groups.entries()) sums.set(group, (sums.get(group) ?? 0) + (weights[i] ?? 0));
	let furthest = 0;
	for (const [group, sum] of sums) {
		const total = totals[group] ?? 0;
		if (total > 0) furthest = Math.max(furthest, Math.abs(sum - total) / total);
	}
	groups.forEach((group, i) => {
		const sum = sums.get(group) ?? 0;
		weights[i] = sum > 0 ? ((weights[i] ?? 0) * (totals[group] ?? 0)) / sum : 0;
	});
	return furthest;
}
