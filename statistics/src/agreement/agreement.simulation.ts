import type { Random } from '../numerics/random.ts';
import { coverageOf } from '../simulated-coverage.ts';
import type { Simulation } from '../simulation.ts';
import { classifierQuality, qualityFigures } from './classifier-quality.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { krippendorffAlpha } from './krippendorff-alpha.ts';
import { brierScore, rankingQuality } from './probability-scores.ts';
import { intraclassCorrelation } from './rating-reliability.ts';
import { fleissKappa } from './several-raters.ts';

const cells = [
	[0.3, 0.06, 0.04],
	[0.05, 0.2, 0.05],
	[0.02, 0.06, 0.22],
];
const tooFew = { kind: 'too-few' };
const truthOf = qualityFigures(cells.map(row => row.map(share => Math.round(1e6 * share))));

/** Fleiss' kappa and nominal alpha when each rater names the true class (thirds) with this chance, else any at random. */
const hitRate = 0.7;
const raterKappa = hitRate ** 2;

export const simulations: Simulation[] = [
	coverageOf("Cohen's kappa, 150 cases", 10_000, dice => ({
		truth: truthOf.kappa,
		answer: cohenKappa({ table: confusion(dice, 150) }),
	})),
	coverageOf('macro-F1, 400 cases', 1_500, dice => {
		const answer = classifierQuality({ confusion: confusion(dice, 400), draws: 400, seed: dice.uint32() });
		return { truth: truthOf.macroF1, answer: answer.kind === 'quality' ? answer.macroF1 : tooFew };
	}),
	coverageOf('Matthews correlation, 400 cases', 1_500, dice => {
		const answer = classifierQuality({ confusion: confusion(dice, 400), draws: 400, seed: dice.uint32() });
		return { truth: truthOf.mcc, answer: answer.kind === 'quality' ? answer.mcc : tooFew };
	}),
	coverageOf("Fleiss' kappa, 200 units, 4 raters", 2_000, dice => ({
		truth: raterKappa,
		answer: fleissKappa({ ratings: rated(dice, 200, 4), draws: 400, seed: dice.uint32() }),
	})),
	coverageOf("Fleiss' kappa, 100 units, 4 raters", 4_000, dice => ({
		truth: raterKappa,
		answer: fleissKappa({ ratings: rated(dice, 100, 4), draws: 400, seed: dice.uint32() }),
	})),
	coverageOf("Krippendorff's alpha, nominal, 200 units, 4 raters", 2_000, dice => ({
		truth: raterKappa,
		answer: krippendorffAlpha({
			units: rated(dice, 200, 4),
			metric: 'nominal',
			draws: 400,
			seed: dice.uint32(),
		}),
	})),
	coverageOf('ICC(A,1), 40 units, 4 raters of unequal level', 5_000, dice => {
		const level = Array.from({ length: 4 }, () => dice.normal(0, 0.5));
		const ratings = Array.from({ length: 40 }, () => {
			const unit = dice.normal();
			return level.map(rater => unit + rater + dice.normal(0, 0.8));
		});
		return { truth: 1 / (1 + 0.25 + 0.64), answer: intraclassCorrelation({ ratings }) };
	}),
	coverageOf('area under the ROC curve, 60 and 90 cases', 5_000, dice => {
		const outcomes = Array.from({ length: 150 }, (_, i) => i < 60);
		const scores = outcomes.map(happened => dice.normal(happened ? 1 : 0));
		// P(N(1, 1) > N(0, 1)) = Φ(1/√2).
		return { truth: 0.7602499389065233, answer: rankingQuality({ scores, outcomes }) };
	}),
	coverageOf('Brier score of 300 honest forecasts', 5_000, dice => {
		const probabilities = Array.from({ length: 300 }, () => dice.uniform()).map(p => [1 - p, p]);
		const truth = probabilities.map(([, p = 0]) => (dice.uniform() < p ? 1 : 0));
		return { truth: 1 / 3, answer: brierScore({ probabilities, truth }) };
	}),
];

function confusion(dice: Random, n: number): number[][] {
	const counts = dice.multinomial(n, cells.flat());
	return cells.map((row, k) => counts.slice(k * row.length, (k + 1) * row.length));
}

function rated(dice: Random, units: number, raters: number): number[][] {
	return Array.from({ length: units }, () => {
		const actual = dice.int(3);
		return Array.from({ length: raters }, () => (dice.uniform() < hitRate ? actual : dice.int(3)));
	});
}
