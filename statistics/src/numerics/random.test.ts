import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';

const draws = 200_000;

describe('seeded random numbers', () => {
	test('the same seed gives the same stream, another seed another', () => {
		const stream = (seed: number): number[] => {
			const random = new Random(seed);
			return Array.from({ length: 20 }, () => random.uint32());
		};
		expect(stream(7)).toEqual(stream(7));
		expect(stream(7)).not.toEqual(stream(8));
		expect(stream(1)).not.toEqual(stream(1 + 2 ** 32));
		expect(() => new Random(0.5)).toThrow('seed must be a safe integer, got 0.5');
	});

	// Means and variances by theory; five standard errors of the mean, and 3 % for the variance.
	test.each<[name: string, draw: (random: Random) => number, mean: number, variance: number]>([
		['uniform', random => random.uniform(), 1 / 2, 1 / 12],
		['normal', random => random.normal(3, 2), 3, 4],
		['exponential', random => random.exponential(2), 0.5, 0.25],
		['gamma below shape 1', random => random.gamma(0.3), 0.3, 0.3],
		['gamma', random => random.gamma(5), 5, 5],
		['beta', random => random.beta(2, 3), 0.4, 0.04],
		['poisson, few', random => random.poisson(3), 3, 3],
		['poisson, many', random => random.poisson(100), 100, 100],
		['binomial, few', random => random.binomial(20, 0.1), 2, 1.8],
		['binomial, many', random => random.binomial(1000, 0.3), 300, 210],
		['binomial above a half', random => random.binomial(100, 0.8), 80, 16],
		['whole numbers', random => random.int(10), 4.5, 8.25],
	])('%s has the mean and variance of theory', (_, draw, mean, variance) => {
		const random = new Random(11);
		let [sum, sumOfSquares] = [0, 0];
		for (let i = 0; i < draws; i += 1) {
			const x = draw(random) - mean;
			sum += x;
			sumOfSquares += x * x;
		}
		expect(Math.abs(sum / draws)).toBeLessThan(5 * Math.sqrt(variance / draws));
		expect(Math.abs(sumOfSquares / draws / variance - 1)).toBeLessThan(0.03);
	});

	test('a whole number is equally likely everywhere', () => {
		const random = new Random(5);
		const counts = new Array<number>(7).fill(0);
		for (let i = 0; i < draws; i += 1) {
			const k = random.int(7);
			counts[k] = (counts[k] ?? 0) + 1;
		}
		const chiSquare = counts.reduce((sum, count) => sum + (count - draws / 7) ** 2 / (draws / 7), 0);
		// 99.99 % point of chi-square with 6 degrees of freedom.
		expect(chiSquare).toBeLessThan(27.9);
	});

	test('shuffling keeps everything and multinomial counts add up', () => {
		const random = new Random(2);
		expect(random.shuffle([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
		expect(['a', 'b']).toContain(random.choice(['a', 'b']));
		expect(random.multinomial(1000, [0.2, 0.3, 0.5]).reduce((a, b) => a + b)).toBe(1000);
		expect(() => random.multinomial(10, [0.2, 0.3])).toThrow('probabilities must sum to 1');
		expect(() => random.choice([])).toThrow('items must not be empty');
	});
});
