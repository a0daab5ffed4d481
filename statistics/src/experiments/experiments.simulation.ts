import type { Random } from '../numerics/random.ts';
import { coverageOf } from '../simulated-coverage.ts';
import type { Simulation } from '../simulation.ts';
import { type Arm, meanArm, proportionArm } from './arm.ts';
import { betaBinomial } from './beta-binomial.ts';
import { confidenceSequence } from './confidence-sequence.ts';
import { cuped, type PrePostSums } from './cuped.ts';
import { fiellerLift } from './fieller.ts';
import { normalBayes } from './normal-bayes.ts';
import { quantileArm } from './quantile-arm.ts';
import { ratioArm } from './ratio-arm.ts';
import { welch } from './welch.ts';

export const simulations: Simulation[] = [
	coverageOf('Welch, 40 against 60 units, spreads 1 and 3', 20_000, dice => ({
		truth: 0.5,
		answer: welch({ control: normalArm(dice, 40, 2, 1), treatment: normalArm(dice, 60, 2.5, 3) }),
	})),
	coverageOf('Welch relative lift of 25 %, 500 units per arm, log-normal revenue', 8000, dice => {
		const arm = (scale: number): Arm => momentsArm(500, () => scale * Math.exp(dice.normal(0, 0.8)));
		return { truth: 0.25, answer: welch({ control: arm(1), treatment: arm(1.25) }, { scale: 'relative' }) };
	}),
	coverageOf('share of 10 against 12 %, 1000 units per arm', 20_000, dice => ({
		truth: 0.02,
		answer: welch({
			control: proportionArm({ successes: dice.binomial(1000, 0.1), n: 1000 }),
			treatment: proportionArm({ successes: dice.binomial(1000, 0.12), n: 1000 }),
		}),
	})),
	coverageOf("Fieller's lift, 100 units per arm, control mean 1, spread 2", 20_000, dice => ({
		truth: 0.5,
		answer: fiellerLift({ control: normalArm(dice, 100, 1, 2), treatment: normalArm(dice, 100, 1.5, 2) }),
	})),
	coverageOf('CUPED, 100 units per arm, correlation 0.7 with before', 20_000, dice => {
		const arm = (effect: number): PrePostSums => {
			const sums = { n: 100, sum: 0, sumOfSquares: 0, preSum: 0, preSumOfSquares: 0, products: 0 };
			for (let i = 0; i < sums.n; i += 1) {
				const pre = dice.normal(10, 2);
				const post = effect + 0.7 * pre + dice.normal(0, 2 * Math.sqrt(1 - 0.49));
				sums.sum += post;
				sums.sumOfSquares += post * post;
				sums.preSum += pre;
				sums.preSumOfSquares += pre * pre;
				sums.products += pre * post;
			}
			return sums;
		};
		return { truth: 0.4, answer: welch(cuped({ control: arm(0), treatment: arm(0.4) })) };
	}),
	coverageOf('ratio metric, 400 customers per arm with 1 to many visits each', 8000, dice => {
		const arm = (perVisit: number): Arm => {
			const sums = {
				n: 400,
				numerator: 0,
				numeratorSquares: 0,
				denominator: 0,
				denominatorSquares: 0,
				products: 0,
			};
			for (let i = 0; i < sums.n; i += 1) {
				const visits = 1 + dice.poisson(2);
				// Customers differ in what they spend per visit, so their visits go together.
				const spent = visits * (perVisit + dice.normal(0, 1)) + dice.normal(0, Math.sqrt(visits));
				sums.numerator += spent;
				sums.numeratorSquares += spent * spent;
				sums.denominator += visits;
				sums.denominatorSquares += visits * visits;
				sums.products += spent * visits;
			}
			return ratioArm(sums);
		};
		return { truth: 0.3, answer: welch({ control: arm(2), treatment: arm(2.3) }) };
	}),
	coverageOf('difference of medians, 300 units per arm, exponential waits', 3000, dice => {
		const arm = (mean: number): Arm =>
			quantileArm(
				Array.from({ length: 300 }, () => dice.exponential(1 / mean)),
				{ quantile: 0.5 },
			);
		return { truth: 2 * Math.LN2, answer: welch({ control: arm(10), treatment: arm(12) }) };
	}),
	coverageOf('difference of 90th percentiles, 300 customers per arm with 4 visits each', 3000, dice => {
		const arm = (level: number): Arm => {
			const units = Array.from({ length: 1200 }, (_, i) => `${i >> 2}`);
			let habit = 0;
			const values = units.map((_, i) => {
				if (i % 4 === 0) habit = dice.normal();
				return level + habit + dice.normal();
			});
			return quantileArm(values, { quantile: 0.9, units });
		};
		return { truth: 0.2, answer: welch({ control: arm(5), treatment: arm(5.2) }) };
	}),
	coverageOf(
		'confidence sequence at all of 20 looks, 100 units per arm and look',
		1500,
		dice => {
			const arms = [emptySums(), emptySums()] as const;
			for (let look = 0; look < 20; look += 1) {
				for (const [which, sums] of arms.entries()) {
					for (let i = 0; i < 100; i += 1) add(sums, dice.normal(1 + 0.1 * which));
				}
				const answer = confidenceSequence(
					{ control: meanArm(arms[0]), treatment: meanArm(arms[1]) },
					{ expectedUnits: 2000 },
				);
				if (answer.kind !== 'estimate' || answer.low > 0.1 || answer.high < 0.1)
					return { truth: 0.1, answer: { kind: 'missed' } };
			}
			return { truth: 0.1, answer: { kind: 'held', low: 0, high: 1 } };
		},
		{
			exception:
				'It holds at every one of infinitely many looks; over any finite number it holds more often.',
		},
	),
	coverageOf('normal belief with an honest prior N(0, 0.2²), 200 units per arm', 20_000, dice => {
		const truth = dice.normal(0, 0.2);
		const arms = { control: normalArm(dice, 200, 1, 1), treatment: normalArm(dice, 200, 1 + truth, 1) };
		return { truth, answer: normalBayes(arms, { prior: { mean: 0, variance: 0.04 } }) };
	}),
	coverageOf(
		'Beta–Binomial difference, rates drawn from the prior Beta(2, 18), 300 units per arm',
		2000,
		dice => {
			const [control, treatment] = [dice.beta(2, 18), dice.beta(2, 18)];
			return {
				truth: treatment - control,
				answer: betaBinomial(
					{
						control: { successes: dice.binomial(300, control), n: 300 },
						treatment: { successes: dice.binomial(300, treatment), n: 300 },
					},
					{ prior: { a: 2, b: 18 } },
				),
			};
		},
	),
];

/** Mean and variance of n normal values, drawn directly from their sampling distribution. */
function normalArm(dice: Random, n: number, mean: number, spread: number): Arm {
	const variance = (spread * spread * 2 * dice.gamma((n - 1) / 2)) / (n - 1);
	return { n, mean: dice.normal(mean, spread / Math.sqrt(n)), variance };
}

function momentsArm(n: number, draw: () => number): Arm {
	const sums = emptySums();
	for (let i = 0; i < n; i += 1) add(sums, draw());
	return meanArm(sums);
}

type MutableSums = { n: number; sum: number; sumOfSquares: number };

function emptySums(): MutableSums {
	return { n: 0, sum: 0, sumOfSquares: 0 };
}

function add(sums: MutableSums, value: number): void {
	sums.n += 1;
	sums.sum += value;
	sums.sumOfSquares += value * value;
}
