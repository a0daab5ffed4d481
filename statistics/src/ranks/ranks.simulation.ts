import { coverageOf } from '../simulated-coverage.ts';
import type { Simulation } from '../simulation.ts';
import { kendall } from './kendall.ts';
import { partialSpearman } from './partial-spearman.ts';
import { pearson } from './pearson.ts';
import { spearman } from './spearman.ts';

/** Rank correlations of the normal distribution with this Pearson correlation. */
const spearmanOf = (r: number): number => (6 / Math.PI) * Math.asin(r / 2);
const kendallOf = (r: number): number => (2 / Math.PI) * Math.asin(r);

type Dice = Parameters<Parameters<typeof coverageOf>[2]>[0];

export const simulations: Simulation[] = [
	...[0, 0.5, 0.8].flatMap(r => [
		coverageOf(`Spearman, Bonett–Wright, normal with r = ${r}, 40 pairs`, 10_000, dice => ({
			truth: spearmanOf(r),
			answer: spearman(normalPairs(dice, 40, r)),
		})),
		coverageOf(`Kendall tau, Fieller, normal with r = ${r}, 40 pairs`, 10_000, dice => ({
			truth: kendallOf(r),
			answer: kendall(normalPairs(dice, 40, r)),
		})),
	]),
	coverageOf('Pearson, Fisher, normal with r = 0.6, 30 pairs', 10_000, dice => ({
		truth: 0.6,
		answer: pearson(normalPairs(dice, 30, 0.6)),
	})),
	coverageOf(
		'partial Spearman, nothing left once a common cause is held constant, 60 triples',
		5_000,
		dice => {
			const z = Float64Array.from({ length: 60 }, () => dice.normal());
			return {
				truth: 0,
				answer: partialSpearman({
					x: z.map(v => v + dice.normal(0, 2)),
					y: z.map(v => v + dice.normal(0, 2)),
					controls: [z],
				}),
			};
		},
	),
];

function normalPairs(dice: Dice, n: number, r: number): { x: Float64Array; y: Float64Array } {
	const x = Float64Array.from({ length: n }, () => dice.normal());
	return { x, y: x.map(v => r * v + Math.sqrt(1 - r * r) * dice.normal()) };
}
