import type { Random } from '../numerics/random.ts';
import { type Answered, coverageOf } from '../simulated-coverage.ts';
import type { Simulation } from '../simulation.ts';
import { bestPriceOf, gaborGranger, gaborGrangerLadder } from './gabor-granger.ts';
import { newtonMillerSmith } from './newton-miller-smith.ts';
import type { IntentAnswers } from './price-answers.ts';
import { type PriceSensitivity, vanWestendorp } from './van-westendorp.ts';

const tooFew = { kind: 'too-few' };

export const simulations: Simulation[] = [
	meter('lower bound', 16, answer => answer.lowerBound),
	meter('upper bound', 24, answer => answer.upperBound),
	meter('indifference price', 20, answer => answer.indifference),
	meter(
		'optimal price',
		20,
		answer => answer.optimal,
		'Here it is where two curves are both below 7 %: a dozen people decide it, too few for the percentiles of a bootstrap.',
	),
	simulation('Gabor–Granger share at the middle of five prices, 120 asked at each', 2_000, 0.5, random => {
		const answer = gaborGranger({ tested: tested(random), draws: 400, seed: random.uint32() });
		return answer.kind === 'demand' ? (answer.demand[2] ?? tooFew) : tooFew;
	}),
	simulation('Gabor–Granger best price, 120 asked at each of five', 2_000, best().price, random => {
		const answer = gaborGranger({ tested: tested(random), draws: 400, seed: random.uint32() });
		return answer.kind === 'demand' ? answer.bestPrice : tooFew;
	}),
	simulation('Gabor–Granger ladder, share at the third price, 300 people', 2_000, 0.5, random => {
		const answer = gaborGrangerLadder({ ...ladder(random), draws: 400, seed: random.uint32() });
		return answer.kind === 'demand' ? (answer.demand[2] ?? tooFew) : tooFew;
	}),
	simulation('Newton–Miller–Smith, largest reach, 200 people', 400, largestReach(), random => {
		const respondents = Array.from({ length: 200 }, () => rounded(person(random)));
		const answer = newtonMillerSmith({ respondents, draws: 200, seed: random.uint32() });
		return answer.kind === 'price-reach' ? answer.reach : tooFew;
	}),
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

function meter(
	point: string,
	truth: number,
	read: (answer: PriceSensitivity) => Answered['answer'],
	exception?: string,
): Simulation {
	return simulation(
		`price sensitivity meter, ${point}, 200 people`,
		2_000,
		truth,
		random => {
			const respondents = Array.from({ length: 200 }, () => person(random));
			const answer = vanWestendorp({ respondents, draws: 300, seed: random.uint32() });
			return answer.kind === 'price-sensitivity' ? read(answer) : tooFew;
		},
		exception,
	);
}

/** Prices around a personal level that is normal: every crossing of the true curves is half way between two means. */
function person(random: Random): IntentAnswers {
	const level = random.normal(20, 4);
	return {
		tooCheap: Math.max(0, level - 6),
		cheap: Math.max(0.001, level - 2),
		expensive: Math.max(0.002, level + 2),
		tooExpensive: Math.max(0.003, level + 6),
		intentCheap: 5,
		intentExpensive: 3,
	};
}

/** Prices to the nearest half, as people name them: fewer distinct prices to search. */
function rounded(answers: IntentAnswers): IntentAnswers {
	const half = (price: number): number => Math.round(2 * price) / 2;
	return {
		...answers,
		tooCheap: half(answers.tooCheap),
		cheap: half(answers.cheap),
		expensive: half(answers.expensive),
		tooExpensive: half(answers.tooExpensive),
	};
}

/** Mean chance of buying at its best price, integrated over the personal level. */
function largestReach(): number {
	let most = 0;
	for (let price = 15; price <= 22; price += 0.01) {
		let sum = 0;
		for (let z = -6; z <= 6; z += 0.01) {
			const away = price - (20 + 4 * z);
			const chance =
				Math.abs(away) >= 6
					? 0
					: away <= -2
						? (0.7 * (away + 6)) / 4
						: away <= 2
							? 0.7 - 0.1 * (away + 2)
							: (0.3 * (6 - away)) / 4;
			sum += (chance * Math.exp(-0.5 * z * z) * 0.01) / Math.sqrt(2 * Math.PI);
		}
		most = Math.max(most, sum);
	}
	return most;
}

const prices = [10, 12, 14, 16, 18];
const shares = [0.8, 0.66, 0.5, 0.3, 0.15];

function best(): { price: number } {
	return bestPriceOf([10, 12, 14, 16, 18], [0.8, 0.66, 0.5, 0.3, 0.15], 0);
}

function tested(random: Random): { price: number; asked: number; willing: number }[] {
	return prices.map((price, i) => ({ price, asked: 120, willing: random.binomial(120, shares[i] ?? 0) }));
}

function ladder(random: Random): { stops: { price: number; people: number }[]; refused: number } {
	const stopping = shares.map((share, i) => share - (shares[i + 1] ?? 0));
	const [refused = 0, ...people] = random.multinomial(300, [1 - (shares[0] ?? 0), ...stopping]);
	return { stops: prices.map((price, i) => ({ price, people: people[i] ?? 0 })), refused };
}
