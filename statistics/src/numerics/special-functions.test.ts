import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { golden } from '../validation.ts';
import * as functions from './special-functions.ts';

/** Full-digit values of SciPy 1.17 (ln B: mpmath 1.3 at 40 digits), each named by the R expression for it. */
const expected: [code: string, actual: number, value: number][] = [
	['qnorm(0.975)', functions.normalQuantile(0.975), 1.959963984540054],
	['qnorm(1e-5)', functions.normalQuantile(1e-5), -4.264890793922825],
	['qnorm(1e-12)', functions.normalQuantile(1e-12), -7.034483825301131],
	['qnorm(1e-300)', functions.normalQuantile(1e-300), -37.0470962993612],
	['pnorm(-20)', functions.normalCdf(-20), 2.7536241186061556e-89],
	['pt(-2, 5)', functions.tCdf(-2, 5), 0.050969739414929174],
	['pt(-8, 5)', functions.tCdf(-8, 5), 0.0002464533302862221],
	['qt(0.975, 10)', functions.tQuantile(0.975, 10), 2.228138851986274],
	['qt(0.975, 1.5)', functions.tQuantile(0.975, 1.5), 6.016663104427929],
	['qt(0.975, 1e6)', functions.tQuantile(0.975, 1e6), 1.959966356814107],
	['pchisq(200, 3, lower = FALSE)', functions.chiSquareUpper(200, 3), 4.218541107192018e-43],
	['pchisq(1500, 1000, lower = FALSE)', functions.chiSquareUpper(1500, 1000), 1.0454640385980825e-22],
	['qchisq(0.95, 1)', functions.chiSquareQuantile(0.95, 1), 3.841458820694124],
	['qchisq(0.999, 100)', functions.chiSquareQuantile(0.999, 100), 149.44925277903886],
	['pf(4, 2, 10, lower = FALSE)', functions.fUpper(4, 2, 10), 0.052922149401344654],
	['pf(80, 3, 200, lower = FALSE)', functions.fUpper(80, 3, 200), 4.8080636905013625e-34],
	['pf(1.2, 7, 3)', functions.fCdf(1.2, 7, 3), 0.5167389660445815],
	['qbeta(0.025, 682, 244)', functions.betaQuantile(0.025, 682, 244), 0.707668264079039],
	['qbeta(0.025, 1, 1e5)', functions.betaQuantile(0.025, 1, 1e5), 2.531780477933314e-7],
	['pbeta(1e-5, 0.5, 3)', functions.betaCdf(1e-5, 0.5, 3), 0.005929231084463545],
	['pbinom(30, 100, 0.4)', functions.binomialCdf(30, 100, 0.4), 0.02478282311649308],
	['qgamma(0.1, 0.3, 2)', functions.gammaQuantile(0.1, 0.3, 2), 0.00016186231091171635],
	['lgamma(1e-3)', functions.logGamma(1e-3), 6.907178885383853],
	['lbeta(1e5, 3)', functions.logBeta(1e5, 3), -33.84565921410074],
	['digamma(0.1)', functions.digamma(0.1), -10.423754940411076],
];

describe('distribution functions', () => {
	test.each(expected)('%s is what an independent implementation gives', (code, actual, value) => {
		const origin = `SciPy 1.17 or mpmath 1.3, in R: ${code}`;
		golden(
			{ family: 'numerics', what: code, origin, expected: value, tolerance: 1e-11, relative: true },
			actual,
		);
	});

	// R ?binom.test, Conover's example: 682 of 925 give the exact interval 0.7076683 … 0.7654066.
	test('the beta quantile gives the exact interval R prints for 682 of 925', () => {
		const origin = 'R ?binom.test, Conover (1971) p. 97';
		const number = { family: 'numerics', origin, tolerance: 5e-8 };
		golden(
			{ ...number, what: 'exact low, 682 of 925', expected: 0.7076683 },
			functions.betaQuantile(0.025, 682, 244),
		);
		golden(
			{ ...number, what: 'exact high, 682 of 925', expected: 0.7654066 },
			functions.betaQuantile(0.975, 683, 243),
		);
	});

	test('a quantile undoes its distribution function', () => {
		const p = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
		const shape = fc.double({ min: 0.2, max: 500, noNaN: true });
		fc.assert(
			fc.property(p, shape, shape, (share, a, b) => {
				expect(functions.normalCdf(functions.normalQuantile(share))).toBeCloseTo(share, 9);
				expect(functions.tCdf(functions.tQuantile(share, a), a)).toBeCloseTo(share, 7);
				expect(functions.betaCdf(functions.betaQuantile(share, a, b), a, b)).toBeCloseTo(share, 7);
				expect(functions.chiSquareCdf(functions.chiSquareQuantile(share, a), a)).toBeCloseTo(share, 7);
			}),
			{ numRuns: 60, seed: 3 },
		);
	});

	test('impossible arguments are named', () => {
		expect(() => functions.normalQuantile(1.2)).toThrow('p must be between 0 and 1, got 1.2');
		expect(() => functions.tCdf(1, 0)).toThrow('degreesOfFreedom must be positive, got 0');
		expect(() => functions.criticalValue(1)).toThrow('level must be between 0 and 1, got 1');
	});

	test('sums of exponentials survive what overflows', () => {
		expect(functions.logSumExp([-1e5, -1e5])).toBeCloseTo(-1e5 + Math.log(2), 9);
		expect(functions.logSumExp([])).toBe(Number.NEGATIVE_INFINITY);
		expect(functions.logistic(-1000)).toBe(0);
		expect(functions.logistic(1000)).toBe(1);
	});
});
