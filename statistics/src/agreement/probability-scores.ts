import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { midranks } from '../ranks/midranks.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';
import { type MeanEstimate, meanInterval } from '../scores/mean-interval.ts';

/** Probabilities a classifier gave: one row per case, one column per class, rows summing to 1; and the class each case is of. */
export type Predictions = {
	readonly probabilities: readonly (readonly number[])[];
	readonly truth: readonly number[];
	/** Confidence, 0.95 unless given. */
	readonly level?: number;
};

/**
 * Mean squared distance of predicted probabilities from what happened, 0 (perfect) to 2: Σ over classes, mean over cases.
 * For two classes this is twice the binary form, which `binaryBrier` gives. Student's interval over cases. Source: Brier 1950.
 *
 * @returns `too-few` below 2 cases.
 *
 * @example
 * brierScore({ probabilities: [[0.8, 0.2], [0.3, 0.7]], truth: [0, 1] }).value // => 0.13
 */
export function brierScore({ probabilities, truth, level = 0.95 }: Predictions): MeanEstimate | TooFew {
	return meanLoss(probabilities, truth, level, (row, actual) =>
		row.reduce((sum, p, k) => sum + (p - (k === actual ? 1 : 0)) ** 2, 0),
	);
}

/**
 * Mean squared distance of the probability of an event from whether it happened, 0 (perfect) to 1.
 *
 * @param probabilities 0…1 each.
 * @param outcomes Whether it happened.
 *
 * @example
 * binaryBrier({ probabilities: [0.1, 0.9, 0.8, 0.3], outcomes: [false, true, true, false] }).value // => 0.0375
 */
export function binaryBrier({
	probabilities,
	outcomes,
	level = 0.95,
}: {
	readonly probabilities: readonly number[];
	readonly outcomes: readonly boolean[];
	readonly level?: number;
}): MeanEstimate | TooFew {
	const rows = probabilities.map((p, i) => [1 - requireNumber(`probabilities[${i}]`, p, 0, 1), p]);
	const truth = outcomes.map(Number);
	return meanLoss(rows, truth, level, ([, p = 0], actual) => (p - actual) ** 2);
}

/**
 * Mean −ln of the probability given to what happened; probabilities are kept 1e-15 away from 0. Student's interval over cases.
 *
 * @example
 * logLoss({ probabilities: [[0.5, 0.5], [0.5, 0.5]], truth: [1, 0] }).value // => 0.69314718...
 */
export function logLoss({ probabilities, truth, level = 0.95 }: Predictions): MeanEstimate | TooFew {
	return meanLoss(probabilities, truth, level, (row, actual) => -Math.log(Math.max(1e-15, row[actual] ?? 0)));
}

/**
 * The chance that a case where it happened has a higher score than one where it did not, ties counting half (AUC).
 * Source: Hanley & McNeil 1982; interval of DeLong, DeLong & Clarke-Pearson 1988.
 *
 * @returns `too-few` when it happened, or did not, fewer than 2 times.
 *
 * @example
 * rankingQuality({ scores: [0.1, 0.4, 0.35, 0.8], outcomes: [false, false, true, true] }).value // => 0.75
 */
export function rankingQuality({
	scores,
	outcomes,
	level = 0.95,
}: {
	readonly scores: readonly number[];
	readonly outcomes: readonly boolean[];
	readonly level?: number;
}): (Estimate & { readonly standardError: number }) | TooFew {
	const z = criticalValue(level);
	requireSameLength('outcomes', outcomes, 'scores', scores);
	const happened = scores.filter((_, i) => outcomes[i]);
	const others = scores.filter((_, i) => !outcomes[i]);
	const fewest = Math.min(happened.length, others.length);
	if (fewest < 2) return tooFew(fewest, 2);
	// A case's placement is the share of the other kind it stands above; ranks among all less ranks among its own give it.
	const overall = midranks([...happened, ...others]);
	const [own, theirs] = [midranks(happened), midranks(others)];
	const above = own.map((rank, i) => ((overall[i] ?? 0) - rank) / others.length);
	const below = theirs.map((rank, i) => 1 - ((overall[happened.length + i] ?? 0) - rank) / happened.length);
	const value = above.reduce((sum, x) => sum + x, 0) / above.length;
	const spread = (placements: Float64Array): number =>
		placements.reduce((sum, x) => sum + (x - value) ** 2, 0) / (placements.length - 1) / placements.length;
	const standardError = Math.sqrt(spread(above) + spread(below));
	return estimate({
		value,
		low: Math.max(0, value - z * standardError),
		high: Math.min(1, value + z * standardError),
		n: scores.length,
		level,
		standardError,
		method: 'area under the ROC curve, DeLong',
	});
}

function meanLoss(
	probabilities: readonly (readonly number[])[],
	truth: readonly number[],
	level: number,
	loss: (row: readonly number[], actual: number) => number,
): MeanEstimate | TooFew {
	const n = requireSameLength('truth', truth, 'probabilities', probabilities);
	let [sum, sumOfSquares] = [0, 0];
	for (const [i, row] of probabilities.entries()) {
		const actual = truth[i] ?? -1;
		requireDistribution(row, actual);
		const x = loss(row, actual);
		sum += x;
		sumOfSquares += x * x;
	}
	return meanInterval({ n, sum, sumOfSquares, level });
}

function requireDistribution(row: readonly number[], truth: number): void {
	if (row[truth] === undefined)
		throw new RangeError(`truth must be between 0 and ${row.length - 1}, got ${truth}`);
	const sum = row.reduce((total, p) => total + requireNumber('probability', p, 0, 1 + 1e-9), 0);
	if (Math.abs(sum - 1) > 1e-6) throw new RangeError(`probabilities of a case must sum to 1, got ${sum}`);
}
