import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { choleskySolve } from '../numerics/cholesky.ts';
import {
	type BootstrapOptions,
	bootstrapMoments,
	fewestBlocks,
	percentileInterval,
} from './block-bootstrap.ts';
import { moments } from './correlations.ts';
import { addCrossProducts, type CrossProducts } from './cross-products.ts';

/** What an attribute does to satisfaction: disappoints when bad (basic), delights when good (exciter), or both. */
export type AttributeCharacter = 'basic' | 'hybrid' | 'exciter';

/** One attribute of a penalty–reward contrast. */
export type PenaltyReward = {
	readonly attribute: number;
	/** Coefficient of a low rating against a middle one, in units of the outcome; normally below 0. */
	readonly penalty: Estimate;
	/** Coefficient of a high rating against a middle one; normally above 0. */
	readonly reward: Estimate;
	/** Reward plus size of penalty: how far the attribute can move the outcome. */
	readonly range: number;
	/**
	 * (reward − penalty size) / (reward + penalty size), −1…1. A coefficient of the wrong sign counts as 0 here, and
	 * `flipped` says so; too-few when a low or high rating is too rare.
	 */
	readonly asymmetry: Estimate | TooFew;
	/** A low rating seems to please or a high one to displease: collinear attributes, do not read the coefficients. */
	readonly flipped: boolean;
	/** Character by the point value alone. */
	readonly tendency: AttributeCharacter;
	/** Character the whole interval of the asymmetry agrees on; undecided otherwise. */
	readonly character: AttributeCharacter | 'undecided';
	/** How many rated the attribute low and high. */
	readonly ratedLow: number;
	readonly ratedHigh: number;
};

/** Answer of {@link penaltyReward}. */
export type PenaltyRewards = {
	readonly kind: 'penalty-reward';
	readonly attributes: PenaltyReward[];
	readonly intercept: number;
	readonly rSquared: number;
	readonly n: number;
};

/**
 * The row of dummies that {@link penaltyReward} expects: one penalty per attribute, one reward per attribute, the
 * outcome. Sum such rows (here or in the database) into cross-products.
 *
 * @param ratings - one per attribute
 * @param outcome - overall satisfaction
 * @param cuts - a rating of at most `low` is a penalty case, of at least `high` a reward case; low < high
 * @example
 * penaltyRewardRow([3, 7, 10], 8, { low: 6, high: 9 }) // => [1, 0, 0, 0, 0, 1, 8]
 */
export function penaltyRewardRow(
	ratings: readonly number[],
	outcome: number,
	cuts: { readonly low: number; readonly high: number },
): number[] {
	if (!(cuts.low < cuts.high))
		throw new RangeError(`low must be below high, got ${cuts.low} and ${cuts.high}`);
	const penalties = ratings.map(rating => (rating <= cuts.low ? 1 : 0));
	const rewards = ratings.map(rating => (rating >= cuts.high ? 1 : 0));
	return [...penalties, ...rewards, outcome];
}

/**
 * Does an attribute cost more when it is bad than it earns when it is good?
 *
 * One least-squares fit with a low and a high dummy per attribute; the asymmetry is classified only when its whole
 * bootstrap interval lies on one side of the cut-off.
 *
 * Assumes
 * 1. attributes act independently of one another on the outcome;
 * 2. the cut points between low, middle and high are meaningful (vary them and compare);
 * 3. blocks are exchangeable, see `crossProductBlocks`.
 *
 * Source: Brandt, "A procedure for identifying value-enhancing service components using customer satisfaction survey
 * data", 1987; Matzler and Sauerwein, International Journal of Service Industry Management 13(4), 2002.
 *
 * @param blocks - cross-products of rows made by {@link penaltyRewardRow}
 * @param options - `seed`, `draws` (1000), `level` (0.95), `cutoff` of the asymmetry (0.1, conventions range to 0.4),
 * `fewestPerCell` (30)
 * @returns too-few for fewer than 10 respondents per dummy or fewer than 50 blocks; not-converged for collinear dummies
 * @throws RangeError when the columns are not dummies in pairs plus an outcome
 * @example
 * penaltyReward([{ n: 1, weight: 1, sums: [0, 1, 8], products: [0, 0, 0, 1, 8, 64] }], { seed: 1 }) // => { kind: 'too-few', n: 1, needed: 20 }
 */
export function penaltyReward(
	blocks: readonly CrossProducts[],
	options: BootstrapOptions & { readonly cutoff?: number; readonly fewestPerCell?: number },
): PenaltyRewards | TooFew | NotConverged {
	const { draws = 1000, level = 0.95, seed, cutoff = 0.1, fewestPerCell = 30 } = options;
	if (!(cutoff > 0 && cutoff < 1)) throw new RangeError(`cutoff must be between 0 and 1, got ${cutoff}`);
	const all = addCrossProducts(blocks);
	const columns = all.sums.length;
	if (columns < 3 || columns % 2 === 0) {
		throw new RangeError(`blocks must hold two dummies per attribute and an outcome, got ${columns} columns`);
	}
	const dummies = columns - 1;
	if (all.n < 10 * dummies) return tooFew(all.n, 10 * dummies);
	if (blocks.length < fewestBlocks) return tooFew(blocks.length, fewestBlocks);
	const { means, standardDeviations, correlation } = moments(all);
	const still = standardDeviations.indexOf(0);
	if (still >= 0)
		return notConverged(`column ${still} does not vary: nobody or everybody falls in that cell`);
	const slopes = slopesOf(correlation.flat(), standardDeviations, columns);
	if (slopes === undefined)
		return notConverged('a dummy is an exact combination of others: leave an attribute out');
	const drawn = Array.from({ length: dummies }, () => new Float64Array(draws));
	let draw = 0;
	let failed = 0;
	bootstrapMoments(blocks, { draws, seed }, (resampled, _, spreads) => {
		const again = slopesOf(resampled, spreads, columns);
		if (again === undefined) failed++;
		for (let j = 0; j < dummies; j++) (drawn[j] ?? new Float64Array(1))[draw] = again?.[j] ?? 0;
		draw++;
	});
	if (failed > 0)
		return notConverged(`${failed} of ${draws} resamples have collinear dummies: merge or drop attributes`);
	const attributes = dummies / 2;
	const inOutcome = slopes.map(
		(slope, j) => slope * (correlation[j]?.[dummies] ?? 0) * (standardDeviations[j] ?? 0),
	);
	return {
		kind: 'penalty-reward',
		attributes: Array.from({ length: attributes }, (_, a) =>
			describeAttribute({
				attribute: a,
				penalty: slopes[a] ?? 0,
				reward: slopes[a + attributes] ?? 0,
				penaltyDraws: drawn[a] ?? new Float64Array(1),
				rewardDraws: drawn[a + attributes] ?? new Float64Array(1),
				ratedLow: Math.round((means[a] ?? 0) * all.n),
				ratedHigh: Math.round((means[a + attributes] ?? 0) * all.n),
				n: all.n,
				level,
				cutoff,
				fewestPerCell,
			}),
		),
		intercept: slopes.reduce((rest, slope, j) => rest - slope * (means[j] ?? 0), means[dummies] ?? 0),
		rSquared: inOutcome.reduce((sum, v) => sum + v, 0) / (standardDeviations[dummies] ?? 1),
		n: all.n,
	};
}

function slopesOf(
	correlation: ArrayLike<number>,
	spreads: ArrayLike<number>,
	columns: number,
): number[] | undefined {
	const size = columns - 1;
	const among = Array.from({ length: size }, (_, i) =>
		Array.from({ length: size }, (__, j) => correlation[i * columns + j] ?? 0),
	);
	const withOutcome = Array.from({ length: size }, (_, i) => correlation[i * columns + size] ?? 0);
	const outcomeSpread = spreads[size] ?? 1;
	return choleskySolve(among, withOutcome)?.map((beta, j) => (beta * outcomeSpread) / (spreads[j] ?? 1));
}

function describeAttribute(parts: {
	attribute: number;
	penalty: number;
	reward: number;
	penaltyDraws: Float64Array;
	rewardDraws: Float64Array;
	ratedLow: number;
	ratedHigh: number;
	n: number;
	level: number;
	cutoff: number;
	fewestPerCell: number;
}): PenaltyReward {
	const { penalty, reward, penaltyDraws, rewardDraws, ratedLow, ratedHigh, n, level, cutoff } = parts;
	const method = 'least squares on low and high dummies, bootstrap percentiles';
	const value = asymmetryOf(penalty, reward);
	const fewest = Math.min(ratedLow, ratedHigh);
	const interval = percentileInterval(
		penaltyDraws.map((p, d) => asymmetryOf(p, rewardDraws[d] ?? 0)),
		level,
	);
	const asymmetry =
		fewest < parts.fewestPerCell
			? tooFew(fewest, parts.fewestPerCell)
			: estimate({ value, ...interval, n, method, level });
	const flipped = penalty > 0 || reward < 0;
	const lowEnd = characterOf(interval.low, cutoff);
	const isDecided =
		asymmetry.kind === 'estimate' && !flipped && lowEnd === characterOf(interval.high, cutoff);
	return {
		attribute: parts.attribute,
		penalty: estimate({ value: penalty, ...percentileInterval(penaltyDraws, level), n, method, level }),
		reward: estimate({ value: reward, ...percentileInterval(rewardDraws, level), n, method, level }),
		range: Math.max(0, reward) + Math.max(0, -penalty),
		asymmetry,
		flipped,
		tendency: characterOf(value, cutoff),
		character: isDecided ? lowEnd : 'undecided',
		ratedLow,
		ratedHigh,
	};
}

function asymmetryOf(penalty: number, reward: number): number {
	const gain = Math.max(0, reward);
	const loss = Math.max(0, -penalty);
	return gain + loss === 0 ? 0 : (gain - loss) / (gain + loss);
}

function characterOf(asymmetry: number, cutoff: number): AttributeCharacter {
	if (asymmetry > cutoff) return 'exciter';
	return asymmetry < -cutoff ? 'basic' : 'hybrid';
}
