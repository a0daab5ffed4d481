import { type Estimate, estimate, type NotConverged, type TooFew } from '../figure.ts';
import { Random } from '../numerics/random.ts';
import { percentileInterval } from './block-bootstrap.ts';
import { type Dominance, dominanceOfSubsets } from './dominance.ts';
import { type AnswerPattern, logisticRegression } from './logistic-regression.ts';

/** Answer of {@link logisticImportance}; each driver's value is its part of McFadden's R² (0…1). */
export type LogisticImportance = {
	readonly kind: 'logistic-importance';
	readonly drivers: Estimate[];
	readonly mcFadden: Estimate;
	readonly tjur: number;
	readonly dominance: Dominance;
	readonly n: number;
	/** Bootstrap draws that could be fitted; draws with separation are left out and counted here by their absence. */
	readonly draws: number;
};

/**
 * Which drivers carry a yes/no outcome? General dominance on McFadden's R²: the gain of a driver averaged over all
 * subsets of the others, by fitting every subset.
 *
 * Assumes the same as `logisticRegression`. Intervals are bootstrap percentiles over respondents, drawn from the grouped
 * counts.
 *
 * Source: Azen and Traxel, "Using dominance analysis to determine predictor importance in logistic regression",
 * Journal of Educational and Behavioral Statistics 34(3), 2009.
 *
 * @param patterns - distinct driver values with counts
 * @param options - `seed`, `draws` (200, at least 100), `level` (0.95)
 * @returns too-few or not-converged (separation) as the full model answers
 * @throws RangeError when there are more than 10 drivers
 * @example
 * logisticImportance([{ drivers: [0], n: 3, yes: 1 }], { seed: 1 }) // => { kind: 'too-few', n: 3, needed: 10 }
 */
export function logisticImportance(
	patterns: readonly AnswerPattern[],
	options: { readonly seed: number; readonly draws?: number; readonly level?: number },
): LogisticImportance | TooFew | NotConverged {
	const { seed, draws = 200, level = 0.95 } = options;
	const count = patterns[0]?.drivers.length ?? 0;
	if (count < 1 || count > 10) throw new RangeError(`drivers must be between 1 and 10, got ${count}`);
	if (!Number.isInteger(draws) || draws < 100)
		throw new RangeError(`draws must be a whole number of at least 100, got ${draws}`);
	const full = logisticRegression(patterns);
	if (full.kind !== 'logistic-fit') return full;
	const starts: (readonly number[] | undefined)[] = [];
	const fits = subsetFits(patterns, count, starts, true);
	if (!Array.isArray(fits)) return fits;
	const dominance = dominanceOfSubsets(fits, count);
	const random = new Random(seed);
	const drawn: number[][] = [];
	const totals: number[] = [];
	for (let draw = 0; draw < draws; draw++) {
		const again = subsetFits(resample(patterns, full.n, random), count, starts, false);
		if (!Array.isArray(again)) continue;
		drawn.push(dominanceOfSubsets(again, count).general);
		totals.push(again[2 ** count - 1] ?? 0);
	}
	if (drawn.length < 0.9 * draws) {
		return {
			kind: 'not-converged',
			reason: `only ${drawn.length} of ${draws} bootstrap samples could be fitted: some drivers nearly separate yes from no`,
		};
	}
	const method = "general dominance on McFadden's R², bootstrap percentiles";
	return {
		kind: 'logistic-importance',
		drivers: dominance.general.map((value, j) =>
			estimate({
				value,
				...percentileInterval(
					drawn.map(d => d[j] ?? 0),
					level,
				),
				n: full.n,
				method,
				level,
			}),
		),
		mcFadden: estimate({
			value: full.mcFadden,
			...percentileInterval(totals, level),
			n: full.n,
			method,
			level,
		}),
		tjur: full.tjur,
		dominance,
		n: full.n,
		draws: drawn.length,
	};
}

/** McFadden's R² of every subset. The coefficients of the first call are kept as starting points of later ones. */
function subsetFits(
	patterns: readonly AnswerPattern[],
	count: number,
	starts: (readonly number[] | undefined)[],
	isFirst: boolean,
): number[] | TooFew | NotConverged {
	const fits = [0];
	for (let subset = 1; subset < 2 ** count; subset++) {
		const chosen = patterns.map(p => ({ ...p, drivers: p.drivers.filter((_, j) => subset & (1 << j)) }));
		const start = starts[subset];
		const fit = logisticRegression(merge(chosen), start === undefined ? {} : { start });
		if (fit.kind !== 'logistic-fit') return fit;
		if (isFirst) starts[subset] = fit.coefficients;
		fits.push(fit.mcFadden);
	}
	return fits;
}

/** Leaving drivers out makes patterns equal; fewer patterns make a quicker fit. */
function merge(patterns: readonly AnswerPattern[]): AnswerPattern[] {
	const merged = new Map<string, { drivers: readonly number[]; n: number; yes: number }>();
	for (const { drivers, n, yes } of patterns) {
		const key = drivers.join(',');
		const known = merged.get(key);
		if (known) {
			known.n += n;
			known.yes += yes;
		} else if (n > 0) merged.set(key, { drivers, n, yes });
	}
	return [...merged.values()];
}

function resample(patterns: readonly AnswerPattern[], n: number, random: Random): AnswerPattern[] {
	const cells = patterns.flatMap(p => [p.yes / n, (p.n - p.yes) / n]);
	const counts = random.multinomial(n, cells);
	return patterns.map((p, i) => {
		const yes = counts[2 * i] ?? 0;
		return { drivers: p.drivers, n: yes + (counts[2 * i + 1] ?? 0), yes };
	});
}
