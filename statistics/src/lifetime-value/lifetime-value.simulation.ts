import type { NotConverged, TooFew } from '../figure.ts';
import { Random } from '../numerics/random.ts';
import type { Simulation, SimulationResult } from '../simulation.ts';
import { fitBgBb } from './bg-bb.ts';
import { bgNbdParameters, type Dropout, fitBgNbd } from './bg-nbd.ts';
import { expectedPurchases } from './bg-nbd-prediction.ts';
import { groupBuyers } from './buying-pattern.ts';
import { fitGammaGamma } from './gamma-gamma.ts';
import { type ModelFit, predictionInterval } from './maximum-likelihood.ts';
import {
	contractSurvival,
	fitShiftedBetaGeometric,
	shiftedBetaGeometricParameters,
} from './shifted-beta-geometric.ts';

/** Lively customers, so that few of them already say much and many data sets can be drawn. */
const buying = { r: 1.5, alpha: 3, a: 0.8, b: 2.5 };

export const simulations: Simulation[] = [
	buyingSimulation('after-repeat', 'r'),
	buyingSimulation('after-any', 'alpha'),
	{
		name: 'expected purchases in 52 weeks of a new customer by MBG/NBD, n = 600, drawn parameters',
		nominal: 0.95,
		draws: 3000,
		run: seed => {
			const truth = expectedPurchases({ ...buying, dropout: 'after-any' }, 52);
			return repeat(3000, seed, random => {
				const fit = fitBgNbd(buyers(600, 'after-any', random));
				if (fit.kind !== 'model-fit') return undefined;
				const found = predictionInterval(fit, bgNbdParameters, p => expectedPurchases(p, 52), {
					seed: random.int(1e6),
					draws: 400,
				});
				return found.kind === 'estimate' ? { ...found, truth } : undefined;
			});
		},
	},
	{
		name: 'p of Gamma–Gamma, n = 600',
		nominal: 0.95,
		draws: 3000,
		run: seed =>
			repeat(3000, seed, random => {
				const patterns = Array.from({ length: 600 }, () => {
					const repeats = 1 + random.poisson(2);
					return {
						repeats,
						meanSpend: random.gamma(6 * repeats) / (random.gamma(4) / 15) / repeats,
						customers: 1,
					};
				});
				return interval(fitGammaGamma(patterns), p => p.p, 6);
			}),
	},
	{
		name: 'alpha of BG/BB, n = 2000 over 5 occasions',
		nominal: 0.95,
		draws: 2500,
		run: seed =>
			repeat(2500, seed, random => {
				const counted = new Map<
					string,
					{ taken: number; last: number; offered: number; customers: number }
				>();
				for (let i = 0; i < 2000; i++) {
					const [take, leave] = [random.beta(1.2, 0.8), random.beta(0.7, 2.8)];
					let [taken, last] = [0, 0];
					for (let occasion = 1; occasion <= 5 && random.uniform() >= leave; occasion++) {
						if (random.uniform() >= take) continue;
						taken++;
						last = occasion;
					}
					const pattern = counted.get(`${taken} ${last}`) ?? { taken, last, offered: 5, customers: 0 };
					pattern.customers += 1;
					counted.set(`${taken} ${last}`, pattern);
				}
				return interval(fitBgBb([...counted.values()]), p => p.alpha, 1.2);
			}),
	},
	{
		name: 'survival after 12 renewals by shifted beta-geometric from 7 seen, n = 1000, drawn parameters',
		nominal: 0.95,
		draws: 2000,
		run: seed => {
			const parameters = { alpha: 0.7, beta: 2 };
			const truth = contractSurvival(parameters, 12);
			return repeat(2000, seed, random => {
				const cohort = new Array<number>(8).fill(0);
				for (let i = 0; i < 1000; i++) {
					const leave = random.beta(parameters.alpha, parameters.beta);
					for (let t = 0; t < 8 && (t === 0 || random.uniform() >= leave); t++)
						cohort[t] = (cohort[t] ?? 0) + 1;
				}
				const fit = fitShiftedBetaGeometric([cohort]);
				if (fit.kind !== 'model-fit') return undefined;
				const found = predictionInterval(fit, shiftedBetaGeometricParameters, p => contractSurvival(p, 12), {
					seed: random.int(1e6),
					draws: 400,
				});
				return found.kind === 'estimate' ? { ...found, truth } : undefined;
			});
		},
	},
];

function buyingSimulation(dropout: Dropout, name: 'r' | 'alpha'): Simulation {
	return {
		name: `${name} of ${dropout === 'after-repeat' ? 'BG/NBD' : 'MBG/NBD'}, n = 600 over 40–60 weeks`,
		nominal: 0.95,
		draws: 3000,
		run: seed =>
			repeat(3000, seed, random =>
				interval(fitBgNbd(buyers(600, dropout, random), { dropout }), p => p[name], buying[name]),
			),
	};
}

function buyers(n: number, dropout: Dropout, random: Random): ReturnType<typeof groupBuyers> {
	return groupBuyers(
		Array.from({ length: n }, () => {
			const age = 40 + random.int(20);
			const rate = random.gamma(buying.r) / buying.alpha;
			const leave = random.beta(buying.a, buying.b);
			let [repeats, recency, time] = [0, 0, 0];
			let alive = !(dropout === 'after-any' && random.uniform() < leave);
			while (alive) {
				time += random.exponential(rate);
				if (time > age) break;
				repeats += 1;
				recency = time;
				alive = random.uniform() >= leave;
			}
			return { repeats, recency, age };
		}),
	);
}

type Interval = { value: number; low: number; high: number; truth: number };

function interval<P>(
	fit: ModelFit<P> | TooFew | NotConverged,
	pick: (parameters: P) => number,
	truth: number,
): Interval | undefined {
	if (fit.kind !== 'model-fit') return undefined;
	return { value: pick(fit.parameters), low: pick(fit.low), high: pick(fit.high), truth };
}

/** Draws data sets one after the other from one stream; a fit that does not settle counts as not covered. */
function repeat(
	draws: number,
	seed: number,
	once: (random: Random) => Interval | undefined,
): SimulationResult {
	const random = new Random(seed);
	let covered = 0;
	let bias = 0;
	for (let draw = 0; draw < draws; draw++) {
		const found = once(random);
		if (found === undefined) continue;
		if (found.low <= found.truth && found.truth <= found.high) covered++;
		bias += (found.value - found.truth) / draws;
	}
	return { covered, draws, bias };
}
