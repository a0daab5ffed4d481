import type { Random } from '../numerics/random.ts';
import { type Answered, coverageOf } from '../simulated-coverage.ts';
import type { Simulation } from '../simulation.ts';
import { classWeightedMean } from './class-weighting.ts';
import { doubleSamplingMean } from './double-sampling.ts';
import { doublyRobustMean, type Person } from './doubly-robust.ts';
import { inversePropensityMean } from './inverse-propensity.ts';
import { manskiBounds } from './response-bounds.ts';
import { surveyMean } from './survey-mean.ts';
import { tiltedMean } from './tilt.ts';

/** Three classes of customers: share of all, chance of answering, shares of detractors, passives, promoters. */
const classes = [
	{ share: 0.25, responds: 0.2, codes: [0.6, 0.3, 0.1] },
	{ share: 0.35, responds: 0.4, codes: [0.2, 0.5, 0.3] },
	{ share: 0.4, responds: 0.6, codes: [0.05, 0.25, 0.7] },
] as const;
const truth = classes.reduce((sum, { share, codes }) => sum + share * (codes[2] - codes[0]), 0);

/** Strength of selection within every class in the simulations that have one. */
const gamma = 0.6;

export const simulations: Simulation[] = [
	simulation(
		'weighting classes, 2,000 asked',
		5_000,
		truth,
		random => {
			const people = asked(random, 2_000);
			return classWeightedMean({
				classes: classes.map((_, k) => {
					const members = people.filter(person => person.class === k);
					const codes = members.filter(person => person.responded).map(person => person.code);
					return { population: members.length, answers: sums(codes) };
				}),
			});
		},
		'The classes are drawn with the people, and the interval takes their sizes as known: it is that of these people, not of all there might be.',
	),
	simulation('weighting classes, 40,000 customers of fixed classes', 2_000, truth, random =>
		classWeightedMean({
			classes: classes.map(({ share, responds, codes }) => {
				const population = Math.round(40_000 * share);
				const [d = 0, s = 0, p = 0] = random.multinomial(random.binomial(population, responds * 0.05), codes);
				return { population, answers: { n: d + s + p, sum: p - d, sumOfSquares: p + d } };
			}),
		}),
	),
	simulation('inverse propensities, 2,000 asked', 5_000, truth, random => {
		const answers = asked(random, 2_000).filter(person => person.responded);
		return inversePropensityMean({
			values: answers.map(person => person.code),
			propensities: answers.map(person => classes[person.class]?.responds ?? 1),
		});
	}),
	simulation('doubly robust, both models linear in one feature, 800 asked', 1_000, 0.5, random =>
		doublyRobustMean({ people: Array.from({ length: 800 }, () => linearPerson(random)) }),
	),
	simulation('double sampling, every fifth silent person of 2,000 asked', 5_000, truth, random => {
		const people = asked(random, 2_000);
		const silent = people.filter(person => !person.responded);
		return doubleSamplingMean({
			answers: sums(people.filter(person => person.responded).map(person => person.code)),
			silent: silent.length,
			followedUp: sums(silent.filter((_, i) => i % 5 === 0).map(person => person.code)),
		});
	}),
	simulation('selection tilt at its true strength, 2,000 asked', 5_000, truth, random => {
		const people = asked(random, 2_000, gamma);
		return tiltedMean({
			gamma,
			classes: classes.map((_, k) => {
				const members = people.filter(person => person.class === k);
				const count = (code: number): number =>
					members.filter(person => person.responded && person.code === code).length;
				return {
					answers: [-1, 0, 1].map(answer => ({ answer, count: count(answer) })),
					silent: members.filter(person => !person.responded).length,
				};
			}),
		});
	}),
	simulation(
		'worst-case bounds with their sampling limits, 500 asked',
		5_000,
		truth,
		random => {
			const people = asked(random, 500);
			const bounds = manskiBounds({
				answers: sums(people.filter(person => person.responded).map(person => person.code)),
				asked: people.length,
				scale: [-1, 1],
			});
			return bounds.kind === 'bounds' ? { ...bounds, low: bounds.lowLimit, high: bounds.highLimit } : bounds;
		},
		'Bounds, not an interval: the truth is anywhere inside them, so they hold it far more often than promised.',
	),
	simulation('post-stratified mean of 60 clusters of 8', 2_000, 2, random => {
		const groups = Array.from({ length: 480 }, () => (random.uniform() < 0.4 ? 'a' : 'b'));
		const branch = Array.from({ length: 60 }, () => random.normal(0, 0.5));
		return surveyMean({
			values: groups.map((group, i) => (group === 'a' ? 3.5 : 1) + (branch[i % 60] ?? 0) + random.normal()),
			weights: groups.map(() => 1),
			clusters: groups.map((_, i) => String(i % 60)),
			margins: [{ groups, totals: { a: 4_000, b: 6_000 } }],
		});
	}),
];

function simulation(
	name: string,
	draws: number,
	target: number,
	draw: (random: Random) => Answered['answer'],
	exception?: string,
): Simulation {
	const answered = (random: Random): Answered => ({ truth: target, answer: draw(random) });
	return coverageOf(name, draws, answered, exception === undefined ? {} : { exception });
}

type Asked = { readonly class: number; readonly code: number; readonly responded: boolean };

/** People drawn from the classes; with a tilt, answering depends on the answer as well. */
function asked(random: Random, n: number, tilt = 0): Asked[] {
	return Array.from({ length: n }, () => {
		const u = random.uniform();
		const k = u < 0.25 ? 0 : u < 0.6 ? 1 : 2;
		const { responds, codes } = classes[k];
		const v = random.uniform();
		const code = v < codes[0] ? -1 : v < codes[0] + codes[1] ? 0 : 1;
		const odds = (responds / (1 - responds)) * Math.exp(tilt * code);
		return { class: k, code, responded: random.uniform() < odds / (1 + odds) };
	});
}

function linearPerson(random: Random): Person {
	const x = random.normal();
	const answer = 0.5 + x + random.normal();
	return random.uniform() < 1 / (1 + Math.exp(-0.3 - 0.8 * x))
		? { features: [x], answer }
		: { features: [x] };
}

function sums(values: readonly number[]): { n: number; sum: number; sumOfSquares: number } {
	let [sum, sumOfSquares] = [0, 0];
	for (const x of values) {
		sum += x;
		sumOfSquares += x * x;
	}
	return { n: values.length, sum, sumOfSquares };
}
