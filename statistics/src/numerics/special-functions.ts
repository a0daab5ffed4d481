/**
 * Distribution functions, quantiles and special functions, in one vocabulary over the `@stdlib` packages.
 *
 * Upper tails have functions of their own because `1 − cdf` loses every digit of a small p-value.
 */
import lnBeta from '@stdlib/math-base-special-betaln';
import digammaFunction from '@stdlib/math-base-special-digamma';
import incompleteGamma from '@stdlib/math-base-special-gammainc';
import lnGamma from '@stdlib/math-base-special-gammaln';
import betaDistribution from '@stdlib/stats-base-dists-beta-cdf';
import betaInverse from '@stdlib/stats-base-dists-beta-quantile';
import binomialDistribution from '@stdlib/stats-base-dists-binomial-cdf';
import chiSquareInverse from '@stdlib/stats-base-dists-chisquare-quantile';
import gammaInverse from '@stdlib/stats-base-dists-gamma-quantile';
import normalDistribution from '@stdlib/stats-base-dists-normal-cdf';
import normalInverse from '@stdlib/stats-base-dists-normal-quantile';
import tDistribution from '@stdlib/stats-base-dists-t-cdf';
import tInverse from '@stdlib/stats-base-dists-t-quantile';

/** P(Z ≤ x) of the standard normal.
 * @example
 * normalCdf(0) // => 0.5
 */
export function normalCdf(x: number): number {
	return normalDistribution(x, 0, 1);
}

/** Density of the standard normal.
 * @example
 * normalPdf(0) // => 0.39894228...
 */
export function normalPdf(x: number): number {
	return Math.exp(-0.5 * x * x) / 2.5066282746310002;
}

/** The x with P(Z ≤ x) = p, 0 < p < 1.
 * @example
 * normalQuantile(0.975) // => 1.95996398454...
 */
export function normalQuantile(p: number): number {
	requireProbability(p);
	// Measured: the library loses digits below about 1e-5 (seven left at 1e-12) and answers −Infinity at 1e-100.
	if (p > 0 && p < 1e-3) return refinedLowerTail(p);
	return normalInverse(p, 0, 1);
}

/** Two-sided p-value of a standard normal statistic.
 * @example
 * normalTwoSided(1.959963984540054) // => 0.0500000...
 */
export function normalTwoSided(z: number): number {
	return 2 * normalDistribution(-Math.abs(z), 0, 1);
}

/** The half-width in standard errors of a two-sided interval: 1.96 for level 0.95.
 * @example
 * criticalValue(0.95) // => 1.95996398454...
 */
export function criticalValue(level: number): number {
	if (!(level > 0 && level < 1)) throw new RangeError(`level must be between 0 and 1, got ${level}`);
	return -normalQuantile((1 - level) / 2);
}

/** P(T ≤ x) of Student's t.
 * @example
 * tCdf(2, 5) // => 0.94903026...
 */
export function tCdf(x: number, degreesOfFreedom: number): number {
	requirePositive('degreesOfFreedom', degreesOfFreedom);
	return tDistribution(x, degreesOfFreedom);
}

/** The x with P(T ≤ x) = p.
 * @example
 * tQuantile(0.975, 10) // => 2.22813885...
 */
export function tQuantile(p: number, degreesOfFreedom: number): number {
	requireProbability(p);
	requirePositive('degreesOfFreedom', degreesOfFreedom);
	return tInverse(p, degreesOfFreedom);
}

/** Two-sided p-value of a t statistic.
 * @example
 * tTwoSided(2, 5) // => 0.10193947...
 */
export function tTwoSided(t: number, degreesOfFreedom: number): number {
	return 2 * tCdf(-Math.abs(t), degreesOfFreedom);
}

/** P(X ≤ x) of chi-square.
 * @example
 * chiSquareCdf(3.841458820694124, 1) // => 0.9500000...
 */
export function chiSquareCdf(x: number, degreesOfFreedom: number): number {
	return gammaCdf(x, degreesOfFreedom / 2, 0.5);
}

/** P(X > x) of chi-square, accurate far into the tail.
 * @example
 * chiSquareUpper(8.224922, 1) // => 0.00413189...
 */
export function chiSquareUpper(x: number, degreesOfFreedom: number): number {
	requirePositive('degreesOfFreedom', degreesOfFreedom);
	return x <= 0 ? 1 : incompleteGamma(x / 2, degreesOfFreedom / 2, true, true);
}

/** The x with P(X ≤ x) = p of chi-square.
 * @example
 * chiSquareQuantile(0.95, 1) // => 3.84145882...
 */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
	requireProbability(p);
	requirePositive('degreesOfFreedom', degreesOfFreedom);
	return chiSquareInverse(p, degreesOfFreedom);
}

/** P(X ≤ x) of Fisher's F.
 * @example
 * fCdf(1, 5, 5) // => 0.5
 */
export function fCdf(x: number, numeratorDegrees: number, denominatorDegrees: number): number {
	requirePositive('numeratorDegrees', numeratorDegrees);
	requirePositive('denominatorDegrees', denominatorDegrees);
	if (x <= 0) return 0;
	const share = (numeratorDegrees * x) / (numeratorDegrees * x + denominatorDegrees);
	return betaDistribution(share, numeratorDegrees / 2, denominatorDegrees / 2);
}

/** P(X > x) of Fisher's F, accurate far into the tail.
 * @example
 * fUpper(4, 2, 10) // => 0.05292...
 */
export function fUpper(x: number, numeratorDegrees: number, denominatorDegrees: number): number {
	return x <= 0 ? 1 : fCdf(1 / x, denominatorDegrees, numeratorDegrees);
}

/** The x with P(X ≤ x) = p of Fisher's F.
 * @example
 * fQuantile(0.95, 2, 10) // => 4.10282101...
 */
export function fQuantile(p: number, numeratorDegrees: number, denominatorDegrees: number): number {
	const share = betaQuantile(p, numeratorDegrees / 2, denominatorDegrees / 2);
	return (denominatorDegrees * share) / (numeratorDegrees * (1 - share));
}

/** P(X ≤ x) of the beta distribution: the regularised incomplete beta function I_x(a, b).
 * @example
 * betaCdf(0.5, 2, 2) // => 0.5
 */
export function betaCdf(x: number, a: number, b: number): number {
	requirePositive('a', a);
	requirePositive('b', b);
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	return betaDistribution(x, a, b);
}

/** The x with P(X ≤ x) = p of the beta distribution.
 * @example
 * betaQuantile(0.025, 682, 244) // => 0.70766...
 */
export function betaQuantile(p: number, a: number, b: number): number {
	requireProbability(p);
	requirePositive('a', a);
	requirePositive('b', b);
	return betaInverse(p, a, b);
}

/** P(X ≤ x) of the gamma distribution; with rate 1 the regularised lower incomplete gamma function.
 * @example
 * gammaCdf(1, 1, 1) // => 0.632120558...
 */
export function gammaCdf(x: number, shape: number, rate: number): number {
	requirePositive('shape', shape);
	requirePositive('rate', rate);
	return x <= 0 ? 0 : incompleteGamma(x * rate, shape, true, false);
}

/** The x with P(X ≤ x) = p of the gamma distribution.
 * @example
 * gammaQuantile(0.5, 1, 1) // => 0.69314718...
 */
export function gammaQuantile(p: number, shape: number, rate: number): number {
	requireProbability(p);
	requirePositive('shape', shape);
	requirePositive('rate', rate);
	return gammaInverse(p, shape, rate);
}

/** P(at most `successes` of `trials`) at this success probability.
 * @example
 * binomialCdf(5, 10, 0.5) // => 0.623046875
 */
export function binomialCdf(successes: number, trials: number, probability: number): number {
	return successes < 0 ? 0 : binomialDistribution(successes, trials, probability);
}

/** ln Γ(x), x > 0.
 * @example
 * logGamma(10) // => 12.8018274...
 */
export function logGamma(x: number): number {
	return lnGamma(x);
}

/** ln B(a, b), a and b > 0.
 * @example
 * logBeta(2, 3) // => -2.48490664...
 */
export function logBeta(a: number, b: number): number {
	return lnBeta(a, b);
}

/** ψ(x), the derivative of ln Γ.
 * @example
 * digamma(1) // => -0.57721566...
 */
export function digamma(x: number): number {
	return digammaFunction(x);
}

/** ln(e^x₁ + e^x₂ + …) without overflow.
 * @example
 * logSumExp([1000, 1000]) // => 1000.69314...
 */
export function logSumExp(values: ArrayLike<number>): number {
	let highest = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < values.length; i += 1) highest = Math.max(highest, values[i] ?? highest);
	if (!Number.isFinite(highest)) return highest;
	let sum = 0;
	for (let i = 0; i < values.length; i += 1) sum += Math.exp((values[i] ?? highest) - highest);
	return highest + Math.log(sum);
}

/** 1 / (1 + e^−x) without overflow.
 * @example
 * logistic(0) // => 0.5
 */
export function logistic(x: number): number {
	if (x >= 0) return 1 / (1 + Math.exp(-x));
	const e = Math.exp(x);
	return e / (1 + e);
}

/** Newton's method on ln Φ, which is almost straight in the tail. */
function refinedLowerTail(p: number): number {
	let x = -Math.sqrt(-2 * Math.log(p));
	for (let step = 0; step < 8; step += 1) {
		const below = normalCdf(x);
		x -= ((Math.log(below) - Math.log(p)) * below) / normalPdf(x);
	}
	return x;
}

function requireProbability(p: number): void {
	if (!(p >= 0 && p <= 1)) throw new RangeError(`p must be between 0 and 1, got ${p}`);
}

function requirePositive(name: string, value: number): void {
	if (!(value > 0)) throw new RangeError(`${name} must be positive, got ${value}`);
}
