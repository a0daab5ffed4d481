import { type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';
import { type Sums, sampleVariance } from '../scores/mean-interval.ts';

/** Those who answered, and how many were asked. */
export type PartialAnswers = {
	/** Sums over the answers. */
	readonly answers: Sums;
	/** Everybody who was asked, answered or not. */
	readonly asked: number;
	/** Lowest and highest answer possible: −1 and 1 for an NPS, 0 and 1 for a share. */
	readonly scale: readonly [lowest: number, highest: number];
	/** Confidence of the outer limits, 0.95 unless given. */
	readonly level?: number;
};

/** Where a mean over everybody can lie, given that some did not answer. */
export type ResponseBounds = {
	readonly kind: 'bounds';
	/** Lowest mean the answers leave possible. */
	readonly low: number;
	/** Highest mean the answers leave possible. */
	readonly high: number;
	/** `low` less its sampling error: with the confidence of `level` the truth is above. */
	readonly lowLimit: number;
	/** `high` plus its sampling error. */
	readonly highLimit: number;
	/** Answers per person asked. */
	readonly responseRate: number;
	readonly n: number;
	readonly asked: number;
	readonly level: number;
	readonly method: string;
};

/**
 * Where the mean over everybody lies if nothing at all is assumed about those who did not answer.
 *
 * Source: Manski 1989, "Anatomy of the selection problem"; bounds W·m + (1 − W)·lowest and W·m + (1 − W)·highest. No
 * sample, however large, narrows them: only answers do.
 *
 * @param partial Answers, people asked and the scale. `too-few` below 2 answers.
 *
 * @example
 * const partial = { answers: { n: 40, sum: 20, sumOfSquares: 36 }, asked: 100, scale: [-1, 1] }
 * manskiBounds(partial).low // => -0.4
 * manskiBounds(partial).high // => 0.8
 */
export function manskiBounds(partial: PartialAnswers): ResponseBounds | TooFew {
	const [lowest, highest] = partial.scale;
	return bounds(partial, 'worst-case bounds (Manski)', ({ fill }) => [fill(lowest), fill(highest)]);
}

/**
 * The bounds when those who did not answer are, on average, no happier than those who did.
 *
 * Source: Manski & Pepper 2000, monotone selection.
 *
 * @example
 * const partial = { answers: { n: 40, sum: 20, sumOfSquares: 36 }, asked: 100, scale: [-1, 1] }
 * monotoneBounds(partial).high // => 0.5
 */
export function monotoneBounds(partial: PartialAnswers): ResponseBounds | TooFew {
	const [lowest] = partial.scale;
	return bounds(partial, 'monotone bounds (silent people no happier)', ({ fill, shifted }) => [
		fill(lowest),
		shifted(0),
	]);
}

/**
 * The bounds when the mean of those who did not answer lies at most `gap` below that of those who did, and not above.
 *
 * Draw it for a range of gaps: the curve shows how large the gap must be before a conclusion falls.
 *
 * @param gap At least 0, in units of the answer.
 *
 * @example
 * const partial = { answers: { n: 40, sum: 20, sumOfSquares: 36 }, asked: 100, scale: [-1, 1] }
 * boundedDifference({ ...partial, gap: 0.5 }).low // => 0.2
 */
export function boundedDifference({
	gap,
	...partial
}: PartialAnswers & { readonly gap: number }): ResponseBounds | TooFew {
	requireNumber('gap', gap, 0);
	return bounds(partial, `silent people at most ${gap} less happy`, ({ fill, shifted }) => {
		// No gap can take anybody below the scale.
		const [floor, gapped] = [fill(partial.scale[0]), shifted(gap)];
		return [floor.value > gapped.value ? floor : gapped, shifted(0)];
	});
}

type Limit = { readonly value: number; readonly standardError: number };

function bounds(
	{ answers, asked, scale, level = 0.95 }: PartialAnswers,
	method: string,
	limits: (choices: { fill: (answer: number) => Limit; shifted: (gap: number) => Limit }) => [Limit, Limit],
): ResponseBounds | TooFew {
	const z = criticalValue(level);
	const [lowest, highest] = scale;
	if (!(lowest < highest)) throw new RangeError(`scale must rise, got ${lowest} to ${highest}`);
	requireCount('answers.n', answers.n);
	requireCount('asked', asked, answers.n);
	if (answers.n < 2) return tooFew(answers.n, 2);
	const mean = requireNumber('mean of the answers', answers.sum / answers.n, lowest, highest);
	const silent = asked - answers.n;
	const [low, high] = limits({
		// Everybody silent answers this: then it is the mean of a complete sample.
		fill: answer => {
			const sum = answers.sum + silent * answer;
			const sumOfSquares = answers.sumOfSquares + silent * answer * answer;
			const variance = sampleVariance({ n: asked, sum, sumOfSquares });
			return { value: sum / asked, standardError: Math.sqrt(variance / asked) };
		},
		shifted: gap => {
			const share = silent / asked;
			const variance = sampleVariance(answers) / answers.n + (gap * gap * share * (1 - share)) / asked;
			return { value: mean - share * gap, standardError: Math.sqrt(variance) };
		},
	});
	return {
		kind: 'bounds',
		low: low.value,
		high: high.value,
		lowLimit: Math.max(lowest, low.value - z * low.standardError),
		highLimit: Math.min(highest, high.value + z * high.standardError),
		responseRate: answers.n / asked,
		n: answers.n,
		asked,
		level,
		method,
	};
}
