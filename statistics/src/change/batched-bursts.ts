import { type TooFew, tooFew } from '../figure.ts';
import { logGamma } from '../numerics/special-functions.ts';
import { requireAboveZero, requireCount, requireNumber, requireSameLength } from '../require-argument.ts';
import { cheapestLevels } from './cheapest-levels.ts';

/** A stretch of batches in which the topic was at this level or above. */
export type BatchBurst = {
	/** 1 for the first level above normal. */
	readonly level: number;
	/** First batch of the burst, counted from 0. */
	readonly from: number;
	/** Last batch of the burst. */
	readonly to: number;
	/** How much better this level explains the batches than the one below; larger is more certain. */
	readonly weight: number;
};

/** Where a topic bursts. */
export type BatchedBursts = {
	readonly kind: 'bursts';
	/** Level of each batch: 0 is normal. */
	readonly levels: readonly number[];
	/** Share of the topic at each level. */
	readonly shares: readonly number[];
	readonly bursts: readonly BatchBurst[];
	/** Total cost of the cheapest explanation, in nats. */
	readonly cost: number;
	/** Documents in all batches. */
	readonly n: number;
	readonly method: string;
};

/**
 * On which days was this topic suddenly much more of what people wrote about?
 *
 * Level i expects a share of p₀ sⁱ, p₀ being the overall share. Explaining a batch costs −ln of its binomial
 * probability, rising a level costs γ ln(number of batches); the cheapest sequence of levels over all batches is found
 * exactly (a greedy pass day by day gives other, wrong bursts).
 *
 * Assumptions: 1. batches follow each other without gaps; 2. within a level, documents are about the topic
 * independently. Levels whose share would reach 1 are left out. Refuses with `too-few` when there are fewer than two
 * batches or the topic never occurs. A level is a decision, not an estimate: judge it by its weight.
 *
 * Source: Kleinberg, "Bursty and hierarchical structure in streams", Data Mining and Knowledge Discovery 7, 2003, §4.
 *
 * @param relevant Documents about the topic, per batch.
 * @param total All documents, per batch; at least `relevant`.
 * @param s How much larger the share is from one level to the next, above 1; 2 unless given.
 * @param gamma How unwilling we are to call it a burst, 0 or more; 1 unless given.
 * @param levels Levels including the normal one, 2 or more; 2 unless given.
 *
 * @example
 * batchedBursts({ relevant: [5, 4, 60, 5], total: [100, 100, 100, 100] }).levels // => [0, 0, 1, 0]
 */
export function batchedBursts({
	relevant,
	total,
	s = 2,
	gamma = 1,
	levels = 2,
}: {
	readonly relevant: readonly number[];
	readonly total: readonly number[];
	readonly s?: number;
	readonly gamma?: number;
	readonly levels?: number;
}): BatchedBursts | TooFew {
	const batches = requireSameLength('relevant', relevant, 'total', total);
	if (!(s > 1)) throw new RangeError(`s must be above 1, got ${s}`);
	requireNumber('gamma', gamma, 0);
	requireCount('levels', levels, 2);
	let relevantSum = 0;
	let n = 0;
	for (const [batch, documents] of total.entries()) {
		requireCount('total', documents);
		const about = requireCount('relevant', relevant[batch] ?? 0);
		if (about > documents)
			throw new RangeError(`relevant must be at most total (${documents}), got ${about}`);
		relevantSum += about;
		n += documents;
	}
	if (batches < 2) return tooFew(batches, 2);
	if (relevantSum === 0) return tooFew(0, 1);
	const normal = requireAboveZero('relevant', relevantSum) / n;
	const shares = Array.from({ length: levels }, (_, level) => normal * s ** level).filter(
		(share, level) => level === 0 || share < 1,
	);
	const fits = total.map((documents, batch) =>
		shares.map(share => misfit(relevant[batch] ?? 0, documents, share)),
	);
	const { levels: found, cost } = cheapestLevels(fits, gamma * Math.log(batches));
	return {
		kind: 'bursts',
		levels: found,
		shares,
		bursts: burstsOf(found, fits),
		cost,
		n,
		method: 'Kleinberg batched, exact Viterbi',
	};
}

/** −ln of the binomial probability of r about the topic among d. */
function misfit(r: number, d: number, share: number): number {
	const choose = logGamma(d + 1) - logGamma(r + 1) - logGamma(d - r + 1);
	const about = r === 0 ? 0 : r * Math.log(share);
	const others = d === r ? 0 : (d - r) * Math.log1p(-share);
	return -(choose + about + others);
}

/** Maximal runs at or above each level, with the misfit saved against the level below. */
function burstsOf(levels: readonly number[], fits: readonly (readonly number[])[]): BatchBurst[] {
	const bursts: BatchBurst[] = [];
	const highest = Math.max(...levels);
	for (let level = 1; level <= highest; level += 1) {
		let from = -1;
		let weight = 0;
		for (const [batch, at] of [...levels, 0].entries()) {
			if (at >= level) {
				if (from < 0) from = batch;
				weight += (fits[batch]?.[level - 1] ?? 0) - (fits[batch]?.[level] ?? 0);
			} else if (from >= 0) {
				bursts.push({ level, from, to: batch - 1, weight });
				from = -1;
				weight = 0;
			}
		}
	}
	return bursts;
}
