import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { leastSquares } from '../numerics/least-squares.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';
import { responsePropensities } from './response-propensity.ts';

/** One person: what is known of everybody, and the answer if there was one. */
export type Person = { readonly features: readonly number[]; readonly answer?: number };

/**
 * The mean over everybody from a model of the answer for all people plus a weighted correction by those who answered:
 * right when either the model of the answer or that of answering is.
 *
 * Assumes: missing at random given the features. The answer is modelled by least squares, answering by logistic
 * regression on the same features; the variance is that of the influence values. Source: Robins, Rotnitzky & Zhao 1994.
 *
 * @param people Everybody who was asked.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 10 people per feature or too few answers for the model; `not-converged` when a model has no fit.
 *
 * @example
 * const person = (x, answer) => (answer === undefined ? { features: [x] } : { features: [x], answer })
 * const people = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1].map((x, i) => person(x, i % 5 < 2 + x ? x : undefined))
 * doublyRobustMean({ people }).value // => 0.5
 */
export function doublyRobustMean({
	people,
	level = 0.95,
}: {
	readonly people: readonly Person[];
	readonly level?: number;
}): (Estimate & { readonly standardError: number }) | TooFew | NotConverged {
	criticalValue(level);
	const answered = people.flatMap(({ features, answer }) =>
		answer === undefined ? [] : [{ features, answer }],
	);
	const columns = 1 + (people[0]?.features.length ?? 0);
	if (answered.length <= columns) return tooFew(answered.length, columns + 1);
	const propensity = responsePropensities({
		features: people.map(({ features }) => features),
		responded: people.map(({ answer }) => answer !== undefined),
	});
	if (propensity.kind !== 'propensities') return propensity;
	const model = leastSquares(
		answered.map(({ features }) => [1, ...features]),
		answered.map(({ answer }) => answer),
	);
	if (!model) return notConverged('the features of those who answered are linearly dependent: leave one out');
	const predicted = people.map(({ features }) =>
		[1, ...features].reduce((sum, x, j) => sum + x * (model.coefficients[j] ?? 0), 0),
	);
	return augmentedMean({
		predicted,
		answers: people.map(({ answer }) => answer),
		propensities: propensity.propensities,
		level,
	});
}

/**
 * The doubly robust mean from models fitted elsewhere.
 *
 * @param predicted The answer the model expects of each person.
 * @param answers Each person's answer, undefined where there is none.
 * @param propensities Each person's chance of answering, above 0 and at most 1.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 2 answers.
 *
 * @example
 * augmentedMean({ predicted: [1, 1, 3, 3], answers: [1, undefined, 4, 3], propensities: [0.5, 0.5, 1, 1] }).value // => 2.25
 */
export function augmentedMean({
	predicted,
	answers,
	propensities,
	level = 0.95,
}: {
	readonly predicted: ArrayLike<number>;
	readonly answers: readonly (number | undefined)[];
	readonly propensities: ArrayLike<number>;
	readonly level?: number;
}): (Estimate & { readonly standardError: number }) | TooFew {
	const z = criticalValue(level);
	const everybody = requireSameLength('predicted', predicted, 'answers', answers);
	requireSameLength('propensities', propensities, 'answers', answers);
	const n = answers.filter(answer => answer !== undefined).length;
	if (n < 2) return tooFew(n, 2);
	const influence = answers.map((answer, i) => {
		const p = requireNumber(`propensities[${i}]`, propensities[i] ?? 0, Number.MIN_VALUE, 1);
		const expected = requireNumber(`predicted[${i}]`, predicted[i] ?? Number.NaN);
		return answer === undefined
			? expected
			: expected + (requireNumber(`answers[${i}]`, answer) - expected) / p;
	});
	const value = influence.reduce((sum, x) => sum + x, 0) / everybody;
	const spread = influence.reduce((sum, x) => sum + (x - value) ** 2, 0) / (everybody - 1);
	const standardError = Math.sqrt(spread / everybody);
	return estimate({
		value,
		low: value - z * standardError,
		high: value + z * standardError,
		n,
		level,
		standardError,
		method: 'doubly robust (augmented inverse propensity weighting)',
	});
}
