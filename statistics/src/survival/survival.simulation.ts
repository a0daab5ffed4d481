import { Random } from '../numerics/random.ts';
import type { Simulation, SimulationResult } from '../simulation.ts';
import { concordance } from './concordance.ts';
import { cox } from './cox.ts';
import type { FollowUp } from './follow-up.ts';
import { kaplanMeier, survivalAt, survivalQuantile } from './kaplan-meier.ts';
import { restrictedMean } from './restricted-mean.ts';

const rate = 0.1;

export const simulations: Simulation[] = [
	{
		name: 'share still there at week 8 by Kaplan–Meier, log-log, n = 150, a third censored',
		nominal: 0.95,
		draws: 4000,
		run: seed =>
			repeat(4000, seed, random => {
				const curve = kaplanMeier(customers(150, random, false));
				const found = curve.kind === 'survival-curve' ? survivalAt(curve, 8) : undefined;
				return found && { ...found, truth: Math.exp(-rate * 8) };
			}),
	},
	{
		name: 'share still there at week 12 with half of the customers entering late, n = 300',
		nominal: 0.95,
		draws: 4000,
		run: seed =>
			repeat(4000, seed, random => {
				const curve = kaplanMeier(customers(300, random, true));
				const found = curve.kind === 'survival-curve' ? survivalAt(curve, 12) : undefined;
				return found && { ...found, truth: Math.exp(-rate * 12) };
			}),
	},
	{
		name: 'median time to leave by Kaplan–Meier, n = 200',
		nominal: 0.95,
		draws: 4000,
		run: seed =>
			repeat(4000, seed, random => {
				const curve = kaplanMeier(customers(200, random, false));
				const found = curve.kind === 'survival-curve' ? survivalQuantile(curve, 0.5) : undefined;
				return found && { ...found, truth: Math.log(2) / rate };
			}),
	},
	{
		name: 'mean time within 10 weeks, n = 200',
		nominal: 0.95,
		draws: 4000,
		run: seed =>
			repeat(4000, seed, random => {
				const found = restrictedMean(customers(200, random, false), 10);
				return found.kind === 'estimate' ? { ...found, truth: (1 - Math.exp(-rate * 10)) / rate } : undefined;
			}),
	},
	coxSimulation('times in whole weeks, Efron ties', false),
	coxSimulation('continuous times, half entering late', true),
	{
		name: 'concordance of a risk score, n = 200, no censoring',
		nominal: 0.95,
		draws: 2000,
		run: seed =>
			repeat(2000, seed, random => {
				const risk = Array.from({ length: 200 }, () => random.normal());
				const time = risk.map(x => random.exponential(rate * Math.exp(x)));
				const found = concordance({ time, event: risk.map(() => 1), risk });
				return found.kind === 'estimate' ? { ...found, truth: concordanceOfUnitEffect } : undefined;
			}),
	},
];

/** E[e^|d| / (1 + e^|d|)] for d normal with variance 2: the chance that the higher of two unit-normal risks leaves first. */
const concordanceOfUnitEffect = simpson(
	d => (2 * Math.exp((-d * d) / 4)) / Math.sqrt(4 * Math.PI) / (1 + Math.exp(-d)),
	0,
	14,
);

function coxSimulation(how: string, late: boolean): Simulation {
	return {
		name: `log hazard ratio by Cox, n = 400, ${how}`,
		nominal: 0.95,
		draws: 2000,
		run: seed =>
			repeat(2000, seed, random => {
				const rows = {
					time: [] as number[],
					event: [] as number[],
					entry: [] as number[],
					covariates: [[] as number[], [] as number[]],
				};
				while (rows.time.length < 400) {
					const [x, z] = [random.normal(), random.int(2)];
					const leaving = random.exponential(rate * Math.exp(0.5 * x - 0.4 * z));
					const end = Math.min(leaving, 5 + 15 * random.uniform());
					const entry = late && random.int(2) === 1 ? 6 * random.uniform() : 0;
					if (end <= entry) continue;
					rows.entry.push(entry);
					rows.time.push(late ? end : Math.ceil(end * 2) / 2);
					rows.event.push(end === leaving ? 1 : 0);
					rows.covariates[0]?.push(x);
					rows.covariates[1]?.push(z);
				}
				const fit = cox(rows);
				const ratio = fit.kind === 'cox-fit' ? fit.coefficients[0]?.hazardRatio : undefined;
				return (
					ratio && {
						value: Math.log(ratio.value),
						low: Math.log(ratio.low),
						high: Math.log(ratio.high),
						truth: 0.5,
					}
				);
			}),
	};
}

function customers(n: number, random: Random, late: boolean): FollowUp[] {
	const people: FollowUp[] = [];
	while (people.length < n) {
		const leaving = random.exponential(rate);
		const end = Math.min(leaving, 5 + 20 * random.uniform());
		const entry = late && random.int(2) === 1 ? 8 * random.uniform() : 0;
		if (end > entry) people.push({ time: end, event: end === leaving, entry });
	}
	return people;
}

function simpson(f: (x: number) => number, from: number, to: number): number {
	const steps = 2000;
	const h = (to - from) / steps;
	let sum = f(from) + f(to);
	for (let i = 1; i < steps; i++) sum += f(from + i * h) * (i % 2 ? 4 : 2);
	return (sum * h) / 3;
}

type Interval = { value: number; low: number; high: number; truth: number };

/** Draws data sets one after the other from one stream; a refusal counts as not covered. */
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
