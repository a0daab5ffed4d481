import { type Estimate, type TooFew, tooFew } from '../figure.ts';
import { meanOfValues } from '../numerics/mean-of-values.ts';
import { requireAboveZero, requireCount, requireNumber } from '../require-argument.ts';

/** A stretch between two changes. */
export type Segment = {
	/** First observation, counted from 0. */
	readonly from: number;
	/** Last observation. */
	readonly to: number;
	/** Its mean, with a t interval from the observations within. */
	readonly mean: Estimate | TooFew;
};

/** Where a series changed, looked at afterwards. */
export type Changes = {
	readonly kind: 'changes';
	/** Observations that are the last before a change, counted from 1: 28 means that the 29th is the first of the new. */
	readonly after: readonly number[];
	readonly segments: readonly Segment[];
	/** Penalised cost of the best division. */
	readonly cost: number;
	readonly n: number;
	readonly method: string;
};

/** How much a further change must explain: twice the log-likelihood, by rule or as a number. */
export type Penalty = 'BIC' | 'AIC' | 'MBIC' | number;

/**
 * At which points did the level (or level and spread) of this series change?
 *
 * The division with the least penalised cost of all divisions, found exactly: PELT drops candidates that can never
 * win. Costs are twice the negative log-likelihood, so penalties have their usual meaning: AIC 2 × parameters, BIC
 * parameters × ln n, MBIC 3 ln n plus the log of each segment's length (numbers of other programs are comparable only
 * if their costs are on the same scale).
 *
 * Assumptions: 1. normal noise, independent from one observation to the next (whiten an autocorrelated series first,
 * or it will seem to change all the time); 2. with `mean`, the noise is equally large throughout: `noiseVariance`,
 * taken from successive differences unless given, which changes of level do not inflate. The intervals of the segment
 * means do not know that the changes were searched for.
 *
 * Source: Killick, Fearnhead & Eckley, "Optimal detection of changepoints with a linear computational cost",
 * JASA 107, 2012; MBIC: Zhang & Siegmund, Biometrics 63, 2007.
 *
 * @param values The series in order.
 * @param options `change`: what may change, `mean` (default) or `mean-and-variance`; `penalty` (default MBIC);
 *   `minimumLength` of a segment (2, or 5 with variance, because two equal neighbours have no variance);
 *   `noiseVariance` for `mean`; `level` of the intervals.
 * @returns `too-few` below two segments of minimum length.
 *
 * @example
 * pelt([1, 2, 1, 2, 9, 8, 9, 8]).after // => [4]
 */
export function pelt(
	values: readonly number[],
	{
		change = 'mean',
		penalty = 'MBIC',
		minimumLength = change === 'mean' ? 2 : 5,
		noiseVariance,
		level = 0.95,
	}: {
		readonly change?: 'mean' | 'mean-and-variance';
		readonly penalty?: Penalty;
		readonly minimumLength?: number;
		readonly noiseVariance?: number;
		readonly level?: number;
	} = {},
): Changes | TooFew {
	const n = values.length;
	for (const value of values) requireNumber('values', value);
	requireCount('minimumLength', minimumLength, change === 'mean' ? 1 : 2);
	if (n < 2 * minimumLength) return tooFew(n, 2 * minimumLength);
	// A series that never moves has no noise to measure; any unit then gives the same answer, no change.
	const variance = noiseVariance ?? (varianceOfDifferences(values) || 1);
	if (change === 'mean') requireAboveZero('noiseVariance', variance);
	const isModified = penalty === 'MBIC';
	const segmentCost = costOf(values, change, variance, isModified);
	const each = penaltyOf(penalty, change, n);
	// Splitting a segment can add up to ln(n/4) of MBIC's length terms; without that slack pruning would not be exact.
	const slack = isModified ? -Math.log(n / 4) : 0;
	const { after, cost } = bestDivision(n, minimumLength, segmentCost, each, slack);
	return {
		kind: 'changes',
		after,
		segments: segmentsOf(values, after, level),
		cost,
		n,
		method: `PELT, change in ${change}, ${typeof penalty === 'number' ? `penalty ${penalty}` : penalty}`,
	};
}

function penaltyOf(penalty: Penalty, change: 'mean' | 'mean-and-variance', n: number): number {
	// A change brings its position and its new parameters.
	const parameters = change === 'mean' ? 2 : 3;
	switch (penalty) {
		case 'AIC':
			return 2 * parameters;
		case 'BIC':
			return parameters * Math.log(n);
		case 'MBIC':
			return (parameters + 1) * Math.log(n);
		default:
			return requireNumber('penalty', penalty, 0);
	}
}

/** Half the mean square of successive differences: the noise, whatever the levels do. */
function varianceOfDifferences(values: readonly number[]): number {
	let sum = 0;
	for (let i = 1; i < values.length; i += 1) sum += ((values[i] ?? 0) - (values[i - 1] ?? 0)) ** 2;
	return sum / (2 * (values.length - 1));
}

type SegmentCost = (from: number, end: number) => number;

function costOf(
	values: readonly number[],
	change: 'mean' | 'mean-and-variance',
	variance: number,
	isModified: boolean,
): SegmentCost {
	const n = values.length;
	const mean = values.reduce((sum, value) => sum + value, 0) / n;
	const sums = new Float64Array(n + 1);
	const squares = new Float64Array(n + 1);
	for (const [i, value] of values.entries()) {
		// Around the overall mean, so that the squares do not swallow the digits of the differences.
		sums[i + 1] = (sums[i] ?? 0) + (value - mean);
		squares[i + 1] = (squares[i] ?? 0) + (value - mean) ** 2;
	}
	// The floor keeps a run of equal values from costing minus infinity.
	const floor = 1e-10 * ((squares[n] ?? 0) / n || 1);
	return (from, end) => {
		const length = end - from;
		const sum = (sums[end] ?? 0) - (sums[from] ?? 0);
		const residual = Math.max(0, (squares[end] ?? 0) - (squares[from] ?? 0) - (sum * sum) / length);
		const extra = isModified ? Math.log(length) : 0;
		if (change === 'mean') return residual / variance + extra;
		return length * (Math.log(2 * Math.PI * Math.max(residual / length, floor)) + 1) + extra;
	};
}

function bestDivision(
	n: number,
	minimumLength: number,
	segmentCost: SegmentCost,
	penalty: number,
	slack: number,
): { readonly after: number[]; readonly cost: number } {
	const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
	best[0] = -penalty;
	const lastChange = new Int32Array(n + 1);
	// A candidate found hopeless at `end` may still be best until segments starting at `end` are long enough.
	let candidates: { readonly start: number; hopelessFrom: number }[] = [];
	for (let end = minimumLength; end <= n; end += 1) {
		const start = end - minimumLength;
		if (best[start] !== Number.POSITIVE_INFINITY) {
			candidates.push({ start, hopelessFrom: Number.POSITIVE_INFINITY });
		}
		candidates = candidates.filter(candidate => candidate.hopelessFrom > end);
		for (const candidate of candidates) {
			const cost = (best[candidate.start] ?? 0) + segmentCost(candidate.start, end) + penalty;
			if (cost < (best[end] ?? 0)) {
				best[end] = cost;
				lastChange[end] = candidate.start;
			}
		}
		for (const candidate of candidates) {
			const withoutPenalty = (best[candidate.start] ?? 0) + segmentCost(candidate.start, end) + slack;
			if (withoutPenalty >= (best[end] ?? 0)) {
				candidate.hopelessFrom = Math.min(candidate.hopelessFrom, end + minimumLength);
			}
		}
	}
	const after: number[] = [];
	for (let end = lastChange[n] ?? 0; end > 0; end = lastChange[end] ?? 0) after.push(end);
	return { after: after.reverse(), cost: best[n] ?? 0 };
}

function segmentsOf(values: readonly number[], after: readonly number[], level: number): Segment[] {
	return [...after, values.length].map((end, i) => {
		const from = i === 0 ? 0 : (after[i - 1] ?? 0);
		return { from, to: end - 1, mean: meanOfValues(values.slice(from, end), level) };
	});
}
