import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { chiSquareQuantile } from '../numerics/special-functions.ts';
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import {
	type BootstrapOptions,
	bootstrapMoments,
	fewestBlocks,
	percentileInterval,
} from './block-bootstrap.ts';
import { type Correlations, correlationsOf, moments } from './correlations.ts';
import { addCrossProducts, type CrossProducts } from './cross-products.ts';
import { otherMeasures } from './other-measures.ts';
import { exactDriverLimit, joined, lmgSweep } from './subset-sweep.ts';

/** Where an attribute sits: important or not, done well or not, against the means of all attributes. */
export type Quadrant = 'keep' | 'concentrate' | 'low' | 'overkill';

/** The region that holds performance and importance together with the stated confidence. */
export type Ellipse = {
	readonly semiMajor: number;
	readonly semiMinor: number;
	/** Angle of the long axis against the performance axis in radians, −π/2…π/2. */
	readonly angle: number;
};

/** One attribute on the importance–performance map. */
export type MapPoint = {
	readonly attribute: number;
	/** Mean rating, in the unit of the rating. */
	readonly performance: Estimate;
	/** Derived importance: a correlation (−1…1), a partial correlation or a part of R². */
	readonly importance: Estimate;
	readonly ellipse: Ellipse;
	readonly quadrant: Quadrant;
	/** Share of bootstrap draws that put it in that quadrant, cross-hairs drawn anew each time. */
	readonly quadrantProbability: number;
	/**
	 * Distance from the diagonal of equal priority, importance minus performance, each in standard deviations over the
	 * attributes: above 0 asks for attention, and the interval says whether that can be told.
	 */
	readonly priority: Estimate;
};

/** Answer of {@link importancePerformance}. */
export type ImportancePerformance = {
	readonly kind: 'importance-performance';
	readonly points: MapPoint[];
	/** Cross-hairs at the means over the attributes. */
	readonly crossHairs: { readonly performance: number; readonly importance: number };
	readonly importanceMeasure: ImportanceMeasure;
	readonly n: number;
};

/** How importance is derived. */
export type ImportanceMeasure = 'correlation' | 'partial-correlation' | 'lmg';

/**
 * Which attributes matter and are not done well, and can that be told from chance?
 *
 * Assumes ratings share one scale; blocks are exchangeable (see `crossProductBlocks`); ellipses take performance and
 * importance as jointly normal over bootstrap draws.
 *
 * Source: Martilla and James, Journal of Marketing 41(1), 1977; Bacon, International Journal of Market Research 45(1),
 * 2003 (diagonal of equal priority).
 *
 * @param blocks - cross-products of ratings with the outcome last
 * @param options - `seed`, `draws` (1000), `level` (0.95), `importance` ('correlation' unless given)
 * @returns too-few for fewer than 30 respondents, 2 attributes or 50 blocks; not-converged for collinear attributes
 * @example
 * importancePerformance([{ n: 1, weight: 1, sums: [7, 8], products: [49, 56, 64] }], { seed: 1 }) // => { kind: 'too-few', n: 1, needed: 30 }
 */
export function importancePerformance(
	blocks: readonly CrossProducts[],
	options: BootstrapOptions & { readonly importance?: ImportanceMeasure },
): ImportancePerformance | TooFew | NotConverged {
	const { draws = 1000, level = 0.95, seed, importance: measure = 'correlation' } = options;
	const all = addCrossProducts(blocks);
	const count = all.sums.length - 1;
	if (all.n < 30) return tooFew(all.n, 30);
	if (count < 2) return tooFew(count, 2);
	if (blocks.length < fewestBlocks) return tooFew(blocks.length, fewestBlocks);
	if (measure === 'lmg' && count > exactDriverLimit) {
		throw new RangeError(`importance 'lmg' must have at most ${exactDriverLimit} attributes, got ${count}`);
	}
	const { means, standardDeviations } = moments(all);
	const still = standardDeviations.indexOf(0);
	if (still >= 0) return notConverged(`column ${still} does not vary: leave it out`);
	const derive = importanceBy(measure, count);
	const importance = derive(correlationsOf(all));
	if (importance === undefined)
		return notConverged('an attribute is an exact combination of others: leave it out');
	const performance = means.slice(0, count);
	const drawn = Array.from({ length: count }, () => ({
		performance: new Float64Array(draws),
		importance: new Float64Array(draws),
		priority: new Float64Array(draws),
		agreed: 0,
	}));
	const quadrants = quadrantsOf(performance, importance);
	let draw = 0;
	let failed = 0;
	bootstrapMoments(blocks, { draws, seed }, (correlation, drawnMeans) => {
		const drawnPerformance = [...drawnMeans.subarray(0, count)];
		const drawnImportance = derive(unjoined(correlation, count));
		if (drawnImportance === undefined) failed++;
		const again = drawnImportance ?? importance;
		const priority = priorityOf(drawnPerformance, again);
		const position = quadrantsOf(drawnPerformance, again);
		for (const [j, record] of drawn.entries()) {
			record.performance[draw] = drawnPerformance[j] ?? 0;
			record.importance[draw] = again[j] ?? 0;
			record.priority[draw] = priority[j] ?? 0;
			if (position[j] === quadrants[j]) record.agreed++;
		}
		draw++;
	});
	if (failed > 0)
		return notConverged(`${failed} of ${draws} resamples have collinear attributes: merge or drop some`);
	const priority = priorityOf(performance, importance);
	const common = { n: all.n, level };
	return {
		kind: 'importance-performance',
		points: drawn.map((record, j) => ({
			attribute: j,
			performance: estimate({
				value: performance[j] ?? 0,
				...percentileInterval(record.performance, level),
				...common,
				method: 'mean rating, bootstrap percentiles',
			}),
			importance: estimate({
				value: importance[j] ?? 0,
				...percentileInterval(record.importance, level),
				...common,
				method: `importance by ${measure}, bootstrap percentiles`,
			}),
			ellipse: ellipseOf(record.performance, record.importance, level),
			quadrant: quadrants[j] ?? 'low',
			quadrantProbability: record.agreed / draws,
			priority: estimate({
				value: priority[j] ?? 0,
				...percentileInterval(record.priority, level),
				...common,
				method: 'distance from the diagonal of equal priority, bootstrap percentiles',
			}),
		})),
		crossHairs: { performance: mean(performance), importance: mean(importance) },
		importanceMeasure: measure,
		n: all.n,
	};
}

function importanceBy(
	measure: ImportanceMeasure,
	count: number,
): (from: Correlations) => number[] | undefined {
	if (measure === 'correlation') return ({ withOutcome }) => [...withOutcome];
	if (measure === 'partial-correlation') return from => otherMeasures(from)?.partialCorrelation;
	const sweep = lmgSweep(count);
	return from => {
		const out = new Float64Array(count);
		sweep(joined(from), out);
		return [...out];
	};
}

function unjoined(correlation: Float64Array, count: number): Correlations {
	const width = count + 1;
	return {
		among: Array.from({ length: count }, (_, i) => [...correlation.subarray(i * width, i * width + count)]),
		withOutcome: Array.from({ length: count }, (_, i) => correlation[i * width + count] ?? 0),
	};
}

function quadrantsOf(performance: readonly number[], importance: readonly number[]): Quadrant[] {
	const acrossPerformance = mean(performance);
	const acrossImportance = mean(importance);
	return performance.map((value, j) => {
		const matters = (importance[j] ?? 0) >= acrossImportance;
		if (value >= acrossPerformance) return matters ? 'keep' : 'overkill';
		return matters ? 'concentrate' : 'low';
	});
}

function priorityOf(performance: readonly number[], importance: readonly number[]): number[] {
	const standardPerformance = standardised(performance);
	return standardised(importance).map((value, j) => value - (standardPerformance[j] ?? 0));
}

function standardised(values: readonly number[]): number[] {
	const centre = mean(values);
	const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / (values.length - 1));
	return values.map(v => (spread === 0 ? 0 : (v - centre) / spread));
}

function ellipseOf(across: Float64Array, along: Float64Array, level: number): Ellipse {
	const centreX = mean(across);
	const centreY = mean(along);
	let xx = 0;
	let xy = 0;
	let yy = 0;
	for (let d = 0; d < across.length; d++) {
		const x = (across[d] ?? 0) - centreX;
		const y = (along[d] ?? 0) - centreY;
		xx += x * x;
		xy += x * y;
		yy += y * y;
	}
	const scale = chiSquareQuantile(level, 2) / (across.length - 1);
	const { values, vectors } = symmetricEigen([
		[xx * scale, xy * scale],
		[xy * scale, yy * scale],
	]);
	const [x = 1, y = 0] = vectors[0] ?? [];
	return {
		semiMajor: Math.sqrt(Math.max(0, values[0] ?? 0)),
		semiMinor: Math.sqrt(Math.max(0, values[1] ?? 0)),
		angle: Math.atan2(x < 0 ? -y : y, Math.abs(x)),
	};
}

function mean(values: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
	return sum / values.length;
}
