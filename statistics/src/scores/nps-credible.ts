import { type Estimate, estimate } from '../figure.ts';
import { sortedQuantile } from '../numerics/quantile.ts';
import { Random } from '../numerics/random.ts';
import { criticalValue, normalPdf } from '../numerics/special-functions.ts';
import { requireAboveZero, requireCount } from '../require-argument.ts';
import { countAnswers, type NpsCounts } from './nps-counts.ts';

/** What is believed about an NPS after the answers, on −1…1. */
export type NpsCredible = Estimate & {
	/** Posterior standard deviation of the score, in closed form. */
	readonly standardDeviation: number;
	/** Standard error the sampling of the limits leaves in each of them. */
	readonly monteCarloError: number;
};

/**
 * What to believe about an NPS, starting from a prior: a Dirichlet posterior on the three shares.
 *
 * Mean and standard deviation are in closed form, the equal-tailed credible interval is sampled. Works without any
 * answers: it then shows the prior. Source: Gelman et al., "Bayesian Data Analysis", 3rd ed., §3.4.
 *
 * @param prior Pseudo-answers of detractors, passives, promoters, each above 0; ½ each (Jeffreys) unless given.
 * @param draws Samples for the interval; 20,000 unless given.
 * @param seed Makes the sampling repeatable.
 * @param level Credibility, 0.95 unless given.
 *
 * @example
 * npsCredible({ detractors: 10, passives: 20, promoters: 70, seed: 1 }).value // => 0.59113...
 */
export function npsCredible({
	detractors,
	passives,
	promoters,
	prior = [0.5, 0.5, 0.5],
	draws = 20_000,
	seed,
	level = 0.95,
}: NpsCounts & {
	readonly prior?: readonly [number, number, number];
	readonly draws?: number;
	readonly seed: number;
	readonly level?: number;
}): NpsCredible {
	const z = criticalValue(level);
	requireCount('draws', draws, 1000);
	const n = countAnswers({ detractors, passives, promoters });
	const low = detractors + requireAboveZero('prior[0]', prior[0]);
	const middle = passives + requireAboveZero('prior[1]', prior[1]);
	const high = promoters + requireAboveZero('prior[2]', prior[2]);
	const total = low + middle + high;
	const mean = (high - low) / total;
	const standardDeviation = Math.sqrt(((high + low) / total - mean * mean) / (total + 1));
	const random = new Random(seed);
	const scores = new Float64Array(draws);
	for (let i = 0; i < draws; i += 1) {
		const [x, y, w] = [random.gamma(low), random.gamma(middle), random.gamma(high)];
		scores[i] = (w - x) / (x + y + w);
	}
	scores.sort();
	const tail = (1 - level) / 2;
	return estimate({
		value: mean,
		low: sortedQuantile(scores, tail),
		high: sortedQuantile(scores, 1 - tail),
		n,
		level,
		standardDeviation,
		monteCarloError: (Math.sqrt((tail * (1 - tail)) / draws) * standardDeviation) / normalPdf(z),
		method: 'NPS, Dirichlet posterior',
	});
}
