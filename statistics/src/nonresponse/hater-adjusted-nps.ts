import type { Estimate, NotConverged, TooFew } from '../figure.ts';
import { requireCount } from '../require-argument.ts';
import type { Sums } from '../scores/mean-interval.ts';
import { countAnswers, type NpsCounts } from '../scores/nps-counts.ts';
import { type NpsEstimate, npsEstimate } from '../scores/nps-estimate.ts';
import { type ClassWeightedEstimate, classWeightedMean } from './class-weighting.ts';
import { doubleSamplingMean } from './double-sampling.ts';
import { doublyRobustMean, type Person } from './doubly-robust.ts';
import { expectedHaters, type Haters } from './haters.ts';
import { boundedDifference, manskiBounds, monotoneBounds, type ResponseBounds } from './response-bounds.ts';
import { type AnswerCounts, calibratedTilt, type TiltedEstimate, tiltedMean, tiltToReach } from './tilt.ts';

/** People alike in what is known of everybody (tenure, usage, complaints), with what they answered. */
export type BehaviourClass = NpsCounts & {
	/** Asked, no answer. */
	readonly silent: number;
	/** Of the silent, those who will not answer any more: opted out, unsubscribed, silent again and again. */
	readonly gone: number;
};

/** An NPS on every rung of the ladder from "no assumption" to "measured". All on −1…1. */
export type HaterAdjustedNps = {
	readonly kind: 'ladder';
	/** People who answered. */
	readonly n: number;
	/** People who were asked and did not. */
	readonly silent: number;
	/** Answers per person asked. */
	readonly responseRate: number;
	/** The score of those who answered; show it only with its response rate. */
	readonly naive: NpsEstimate;
	/** Rung 1: nothing assumed. */
	readonly worstCase: ResponseBounds;
	/** Rung 2: the silent are no happier, without and with a limit to how much less. */
	readonly monotone: ResponseBounds;
	readonly boundedDifference: readonly (ResponseBounds & { readonly gap: number })[];
	/** Rung 3: within a class the silent are like those who answered. */
	readonly missingAtRandom: ClassWeightedEstimate | TooFew;
	/** Rung 4, when people were given: a model of the answer and of answering. */
	readonly doublyRobust?: Estimate | TooFew | NotConverged;
	/** Rung 5, when silent people were followed up: measured. */
	readonly doubleSampling?: Estimate | TooFew;
	/** Rung 6: the score for strengths of selection beyond the classes. */
	readonly tilts: readonly (TiltedEstimate | TooFew)[];
	/** The strength at which the score reaches 0; not-converged when none does. */
	readonly neutralTilt: number | NotConverged | TooFew;
	/** The strength the follow-up speaks for. */
	readonly calibratedTilt?: number | NotConverged | TooFew;
	/** How many of those gone for good would score 0–6. */
	readonly haters: Haters;
};

/**
 * What the NPS would be if everybody who was asked had answered, and how many Haters (detractors who are gone for good)
 * there are: bounds first, then estimates under ever clearer assumptions, never one number alone.
 *
 * Assumes: nothing on rung 1; each further rung says what. With classes as the only knowledge the doubly robust rung
 * equals rung 3, so it needs people with features. Source: see the functions of each rung.
 *
 * @param classes Classes that cover everybody who was asked, by what is known of everybody.
 * @param followUp Answers of a random sample of the silent who were followed up.
 * @param people Everybody who was asked, answers coded −1, 0, 1.
 * @param gaps How much less happy the silent may be, −1…1 scale; 0.1, 0.2, 0.4, 0.8 unless given.
 * @param gammas Strengths of selection; −0.5 to 1.5 by halves unless given.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 2 answers.
 *
 * @example
 * const classes = [
 *   { detractors: 30, passives: 40, promoters: 30, silent: 300, gone: 100 },
 *   { detractors: 20, passives: 80, promoters: 200, silent: 200, gone: 20 },
 * ]
 * const ladder = haterAdjustedNps({ classes })
 * ladder.naive.value // => 0.45
 * ladder.missingAtRandom.value // => 0.3333...
 * ladder.worstCase.low // => -0.355...
 * ladder.haters.missingAtRandom.value // => 31.333...
 */
export function haterAdjustedNps({
	classes,
	followUp,
	people,
	gaps = [0.1, 0.2, 0.4, 0.8],
	gammas = [-0.5, 0, 0.5, 1, 1.5],
	level = 0.95,
}: {
	readonly classes: readonly BehaviourClass[];
	readonly followUp?: NpsCounts;
	readonly people?: readonly Person[];
	readonly gaps?: readonly number[];
	readonly gammas?: readonly number[];
	readonly level?: number;
}): HaterAdjustedNps | TooFew {
	const total = { detractors: 0, passives: 0, promoters: 0, silent: 0 };
	for (const [i, entry] of classes.entries()) {
		countAnswers(entry);
		requireCount(`classes[${i}].silent`, entry.silent, requireCount(`classes[${i}].gone`, entry.gone));
		total.detractors += entry.detractors;
		total.passives += entry.passives;
		total.promoters += entry.promoters;
		total.silent += entry.silent;
	}
	const answers = codeSums(total);
	const asked = answers.n + total.silent;
	const naive = npsEstimate({ ...total, level });
	const partial = { answers, asked, scale: [-1, 1] as const, level };
	const worstCase = manskiBounds(partial);
	const monotone = monotoneBounds(partial);
	if (naive.kind === 'too-few') return naive;
	if (worstCase.kind === 'too-few') return worstCase;
	if (monotone.kind === 'too-few') return monotone;
	const counted = classes.map(answerCounts);
	return {
		kind: 'ladder',
		n: answers.n,
		silent: total.silent,
		responseRate: answers.n / asked,
		naive,
		worstCase,
		monotone,
		boundedDifference: gaps.flatMap(gap => {
			const bounds = boundedDifference({ ...partial, gap });
			return bounds.kind === 'bounds' ? [{ ...bounds, gap }] : [];
		}),
		missingAtRandom: classWeightedMean({
			classes: classes.map(entry => ({
				population: countAnswers(entry) + entry.silent,
				answers: codeSums(entry),
			})),
			level,
		}),
		...(people ? { doublyRobust: doublyRobustMean({ people, level }) } : {}),
		...(followUp
			? {
					doubleSampling: doubleSamplingMean({
						answers,
						silent: total.silent,
						followedUp: codeSums(followUp),
						level,
					}),
				}
			: {}),
		tilts: gammas.map(gamma => tiltedMean({ classes: counted, gamma, level })),
		neutralTilt: tiltToReach({ classes: counted, threshold: 0 }),
		...(followUp && countAnswers(followUp) > 0
			? { calibratedTilt: calibratedTilt({ classes: counted, silentMean: codeMean(followUp) }) }
			: {}),
		haters: expectedHaters({ classes, ...(followUp ? { followUp } : {}), level }),
	};
}

function codeSums(counts: NpsCounts): Sums {
	return {
		n: countAnswers(counts),
		sum: counts.promoters - counts.detractors,
		sumOfSquares: counts.promoters + counts.detractors,
	};
}

function codeMean(counts: NpsCounts): number {
	const { n, sum } = codeSums(counts);
	return sum / n;
}

function answerCounts({ detractors, passives, promoters, silent }: BehaviourClass): AnswerCounts {
	const answers = [
		{ answer: -1, count: detractors },
		{ answer: 0, count: passives },
		{ answer: 1, count: promoters },
	];
	return { answers, silent };
}
