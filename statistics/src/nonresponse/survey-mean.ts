import { type Estimate, estimate, type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, tQuantile } from '../numerics/special-functions.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';
import { effectiveSampleSize } from '../scores/effective-sample-size.ts';
import { rake } from './rake.ts';
import { designVariance, type SurveyDesign, withoutMargins } from './survey-design.ts';

/** A mean or total of a population, from answers drawn by a design. */
export type SurveyEstimate = Estimate & {
	readonly standardError: number;
	readonly degreesOfFreedom: number;
	/** Kish's effective number of answers under the final weights. */
	readonly effectiveN: number;
	/** The weights after weighting to the margins. */
	readonly weights: Float64Array;
};

/**
 * The mean over a population, from a stratified, clustered or weighted sample, weighted to known totals if given.
 *
 * Assumes: 1. the design is as described; 2. with margins: within their groups, answering does not depend on the answer.
 * The variance is linearised, Student's t on clusters less strata. Source: Särndal, Swensson & Wretman 1992; Lumley,
 * "Complex Surveys", ch. 2, 7.
 *
 * @param values Answers.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` when a stratum has a single cluster or a margin's group has no answers; `not-converged` when the
 * margins cannot be met together.
 *
 * @example
 * surveyMean({ values: [1, 2, 4], weights: [1, 1, 2] }).value // => 2.75
 */
export function surveyMean(
	question: SurveyDesign & { readonly values: ArrayLike<number>; readonly level?: number },
): SurveyEstimate | TooFew | NotConverged {
	return surveyFigure(question, (values, weights) => {
		let [sum, population] = [0, 0];
		for (let i = 0; i < values.length; i += 1) {
			sum += (weights[i] ?? 0) * (values[i] ?? 0);
			population += weights[i] ?? 0;
		}
		const mean = sum / population;
		const contribution = (i: number): number => ((weights[i] ?? 0) * ((values[i] ?? 0) - mean)) / population;
		return {
			value: mean,
			contributions: Float64Array.from({ length: values.length }, (_, i) => contribution(i)),
		};
	});
}

/**
 * The total over a population: as {@link surveyMean}, for sums such as spend or the number of customers who would say no.
 *
 * @example
 * surveyTotal({ values: [1, 2, 4], weights: [1, 1, 2] }).value // => 11
 */
export function surveyTotal(
	question: SurveyDesign & { readonly values: ArrayLike<number>; readonly level?: number },
): SurveyEstimate | TooFew | NotConverged {
	return surveyFigure(question, (values, weights) => {
		const contributions = Float64Array.from(
			{ length: values.length },
			(_, i) => (weights[i] ?? 0) * (values[i] ?? 0),
		);
		return { value: contributions.reduce((sum, x) => sum + x, 0), contributions };
	});
}

type Linearised = { readonly value: number; readonly contributions: Float64Array };

function surveyFigure(
	{
		values,
		level = 0.95,
		...design
	}: SurveyDesign & { readonly values: ArrayLike<number>; readonly level?: number },
	linearise: (values: ArrayLike<number>, weights: ArrayLike<number>) => Linearised,
): SurveyEstimate | TooFew | NotConverged {
	criticalValue(level);
	const n = requireSameLength('weights', design.weights, 'values', values);
	for (let i = 0; i < n; i += 1) requireNumber(`values[${i}]`, values[i] ?? Number.NaN);
	if (n < 2) return tooFew(n, 2);
	const { margins = [] } = design;
	const calibrated = margins.length > 0 ? rake({ weights: design.weights, margins }) : undefined;
	if (calibrated && calibrated.kind !== 'weights') return calibrated;
	const weights = calibrated?.weights ?? Float64Array.from(design.weights);
	const { value, contributions } = linearise(values, weights);
	const varying = margins.length > 0 ? withoutMargins(contributions, weights, margins) : contributions;
	const { variance, degreesOfFreedom, lonelyStrata } = designVariance(varying, design);
	if (lonelyStrata > 0 || degreesOfFreedom < 1) return tooFew(1, 2);
	const standardError = Math.sqrt(variance);
	const half = tQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
	return estimate({
		value,
		low: value - half,
		high: value + half,
		n,
		level,
		standardError,
		degreesOfFreedom,
		effectiveN: effectiveSampleSize({
			sumWeights: weights.reduce((sum, w) => sum + w, 0),
			sumSquaredWeights: weights.reduce((sum, w) => sum + w * w, 0),
		}),
		weights,
		method: ['design-based', 'post-stratified', 'raked'][Math.min(2, margins.length)] ?? 'design-based',
	});
}
