import { coverageOf } from '../simulated-coverage.ts';
import type { Simulation } from '../simulation.ts';
import { breakpoints } from './breakpoints.ts';
import { pelt } from './pelt.ts';
import { senSlope } from './sen-slope.ts';

export const simulations: Simulation[] = [
	coverageOf("Sen's slope, 30 months, noise with heavy tails", 4000, dice => ({
		truth: 0.2,
		answer: senSlope(
			Array.from({ length: 30 }, (_, t) => 0.2 * t + dice.normal() / Math.sqrt(dice.gamma(1.5) / 1.5)),
		),
	})),
	coverageOf(
		'moment of a change by one noise deviation, 120 observations',
		2000,
		dice => {
			const values = Array.from({ length: 120 }, (_, t) => (t >= 50 ? 1 : 0) + dice.normal());
			const found = breakpoints(values, { maximumBreaks: 1 });
			const at = found.kind === 'breakpoints' ? found.breaks[0] : undefined;
			return {
				truth: 50,
				answer: at ? { kind: 'estimate', value: at.after, low: at.low, high: at.high } : { kind: 'refused' },
			};
		},
		{
			exception:
				'The limiting law is for long series and takes the estimated shift for the true one; 120 observations give a little less.',
		},
	),
	coverageOf(
		'mean after a change found by PELT, shift of two deviations',
		4000,
		dice => {
			const values = Array.from({ length: 80 }, (_, t) => (t >= 40 ? 2 : 0) + dice.normal());
			const found = pelt(values);
			const last = found.kind === 'changes' ? found.segments.at(-1)?.mean : undefined;
			return { truth: 2, answer: last ?? { kind: 'refused' } };
		},
		{
			exception:
				'The change was searched for in the same data, which the interval of the mean does not know.',
		},
	),
];
