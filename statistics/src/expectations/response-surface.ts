import { type NotConverged, notConverged, type TooFew } from '../figure.ts';
import { leastSquares } from '../numerics/least-squares.ts';
import { fUpper } from '../numerics/special-functions.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';
import type { ExpectationAnswers } from './disconfirmation.ts';
import { type Coefficient, combine, regress } from './regression.ts';

/** Satisfaction as a surface over expectation and experience. */
export type ResponseSurface = {
	readonly kind: 'response-surface';
	/** Of 1, E, P, E², EP, P², both centred. */
	readonly intercept: Coefficient;
	readonly expected: Coefficient;
	readonly experienced: Coefficient;
	readonly expectedSquared: Coefficient;
	readonly product: Coefficient;
	readonly experiencedSquared: Coefficient;
	/** Along experience = expectation: what more of both does, and whether that bends. */
	readonly alongAgreement: { readonly slope: Coefficient; readonly curvature: Coefficient };
	/** Along experience = −expectation around the centre: what exceeding does, and whether that bends. */
	readonly alongDisagreement: { readonly slope: Coefficient; readonly curvature: Coefficient };
	/** Whether satisfaction depends on the difference alone; a small p says that a gap score loses something. */
	readonly differenceScore: { readonly f: number; readonly p: number };
	readonly rSquared: number;
	readonly n: number;
	readonly method: string;
};

/**
 * Is the gap between expectation and experience really what satisfaction depends on?
 *
 * A quadratic surface makes no such assumption; the gap score is the special case in which both count equally and
 * oppositely and nothing bends, and is tested against it (F, four constraints).
 *
 * Source: Edwards & Parry, Academy of Management Journal 36, 1993.
 *
 * @param answers Same people, same scale for both.
 * @param options `centre` of the scale (5.5 for 1…10, the default); `level` of the intervals.
 * @returns `too-few` below 60 people; `not-converged` when the answers do not spread over the surface.
 *
 * @example
 * const people = Array.from({ length: 100 }, (_, i) => ({ e: 1 + (i % 10), p: 1 + ((i * 7) % 9) }))
 * const answers = { satisfaction: people.map(({ e, p }, i) => p - 0.5 * e + (i % 3) / 100), expected: people.map(({ e }) => e), experienced: people.map(({ p }) => p) }
 * responseSurface(answers).alongAgreement.slope.value.toFixed(2) // => '0.50'
 */
export function responseSurface(
	{ satisfaction, expected, experienced }: ExpectationAnswers,
	{ centre = 5.5, level = 0.95 }: { readonly centre?: number; readonly level?: number } = {},
): ResponseSurface | TooFew | NotConverged {
	requireNumber('centre', centre);
	requireSameLength('satisfaction', satisfaction, 'expected', expected);
	requireSameLength('experienced', experienced, 'expected', expected);
	const e = expected.map(value => value - centre);
	const p = experienced.map(value => value - centre);
	const columns = {
		one: e.map(() => 1),
		e,
		p,
		ee: e.map(value => value * value),
		ep: e.map((value, i) => value * (p[i] ?? 0)),
		pp: p.map(value => value * value),
	};
	const fit = regress(columns, satisfaction, level);
	if (fit.kind !== 'regression') return fit;
	const constrained = leastSquares(
		e.map((value, i) => [1, (p[i] ?? 0) - value]),
		satisfaction,
	);
	if (!constrained) return notConverged('everybody has the same gap, so there is nothing to test it against');
	const f =
		(constrained.residualSumOfSquares - fit.residualSumOfSquares) /
		4 /
		(fit.residualSumOfSquares / fit.degreesOfFreedom);
	return {
		kind: 'response-surface',
		intercept: fit.coefficients.one,
		expected: fit.coefficients.e,
		experienced: fit.coefficients.p,
		expectedSquared: fit.coefficients.ee,
		product: fit.coefficients.ep,
		experiencedSquared: fit.coefficients.pp,
		alongAgreement: {
			slope: combine(fit, { e: 1, p: 1 }, level),
			curvature: combine(fit, { ee: 1, ep: 1, pp: 1 }, level),
		},
		alongDisagreement: {
			slope: combine(fit, { e: -1, p: 1 }, level),
			curvature: combine(fit, { ee: 1, ep: -1, pp: 1 }, level),
		},
		differenceScore: { f, p: fUpper(f, 4, fit.degreesOfFreedom) },
		rSquared: fit.rSquared,
		n: fit.n,
		method: 'response surface, least squares with HC3',
	};
}
