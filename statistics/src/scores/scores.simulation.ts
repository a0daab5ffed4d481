import type { Random } from '../numerics/random.ts';
import { type Answered, coverageOf } from '../simulated-coverage.ts';
import type { Simulation } from '../simulation.ts';
import { meanInterval, type Sums } from './mean-interval.ts';
import type { NpsCounts } from './nps-counts.ts';
import { npsCredible } from './nps-credible.ts';
import { npsDifference } from './nps-difference.ts';
import { npsEstimate } from './nps-estimate.ts';
import { npsPairedDifference } from './nps-paired-difference.ts';
import { npsTrend } from './nps-trend.ts';
import { sortedQuantileInterval } from './quantile-interval.ts';
import { sharesDifference } from './shares-difference.ts';
import { twoMeansDifference } from './two-means-difference.ts';
import { weightedMean, weightedSums } from './weighted-mean.ts';
import { wilson } from './wilson.ts';

/** Shares of people by class at the first (row) and second asking. */
const moves = [0.12, 0.05, 0.03, 0.04, 0.2, 0.1, 0.02, 0.06, 0.38] as const;
const usual: readonly [number, number, number] = [0.2, 0.3, 0.5];
const discrete =
	'Answers are few and whole, so coverage moves in steps with the shares; it errs on the wide side.';

export const simulations: Simulation[] = [
	simulation('Wilson, share 0.3 of 200', 20_000, 0.3, random =>
		wilson({ successes: random.binomial(200, 0.3), n: 200 }),
	),
	simulation('Wilson, share 0.95 of 400', 20_000, 0.95, random =>
		wilson({ successes: random.binomial(400, 0.95), n: 400 }),
	),
	simulation(
		'Wilson, share 0.02 of 50',
		20_000,
		0.02,
		random => wilson({ successes: random.binomial(50, 0.02), n: 50 }),
		'One success is expected: coverage jumps with each whole count (Brown, Cai & DasGupta 2001, fig. 5).',
	),
	simulation('NPS adjusted Wald, 20/30/50 %, n = 200', 20_000, 0.3, random =>
		npsEstimate(answers(random, 200, usual)),
	),
	simulation('NPS adjusted Wald, 5/15/80 %, n = 100', 20_000, 0.75, random =>
		npsEstimate({ ...answers(random, 100, [0.05, 0.15, 0.8]), method: 'adjusted-wald' }),
	),
	simulation('NPS score interval, 20/30/50 %, n = 20', 20_000, 0.3, random =>
		npsEstimate(answers(random, 20, usual)),
	),
	simulation('NPS score interval, 5/15/80 %, n = 100', 20_000, 0.75, random =>
		npsEstimate({ ...answers(random, 100, [0.05, 0.15, 0.8]), method: 'score' }),
	),
	simulation(
		'NPS plain Wald, 2/8/90 %, n = 30',
		20_000,
		0.88,
		random => npsEstimate({ ...answers(random, 30, [0.02, 0.08, 0.9]), method: 'wald' }),
		'Kept for comparison with other software only: near the end of the scale it is too narrow, which is why it is never chosen by itself.',
	),
	simulation('NPS difference, adjusted Wald, n = 100 and 150', 20_000, 0.15, random =>
		npsDifference({ a: answers(random, 100, usual), b: answers(random, 150, [0.25, 0.35, 0.4]) }),
	),
	simulation('NPS paired difference, n = 120', 20_000, pairedTruth(), random =>
		npsPairedDifference({ transitions: transitions(random, 120) }),
	),
	simulation('NPS trend slope over 12 months of 80', 10_000, 0.01, random =>
		npsTrend({ periods: months(random, 80) }),
	),
	simulation('NPS trend slope over 12 months of 200', 10_000, 0.01, random =>
		npsTrend({ periods: months(random, 200) }),
	),
	simulation(
		'NPS trend slope over 12 months of 30',
		10_000,
		0.01,
		random => npsTrend({ periods: months(random, 30) }),
		'The slope treats the period variances as known; with 30 answers a month they are rough. The test on the single answers does not.',
	),
	simulation('NPS posterior (Jeffreys), 20/30/50 %, n = 200', 2_000, 0.3, random =>
		npsCredible({ ...answers(random, 200, usual), draws: 2_000, seed: random.uint32() }),
	),
	simulation('Student t, mean of 25 normal', 20_000, 7, random =>
		meanInterval(sums(25, () => random.normal(7, 2))),
	),
	simulation('Student t, mean of 100 answers on 1–5', 20_000, 4.15, random =>
		meanInterval({ ...sums(100, () => 1 + likert(random)), scale: [1, 5] }),
	),
	simulation('Welch, 20 normal of spread 1 against 35 of spread 4', 20_000, 1, random =>
		twoMeansDifference({ a: sums(20, () => random.normal(6, 1)), b: sums(35, () => random.normal(5, 4)) }),
	),
	simulation('Newcombe, share 0.8 of 120 against 0.6 of 90', 20_000, 0.2, random =>
		sharesDifference({
			a: { successes: random.binomial(120, 0.8), n: 120 },
			b: { successes: random.binomial(90, 0.6), n: 90 },
		}),
	),
	simulation('weighted mean of answers on 1–5, lognormal weights, n = 300', 10_000, 4.15, random => {
		const weights = Float64Array.from({ length: 300 }, () => Math.exp(random.normal(0, 0.6)));
		return weightedMean({
			sums: weightedSums(
				Float64Array.from(weights, () => 1 + likert(random)),
				weights,
			),
		});
	}),
	simulation('weighted mean of an exponential, lognormal weights, n = 300', 20_000, 1, random => {
		const weights = Float64Array.from({ length: 300 }, () => Math.exp(random.normal(0, 0.6)));
		return weightedMean({
			sums: weightedSums(
				Float64Array.from(weights, () => random.exponential()),
				weights,
			),
		});
	}),
	simulation('median of 200 lognormal, order statistics', 10_000, 1, random =>
		sortedQuantileInterval({ sorted: lognormal(random, 200), p: 0.5 }),
	),
	simulation(
		'95th percentile of 100 lognormal, order statistics',
		10_000,
		Math.exp(1.6448536269514722),
		random => sortedQuantileInterval({ sorted: lognormal(random, 100), p: 0.95 }),
		`The ranks are the narrowest that reach the level on either side. ${discrete}`,
	),
];

function simulation(
	name: string,
	draws: number,
	truth: number,
	draw: (random: Random) => Answered['answer'],
	exception?: string,
): Simulation {
	const answered = (random: Random): Answered => ({ truth, answer: draw(random) });
	return coverageOf(name, draws, answered, exception === undefined ? {} : { exception });
}

function answers(random: Random, n: number, shares: readonly [number, number, number]): NpsCounts {
	const [detractors = 0, passives = 0, promoters = 0] = random.multinomial(n, shares);
	return { detractors, passives, promoters };
}

/** Mean change of a person under `moves`, cells in row order. */
function pairedTruth(): number {
	return moves.reduce((sum, share, cell) => sum + share * ((cell % 3) - Math.floor(cell / 3)), 0);
}

function transitions(
	random: Random,
	n: number,
): [[number, number, number], [number, number, number], [number, number, number]] {
	const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = random.multinomial(n, moves);
	return [
		[a, b, c],
		[d, e, f],
		[g, h, i],
	];
}

/** Twelve months in which the true NPS rises by 0.01 a month. */
function months(random: Random, n: number): (NpsCounts & { time: number })[] {
	return Array.from({ length: 12 }, (_, time) => ({
		time,
		...answers(random, n, [0.25 - 0.005 * time, 0.35, 0.4 + 0.005 * time]),
	}));
}

function likert(random: Random): number {
	const u = random.uniform();
	return u < 0.02 ? 0 : u < 0.07 ? 1 : u < 0.2 ? 2 : u < 0.56 ? 3 : 4;
}

function sums(n: number, draw: () => number): Sums {
	let [sum, sumOfSquares] = [0, 0];
	for (let i = 0; i < n; i += 1) {
		const x = draw();
		sum += x;
		sumOfSquares += x * x;
	}
	return { n, sum, sumOfSquares };
}

function lognormal(random: Random, n: number): Float64Array {
	return Float64Array.from({ length: n }, () => Math.exp(random.normal())).sort();
}
