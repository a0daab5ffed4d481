import { estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue, normalTwoSided } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';
import type { NpsDifference } from './nps-difference.ts';

/** How many people went from one class (row) to another (column): detractors, passives, promoters in this order. */
export type NpsTransitions = readonly [
	readonly [number, number, number],
	readonly [number, number, number],
	readonly [number, number, number],
];

/**
 * How far the NPS of the same people moved between two askings.
 *
 * Assumes: 1. people are independent of each other. Each person contributes the difference of their two codes (−2…2),
 * which is what makes the comparison sharper than that of two separate samples. Three pseudo-people are added for the
 * interval and the test, spread so that each margin gets the pseudo-answers of a single adjusted-Wald interval (in the
 * spirit of Agresti & Min 2005 for matched shares).
 *
 * @param transitions People by class at the first (row) and second asking (column).
 * @param level Confidence, 0.95 unless given.
 * @returns Second minus first; `too-few` without people.
 *
 * @example
 * const transitions = [[8, 6, 4], [2, 20, 9], [1, 3, 47]]
 * npsPairedDifference({ transitions }).value // => 0.16
 * npsPairedDifference({ transitions }).n // => 100
 */
export function npsPairedDifference({
	transitions,
	level = 0.95,
}: {
	readonly transitions: NpsTransitions;
	readonly level?: number;
}): NpsDifference | TooFew {
	const z = criticalValue(level);
	const plain = movement(transitions, 0);
	if (plain.n === 0) return tooFew(0, 1);
	const { n, mean: adjusted, variance } = movement(transitions, 3);
	const standardError = Math.sqrt(variance / n);
	const statistic = adjusted / standardError;
	return estimate({
		value: plain.mean,
		low: Math.max(-2, adjusted - z * standardError),
		high: Math.min(2, adjusted + z * standardError),
		n: plain.n,
		level,
		adjusted,
		standardError,
		statistic,
		pValue: normalTwoSided(statistic),
		method: 'paired NPS difference, adjusted Wald interval',
	});
}

/** Mean and variance of a person's change, with this many pseudo-people spread over the cells. */
function movement(
	transitions: NpsTransitions,
	pseudoPeople: number,
): { n: number; mean: number; variance: number } {
	const margin = [0.25, 0.5, 0.25];
	let [n, sum, sumOfSquares] = [0, 0, 0];
	transitions.forEach((row, from) => {
		row.forEach((count, to) => {
			requireCount(`transitions[${from}][${to}]`, count);
			const people = count + pseudoPeople * (margin[from] ?? 0) * (margin[to] ?? 0);
			n += people;
			sum += people * (to - from);
			sumOfSquares += people * (to - from) ** 2;
		});
	});
	const mean = sum / n;
	return { n, mean, variance: sumOfSquares / n - mean * mean };
}
