import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { golden } from '../validation.ts';
import { bfgs, numericHessian } from './bfgs.ts';
import { logGauss2F1 } from './gauss-2f1.ts';
import { nelderMead } from './nelder-mead.ts';
import { median, quantile } from './quantile.ts';
import { bisect, brent } from './root-finding.ts';

const rosenbrock = ([x = 0, y = 0]: number[]): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2;

describe('minimisers', () => {
	test.each([
		['Nelder–Mead', nelderMead(rosenbrock, [-1.2, 1])],
		['BFGS', bfgs(rosenbrock, [-1.2, 1])],
	])('%s finds the bottom of the banana valley', (_, found) => {
		expect(found.kind).toBe('minimum');
		if (found.kind !== 'minimum') return;
		expect(found.point[0]).toBeCloseTo(1, 5);
		expect(found.point[1]).toBeCloseTo(1, 5);
	});

	test('a function without a bottom is refused, not answered', () => {
		expect(nelderMead(([x = 0]) => -x, [0], { maxIterations: 200 }).kind).toBe('not-converged');
		expect(bfgs(([x = 0]) => -x, [0], { maxIterations: 50 }).kind).toBe('not-converged');
		expect(nelderMead(() => Number.NaN, [0]).kind).toBe('not-converged');
		expect(bfgs(() => Number.NaN, [0]).kind).toBe('not-converged');
	});

	test('second derivatives of a quadratic are its matrix', () => {
		const hessian = numericHessian(([x = 0, y = 0]) => 2 * x * x + 3 * x * y + 5 * y * y, [1, -2]);
		expect(hessian[0]?.[0]).toBeCloseTo(4, 5);
		expect(hessian[0]?.[1]).toBeCloseTo(3, 5);
		expect(hessian[1]?.[1]).toBeCloseTo(10, 5);
	});
});

describe('roots', () => {
	test('Brent finds the root of a cubic wherever the bracket lies', () => {
		fc.assert(
			fc.property(
				fc.double({ min: -50, max: 50, noNaN: true }),
				fc.double({ min: 0.1, max: 100, noNaN: true }),
				(root, reach) => {
					const found = brent(x => (x - root) ** 3 + (x - root), root - reach, root + 2 * reach);
					expect(typeof found).toBe('number');
					if (typeof found === 'number') expect(Math.abs(found - root)).toBeLessThan(1e-10);
				},
			),
			{ seed: 4 },
		);
		expect(brent(x => x * x + 1, 0, 1)).toMatchObject({ kind: 'not-converged' });
	});

	test('halving finds where a condition starts to hold', () => {
		expect(bisect(x => x * x >= 2, 0, 2)).toBeCloseTo(Math.SQRT2, 10);
	});
});

describe('quantiles', () => {
	// R 4.x: quantile(c(15, 20, 35, 40, 50), c(.05, .3, .4, .5, 1)) gives 16 23 29 35 50.
	test('agree with R type 7', () => {
		const values = [35, 15, 50, 20, 40];
		expect([0.05, 0.3, 0.4, 0.5, 1].map(p => quantile(values, p))).toEqual([16, 23, 29, 35, 50]);
		expect(median([4, 1])).toBe(2.5);
		expect(() => quantile([], 0.5)).toThrow('values must hold at least one number');
	});
});

describe('the hypergeometric function', () => {
	// mpmath 1.3 at 30 digits: log(hyp2f1(a, b, c, z)).
	test.each([
		[1, 1, 2, 0.5, 0.326634259978281],
		[5.2, 7.3, 9.9, 0.97, 11.2300497950169],
		[100, 120, 130.5, 0.9, 208.674643224599],
		[0.5, 0.5, 3, 0.999, 0.12353305698572],
		[20.3, 0.79, 22, 0.6, 0.640917058967974],
	])('ln ₂F₁(%d, %d; %d; %d) is what arbitrary precision gives', (a, b, c, z, expected) => {
		const what = `ln 2F1(${a}, ${b}; ${c}; ${z})`;
		golden(
			{
				family: 'numerics',
				what,
				origin: 'mpmath 1.3: log(hyp2f1)',
				expected,
				tolerance: 1e-12,
				relative: true,
			},
			logGauss2F1(a, b, c, z),
		);
	});

	test('stays a number where the value itself overflows', () => {
		expect(logGauss2F1(2000, 2000, 3, 0.99)).toBeGreaterThan(710);
		expect(() => logGauss2F1(1, 1, 1, 1)).toThrow('z must be between 0 and 0.9999999, got 1');
	});
});
