import { Random } from '../numerics/random.ts';
import type { Simulation, SimulationResult } from '../simulation.ts';
import { crossProductBlocks } from './cross-products.ts';
import { importancePerformance } from './importance-performance.ts';
import { kano } from './kano.ts';
import { keyDrivers } from './key-drivers.ts';
import { lmg } from './lmg.ts';
import { logisticRegression } from './logistic-regression.ts';
import { penaltyReward, penaltyRewardRow } from './penalty-reward.ts';

const effects = [0.5, 0.3, 0.2, 0.1];
/** Correlation of any two drivers. */
const shared = 0.4;

export const simulations: Simulation[] = [
	keyDriverSimulation(800, 800, 'one block per respondent'),
	keyDriverSimulation(2000, 250, '250 random groups'),
	{
		name: 'R² of four drivers, n = 2000, bootstrap percentiles over 250 random groups',
		nominal: 0.95,
		draws: 1500,
		run: seed => {
			const truth = population().rSquared;
			return repeat(1500, seed, random => {
				const found = keyDrivers(crossProductBlocks(answers(2000, random), { blocks: 250, seed: 1 }), {
					seed: random.int(1e6),
					draws: 300,
				});
				return found.kind === 'key-drivers' ? { ...found.rSquared, truth } : undefined;
			});
		},
	},
	{
		name: 'asymmetry of a penalty–reward contrast, n = 1500, 250 random groups',
		nominal: 0.95,
		draws: 1500,
		run: seed =>
			repeat(1500, seed, random => {
				const rows = Array.from({ length: 1500 }, () => {
					const ratings = [random.int(11), random.int(11)];
					const [first = 0, second = 0] = ratings;
					const move =
						(first <= 6 ? -1 : 0) +
						(first >= 9 ? 0.5 : 0) +
						(second <= 6 ? -0.5 : 0) +
						(second >= 9 ? 0.5 : 0);
					return penaltyRewardRow(ratings, 7 + move + random.normal(), { low: 6, high: 9 });
				});
				const found = penaltyReward(crossProductBlocks(rows, { blocks: 250, seed: 1 }), {
					seed: random.int(1e6),
					draws: 400,
				});
				const asymmetry = found.kind === 'penalty-reward' ? found.attributes[0]?.asymmetry : undefined;
				return asymmetry?.kind === 'estimate' ? { ...asymmetry, truth: -1 / 3 } : undefined;
			}),
	},
	{
		name: 'importance (correlation) on the importance–performance map, n = 1500, 250 random groups',
		nominal: 0.95,
		draws: 1500,
		run: seed => {
			const truth = population().withOutcome[0] ?? 0;
			return repeat(1500, seed, random => {
				const found = importancePerformance(
					crossProductBlocks(answers(1500, random), { blocks: 250, seed: 1 }),
					{ seed: random.int(1e6), draws: 300 },
				);
				const point = found.kind === 'importance-performance' ? found.points[0]?.importance : undefined;
				return point && { ...point, truth };
			});
		},
	},
	{
		name: "logistic coefficient, Wald's interval, n = 800",
		nominal: 0.95,
		draws: 3000,
		run: seed =>
			repeat(3000, seed, random => {
				const cells = Array.from({ length: 25 }, (_, i) => ({
					drivers: [i % 5, Math.floor(i / 5)],
					n: 0,
					yes: 0,
				}));
				for (let i = 0; i < 800; i++) {
					const [x, z] = [random.int(5), random.int(5)];
					const cell = cells[x + 5 * z];
					if (!cell) continue;
					cell.n += 1;
					if (random.uniform() < 1 / (1 + Math.exp(-(-0.5 + 0.4 * x - 0.2 * z)))) cell.yes += 1;
				}
				const fit = logisticRegression(cells);
				if (fit.kind !== 'logistic-fit') return undefined;
				const [value, half] = [fit.coefficients[1] ?? 0, 1.959964 * (fit.standardErrors[1] ?? 0)];
				return { value, low: value - half, high: value + half, truth: 0.4 };
			}),
	},
	{
		name: 'better coefficient of a Kano question, n = 200',
		nominal: 0.95,
		draws: 5000,
		run: seed =>
			repeat(5000, seed, random => {
				const [a = 0, o = 0, m = 0, i = 0] = random.multinomial(200, [0.3, 0.25, 0.2, 0.25]);
				const found = kano({
					attractive: a,
					'one-dimensional': o,
					'must-be': m,
					indifferent: i,
					reverse: 0,
					questionable: 0,
				});
				return found.kind === 'kano' && found.better.kind === 'estimate'
					? { ...found.better, truth: 0.55 }
					: undefined;
			}),
	},
];

function keyDriverSimulation(n: number, blocks: number, how: string): Simulation {
	return {
		name: `LMG of the strongest of four drivers, n = ${n}, ${how}`,
		nominal: 0.95,
		draws: 1500,
		run: seed => {
			const truth = lmg(population())[0] ?? 0;
			return repeat(1500, seed, random => {
				const parts = crossProductBlocks(answers(n, random), { blocks, seed: 1 });
				const found = keyDrivers(parts, { seed: random.int(1e6), draws: 300 });
				const first = found.kind === 'key-drivers' ? found.drivers[0] : undefined;
				return first && { ...first, truth };
			});
		},
	};
}

/** Correlations of {@link answers} without sampling. */
function population(): { among: number[][]; withOutcome: number[]; rSquared: number } {
	const among = effects.map((_, i) => effects.map((__, j) => (i === j ? 1 : shared)));
	const covariance = among.map(row => row.reduce((sum, v, j) => sum + v * (effects[j] ?? 0), 0));
	const explained = covariance.reduce((sum, c, j) => sum + c * (effects[j] ?? 0), 0);
	return {
		among,
		withOutcome: covariance.map(c => c / Math.sqrt(explained + 1)),
		rSquared: explained / (explained + 1),
	};
}

function answers(n: number, random: Random): number[][] {
	return Array.from({ length: n }, () => {
		const mood = random.normal();
		const drivers = effects.map(() => Math.sqrt(shared) * mood + Math.sqrt(1 - shared) * random.normal());
		return [...drivers, drivers.reduce((sum, x, j) => sum + x * (effects[j] ?? 0), random.normal())];
	});
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
