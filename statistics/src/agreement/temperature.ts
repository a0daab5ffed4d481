import { type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { brent } from '../numerics/root-finding.ts';
import { logSumExp } from '../numerics/special-functions.ts';
import { requireAboveZero, requireNumber, requireSameLength } from '../require-argument.ts';

/** By what to divide logits so that probabilities mean what they say. */
export type Temperature = {
	readonly kind: 'temperature';
	/** Above 1: the classifier was too sure; below 1: too timid. */
	readonly temperature: number;
	/** Mean −ln probability of the truth before and after, on the cases it was fitted to. */
	readonly lossBefore: number;
	readonly lossAfter: number;
	readonly n: number;
};

/**
 * The one number that puts a classifier's confidence right without changing any call (temperature scaling), fitted on cases
 * the classifier was not trained on.
 *
 * Source: Guo, Pleiss, Sun & Weinberger 2017. The likelihood is concave in 1/T, so its slope has one zero.
 *
 * @param logits One row per case (logarithms of probabilities will do), one column per class.
 * @param truth Class number of each case.
 * @returns `too-few` below 20 cases; `not-converged` when every call is right (T would be 0) or confidence tells nothing.
 *
 * @example
 * const logits = Array.from({ length: 20 }, (_, i) => [i < 15 ? 4 : -4, 0])
 * const truth = Array.from({ length: 20 }, (_, i) => (i % 5 === 0 ? 1 : 0))
 * fitTemperature({ logits, truth }).kind // => 'temperature'
 */
export function fitTemperature({
	logits,
	truth,
}: {
	readonly logits: readonly (readonly number[])[];
	readonly truth: readonly number[];
}): Temperature | TooFew | NotConverged {
	const n = requireSameLength('truth', truth, 'logits', logits);
	for (const [i, row] of logits.entries()) {
		for (const logit of row) requireNumber(`logits[${i}]`, logit);
		if (row[truth[i] ?? -1] === undefined) {
			throw new RangeError(`truth must be between 0 and ${row.length - 1}, got ${truth[i]}`);
		}
	}
	if (n < 20) return tooFew(n, 20);
	// Slope of the log-likelihood in the inverse temperature: observed minus expected logit of the truth.
	const slope = (inverse: number): number =>
		logits.reduce((sum, row, i) => {
			const scaled = row.map(logit => inverse * logit);
			const total = logSumExp(scaled);
			const expected = row.reduce((mean, logit, k) => mean + logit * Math.exp((scaled[k] ?? 0) - total), 0);
			return sum + (row[truth[i] ?? -1] ?? 0) - expected;
		}, 0) / n;
	if (slope(1e-6) <= 0)
		return notConverged('confidence goes against the truth: no positive temperature helps');
	if (slope(1e4) > -1e-9) return notConverged('every call is right: any smaller temperature fits better');
	const inverse = brent(slope, 1e-6, 1e4, { tolerance: 1e-12 });
	if (typeof inverse !== 'number') return inverse;
	const loss = (scale: number): number =>
		logits.reduce((sum, row, i) => {
			const scaled = row.map(logit => scale * logit);
			return sum + logSumExp(scaled) - (scaled[truth[i] ?? -1] ?? 0);
		}, 0) / n;
	return { kind: 'temperature', temperature: 1 / inverse, lossBefore: loss(1), lossAfter: loss(inverse), n };
}

/**
 * Probabilities of one case at a temperature.
 *
 * @param logits One per class.
 * @param temperature Above 0; 1 is softmax as it is.
 *
 * @example
 * atTemperature([2, 0], 2) // => [0.7310585..., 0.2689414...]
 */
export function atTemperature(logits: readonly number[], temperature: number): number[] {
	requireAboveZero('temperature', temperature);
	const scaled = logits.map(logit => logit / temperature);
	const total = logSumExp(scaled);
	return scaled.map(logit => Math.exp(logit - total));
}
