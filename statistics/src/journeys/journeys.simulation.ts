import type { Random } from '../numerics/random.ts';
import { coverageOf } from '../simulated-coverage.ts';
import type { Simulation } from '../simulation.ts';
import { align } from './alignment.ts';
import { petriNet } from './petri-net.ts';
import { tokenReplay } from './token-replay.ts';
import type { Variant } from './variants.ts';

const net = petriNet({
	start: 'start',
	end: 'end',
	transitions: [
		{ step: 'order', from: ['start'], to: ['open', 'unpaid'] },
		{ step: 'ship', from: ['open'], to: ['shipped'] },
		{ step: 'pay', from: ['unpaid'], to: ['paid'] },
		{ step: 'deliver', from: ['shipped', 'paid'], to: ['end'] },
	],
});

/** Ways through and how common each is in the population. */
const population: readonly { readonly steps: readonly string[]; readonly share: number }[] = [
	{ steps: ['order', 'ship', 'pay', 'deliver'], share: 0.4 },
	{ steps: ['order', 'pay', 'ship', 'deliver'], share: 0.2 },
	{ steps: ['order', 'ship', 'deliver'], share: 0.15 },
	{ steps: ['order', 'pay', 'call', 'call', 'ship', 'deliver'], share: 0.15 },
	{ steps: ['order', 'pay', 'pay'], share: 0.1 },
];

const replayTruth = fitnessOf(tokenReplay(net, asVariants(population.map(({ share }) => 100 * share))));
const alignedTruth = fitnessOf(align(net, asVariants(population.map(({ share }) => 100 * share))));

export const simulations: Simulation[] = [
	coverageOf('fitness by token replay, 200 journeys of five kinds', 6000, dice => ({
		truth: replayTruth,
		answer: tokenReplay(net, sample(dice, 200)).fitness,
	})),
	coverageOf('fitness by alignment, 200 journeys of five kinds', 6000, dice => {
		const aligned = align(net, sample(dice, 200));
		return {
			truth: alignedTruth,
			answer: aligned.kind === 'alignments' ? aligned.fitness : { kind: 'refused' },
		};
	}),
];

function sample(dice: Random, n: number): Variant[] {
	const shares = population.map(({ share }) => share);
	return asVariants(Array.from(dice.multinomial(n, shares)));
}

function asVariants(counts: readonly number[]): Variant[] {
	return population.map(({ steps }, i) => ({ steps, journeys: Math.round(counts[i] ?? 0) }));
}

function fitnessOf(result: ReturnType<typeof tokenReplay> | ReturnType<typeof align>): number {
	if (result.kind === 'not-converged' || result.fitness.kind !== 'estimate')
		throw new Error('the population has no fitness');
	return result.fitness.value;
}
