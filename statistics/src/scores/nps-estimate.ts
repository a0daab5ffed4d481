import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { countAnswers, type NpsCounts, npsMoments } from './nps-counts.ts';
import { type NpsMethod, npsLimits } from './nps-limits.ts';

/** A Net Promoter Score on −1…1. */
export type NpsEstimate = Estimate & {
	/** Variance of one answer coded −1, 0, +1 (denominator n). */
	readonly variance: number;
	/** Standard error of the score itself, √(variance / n). */
	readonly standardError: number;
	/** Whether a limit lay outside −1…1 and was pulled back. */
	readonly isClamped: boolean;
};

/**
 * How likely customers are to recommend: share of promoters minus share of detractors, on −1…1 (times 100 for show).
 *
 * Assumes: 1. answers are independent; 2. whoever answered stands for whoever did not (see `nonresponse` when not).
 * Unless a method is asked for, the interval is adjusted Wald, or the score interval below 30 answers or when a class
 * is empty. The value is always the plain one; only the interval is adjusted. Source: Rocks 2016 (see `npsLimits`).
 *
 * @param detractors Answers 0–6.
 * @param passives Answers 7–8.
 * @param promoters Answers 9–10.
 * @param method Interval; chosen by the rule above unless given.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` without answers.
 *
 * @example
 * npsEstimate({ detractors: 362, passives: 176, promoters: 462 }).value // => 0.1
 * npsEstimate({ detractors: 362, passives: 176, promoters: 462 }).low // => 0.0438966...
 * npsEstimate({ detractors: 0, passives: 5, promoters: 5 }).method // => 'NPS, score interval'
 * npsEstimate({ detractors: 0, passives: 0, promoters: 0 }) // => { kind: 'too-few', n: 0, needed: 1 }
 */
export function npsEstimate({
	detractors,
	passives,
	promoters,
	method,
	level = 0.95,
}: NpsCounts & { readonly method?: NpsMethod; readonly level?: number }): NpsEstimate | TooFew {
	const counts = { detractors, passives, promoters };
	criticalValue(level);
	if (countAnswers(counts) === 0) return tooFew(0, 1);
	const { n, mean, variance } = npsMoments(counts);
	const isSparse = n < 30 || Math.min(detractors, passives, promoters) === 0;
	const chosen = method ?? (isSparse ? 'score' : 'adjusted-wald');
	const { low, high } = npsLimits(counts, chosen, level);
	return estimate({
		value: mean,
		low: Math.max(-1, low),
		high: Math.min(1, high),
		n,
		level,
		variance,
		standardError: Math.sqrt(variance / n),
		isClamped: low < -1 || high > 1,
		method: `NPS, ${methodNames[chosen]} interval`,
	});
}

const methodNames: Record<NpsMethod, string> = {
	'adjusted-wald': 'adjusted Wald',
	score: 'score',
	wald: 'Wald',
};
