import type { NotConverged, TooFew } from '../figure.ts';
import { requireSameLength } from '../require-argument.ts';
import { gapsOf } from './gap.ts';
import { type Coefficient, combine, regress } from './regression.ts';

/** Answers of the same people, one each; leave out people who miss any. */
export type ExpectationAnswers = {
	readonly satisfaction: readonly number[];
	readonly expected: readonly number[];
	readonly experienced: readonly number[];
};

/** How satisfaction follows from expectation and from its gap to experience. */
export type Disconfirmation = {
	readonly kind: 'disconfirmation';
	readonly intercept: Coefficient;
	/** Satisfaction gained per point of expectation, at the same gap. */
	readonly expectation: Coefficient;
	/** Satisfaction gained per point by which experience exceeds expectation. */
	readonly gap: Coefficient;
	readonly rSquared: number;
	readonly n: number;
	readonly method: string;
};

/**
 * How much of satisfaction is what people expected, and how much is whether they got it?
 *
 * satisfaction = a + b × expected + c × (experienced − expected). It says with what satisfaction goes, not what would
 * happen if expectations were lowered. Whether losses weigh more than gains: {@link asymmetricGaps}; whether the gap is
 * the right summary at all: {@link responseSurface}.
 *
 * Source: Oliver, Journal of Marketing Research 17, 1980.
 *
 * @returns `too-few` below 30 people; `not-converged` when everybody expected or got the same.
 *
 * @example
 * const expected = Array.from({ length: 40 }, (_, i) => 5 + (i % 4))
 * const experienced = expected.map((value, i) => value + (i % 3) - 1)
 * const satisfaction = expected.map((value, i) => 1 + 0.5 * value + 2 * ((i % 3) - 1) + (i % 2) / 10)
 * disconfirmation({ satisfaction, expected, experienced }).gap.value.toFixed(1) // => '2.0'
 */
export function disconfirmation(
	{ satisfaction, expected, experienced }: ExpectationAnswers,
	{ level = 0.95 }: { readonly level?: number } = {},
): Disconfirmation | TooFew | NotConverged {
	requireSameLength('satisfaction', satisfaction, 'expected', expected);
	const fit = regress(
		{ one: expected.map(() => 1), expected, gap: gapsOf(expected, experienced) },
		satisfaction,
		level,
	);
	if (fit.kind !== 'regression') return fit;
	return {
		kind: 'disconfirmation',
		intercept: fit.coefficients.one,
		expectation: fit.coefficients.expected,
		gap: fit.coefficients.gap,
		rSquared: fit.rSquared,
		n: fit.n,
		method: 'expectation and gap, least squares with HC3',
	};
}

/** How satisfaction follows from falling short and from exceeding, apart. */
export type AsymmetricGaps = {
	readonly kind: 'asymmetric-gaps';
	readonly intercept: Coefficient;
	readonly expectation: Coefficient;
	/** Satisfaction gained per point above expectation. */
	readonly gain: Coefficient;
	/** Satisfaction lost per point below expectation (a loss is a positive number). */
	readonly loss: Coefficient;
	/** Loss − gain: above 0 when falling short hurts more than exceeding helps. */
	readonly lossAversion: Coefficient;
	readonly rSquared: number;
	readonly n: number;
	readonly method: string;
};

/**
 * Does falling short of an expectation hurt more than exceeding it helps?
 *
 * satisfaction = a + b × expected + gain × max(gap, 0) − loss × max(−gap, 0), and the difference of the two slopes with
 * its interval.
 *
 * Assumption: the kink is at the expectation itself; ceilings of the scale (nobody can exceed a 10) make gains look
 * small.
 *
 * Source: Anderson & Sullivan, Marketing Science 12, 1993; Mittal, Ross & Baldasare, Journal of Marketing 62, 1998.
 *
 * @returns `too-few` below 40 people; `not-converged` when nobody was below or nobody above.
 *
 * @example
 * const expected = Array.from({ length: 60 }, (_, i) => 5 + (i % 4))
 * const experienced = expected.map((value, i) => value + (i % 5) - 2)
 * const satisfaction = expected.map((value, i) => value + Math.max(0, (i % 5) - 2) - 3 * Math.max(0, 2 - (i % 5)) + (i % 7) / 100)
 * asymmetricGaps({ satisfaction, expected, experienced }).lossAversion.value.toFixed(1) // => '2.0'
 */
export function asymmetricGaps(
	{ satisfaction, expected, experienced }: ExpectationAnswers,
	{ level = 0.95 }: { readonly level?: number } = {},
): AsymmetricGaps | TooFew | NotConverged {
	requireSameLength('satisfaction', satisfaction, 'expected', expected);
	const gaps = gapsOf(expected, experienced);
	const columns = {
		one: expected.map(() => 1),
		expected,
		above: gaps.map(value => Math.max(value, 0)),
		below: gaps.map(value => Math.max(-value, 0)),
	};
	const fit = regress(columns, satisfaction, level);
	if (fit.kind !== 'regression') return fit;
	return {
		kind: 'asymmetric-gaps',
		intercept: fit.coefficients.one,
		expectation: fit.coefficients.expected,
		gain: fit.coefficients.above,
		loss: combine(fit, { below: -1 }, level),
		lossAversion: combine(fit, { below: -1, above: -1 }, level),
		rSquared: fit.rSquared,
		n: fit.n,
		method: 'gains and losses apart, least squares with HC3',
	};
}
