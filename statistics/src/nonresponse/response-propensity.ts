import { type LogisticFit, logisticRegression } from '../drivers/logistic-regression.ts';
import type { NotConverged, TooFew } from '../figure.ts';
import { logistic } from '../numerics/special-functions.ts';
import { requireSameLength } from '../require-argument.ts';

/** How likely each person was to answer. */
export type ResponsePropensities = {
	readonly kind: 'propensities';
	/** One per person, answered or not, 0…1. */
	readonly propensities: Float64Array;
	readonly fit: LogisticFit;
};

/**
 * How likely each person was to answer, from what is known about everybody (tenure, tickets, refunds, spend).
 *
 * Assumes: log odds of answering are linear in the features. Leave out features that have to do with answering only:
 * they add noise and remove no bias. Source: Rosenbaum & Rubin 1983 (propensity score), logistic regression.
 *
 * @param features One row per person, equally long rows.
 * @param responded Whether each person answered.
 * @returns `too-few` or `not-converged` as the logistic regression says (separation: somebody is certain to answer).
 *
 * @example
 * const features = [[0], [0], [0], [0], [0], [1], [1], [1], [1], [1]]
 * const responded = [true, false, false, false, false, true, true, true, true, false]
 * responsePropensities({ features, responded }).propensities[0] // => 0.2000...
 */
export function responsePropensities({
	features,
	responded,
}: {
	readonly features: readonly (readonly number[])[];
	readonly responded: readonly boolean[];
}): ResponsePropensities | TooFew | NotConverged {
	requireSameLength('responded', responded, 'features', features);
	const patterns = new Map<string, { drivers: readonly number[]; n: number; yes: number }>();
	for (const [i, drivers] of features.entries()) {
		const key = drivers.join(' ');
		const pattern = patterns.get(key) ?? { drivers, n: 0, yes: 0 };
		pattern.n += 1;
		if (responded[i]) pattern.yes += 1;
		patterns.set(key, pattern);
	}
	const fit = logisticRegression([...patterns.values()]);
	if (fit.kind !== 'logistic-fit') return fit;
	const [intercept = 0, ...slopes] = fit.coefficients;
	const propensities = Float64Array.from(features, row =>
		logistic(row.reduce((sum, x, j) => sum + x * (slopes[j] ?? 0), intercept)),
	);
	return { kind: 'propensities', propensities, fit };
}
