import { Random } from './numerics/random.ts';
import type { Simulation, SimulationResult } from './simulation.ts';

/** An interval with what it should hold; anything without limits (a refusal) counts as not having held it. */
export type Answered = {
	readonly truth: number;
	readonly answer: {
		readonly kind: string;
		readonly value?: number;
		readonly low?: number;
		readonly high?: number;
	};
};

/**
 * A simulation of how often an interval holds the truth, from a function that draws one data set and answers.
 *
 * @example
 * coverageOf('always right', 20, () => ({ truth: 1, answer: { kind: 'estimate', value: 1, low: 0, high: 2 } })).run(1) // => { covered: 20, draws: 20, bias: 0 }
 */
export function coverageOf(
	name: string,
	draws: number,
	draw: (dice: Random) => Answered,
	{ exception, nominal = 0.95 }: { readonly exception?: string; readonly nominal?: number } = {},
): Simulation {
	const run = (seed: number): SimulationResult => {
		const dice = new Random(seed);
		let covered = 0;
		let errors = 0;
		for (let i = 0; i < draws; i += 1) {
			const { truth, answer } = draw(dice);
			const { low = Number.NaN, high = Number.NaN, value = truth } = answer;
			if (low <= truth && truth <= high) covered += 1;
			errors += value - truth;
		}
		return { covered, draws, bias: errors / draws };
	};
	return exception === undefined ? { name, nominal, draws, run } : { name, nominal, draws, run, exception };
}
