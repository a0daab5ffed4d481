import { type TooFew, tooFew } from '../figure.ts';
import { isotonic } from '../numerics/isotonic.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';

/** A rising line from scores to probabilities, straight between its knots. */
export type CalibrationLine = {
	readonly kind: 'calibration-line';
	/** Ascending scores. */
	readonly scores: readonly number[];
	/** Probability at each, 0…1, never falling. */
	readonly probabilities: readonly number[];
	readonly n: number;
};

/**
 * The never-falling line from a score to a probability that fits held-out cases best (isotonic calibration).
 *
 * Needs many cases (a thousand or so); with fewer, temperature scaling is steadier. Source: Zadrozny & Elkan 2002.
 *
 * @param scores Any order.
 * @param outcomes Whether it happened.
 * @returns `too-few` below 20 cases.
 *
 * @example
 * const scores = Array.from({ length: 20 }, (_, i) => i)
 * const line = isotonicCalibration({ scores, outcomes: scores.map(x => x >= 10) })
 * calibratedProbability(line, 4) // => 0
 * calibratedProbability(line, 9.5) // => 0.5
 */
export function isotonicCalibration({
	scores,
	outcomes,
}: {
	readonly scores: readonly number[];
	readonly outcomes: readonly boolean[];
}): CalibrationLine | TooFew {
	const n = requireSameLength('outcomes', outcomes, 'scores', scores);
	if (n < 20) return tooFew(n, 20);
	const atScore = new Map<number, { n: number; happened: number }>();
	for (const [i, score] of scores.entries()) {
		const entry = atScore.get(requireNumber(`scores[${i}]`, score)) ?? { n: 0, happened: 0 };
		entry.n += 1;
		if (outcomes[i]) entry.happened += 1;
		atScore.set(score, entry);
	}
	const distinct = [...atScore].sort(([a], [b]) => a - b);
	const fitted = isotonic(
		distinct.map(([, entry]) => entry.happened / entry.n),
		distinct.map(([, entry]) => entry.n),
	);
	// Only the ends of each level matter for a straight line between knots.
	const knots = distinct
		.map(([score], i) => ({ score, probability: fitted[i] ?? 0 }))
		.filter((_, i) => fitted[i] !== fitted[i - 1] || fitted[i] !== fitted[i + 1]);
	return {
		kind: 'calibration-line',
		scores: knots.map(knot => knot.score),
		probabilities: knots.map(knot => knot.probability),
		n,
	};
}

/**
 * The probability a score stands for; beyond the outermost knots it stays level.
 *
 * @example
 * const line = { kind: 'calibration-line', scores: [0, 1], probabilities: [0.2, 0.6], n: 20 }
 * calibratedProbability(line, 0.5) // => 0.4
 */
export function calibratedProbability({ scores, probabilities }: CalibrationLine, score: number): number {
	requireNumber('score', score);
	const after = scores.findIndex(knot => knot >= score);
	const last = probabilities[probabilities.length - 1] ?? 0;
	if (after === -1) return last;
	const [to, high] = [scores[after] ?? score, probabilities[after] ?? last];
	if (after === 0 || to === score) return high;
	const [from, low] = [scores[after - 1] ?? to, probabilities[after - 1] ?? high];
	return low + ((high - low) * (score - from)) / (to - from);
}
