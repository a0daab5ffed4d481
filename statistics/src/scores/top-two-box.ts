import type { Estimate, TooFew } from '../figure.ts';
import { requireCount } from '../require-argument.ts';
import { wilson } from './wilson.ts';

/**
 * Which share of the answers lies in the top boxes of a scale, with Wilson's interval.
 *
 * @param counts Answers per scale point, lowest point first: `[0, 2, 3, 10, 5]` for a scale of 1 to 5.
 * @param boxes How many of the highest points count; 2 unless given, at most one fewer than the scale has.
 * @param level Confidence, 0.95 unless given.
 *
 * @example
 * topTwoBox({ counts: [0, 2, 3, 10, 5] }).value // => 0.75
 * topTwoBox({ counts: [0, 2, 3, 10, 5] }).low // => 0.53129...
 */
export function topTwoBox({
	counts,
	boxes = 2,
	level = 0.95,
}: {
	readonly counts: readonly number[];
	readonly boxes?: number;
	readonly level?: number;
}): Estimate | TooFew {
	requireCount('boxes', boxes, 1);
	if (counts.length <= boxes) {
		throw new RangeError(`counts must have more points than boxes (${boxes}), got ${counts.length}`);
	}
	let n = 0;
	let successes = 0;
	counts.forEach((count, point) => {
		n += requireCount(`counts[${point}]`, count);
		if (point >= counts.length - boxes) successes += count;
	});
	return wilson({ successes, n, level });
}
