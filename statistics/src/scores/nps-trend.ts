import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { chiSquareUpper, criticalValue } from '../numerics/special-functions.ts';
import { requireNumber } from '../require-argument.ts';
import { countAnswers, type NpsCounts, npsMoments, withPseudoAnswers } from './nps-counts.ts';

/** Slope of an NPS over time, with the test on the single answers. */
export type NpsTrend = Estimate & {
	readonly standardError: number;
	/** Whether answers rise or fall with time: linear-by-linear association, the primary test. */
	readonly linearByLinear: {
		/** Pearson correlation of time and code, −1…1. */
		readonly correlation: number;
		/** (N − 1) r², one degree of freedom. */
		readonly chiSquare: number;
		readonly pValue: number;
	};
	/** Whether periods differ beyond the straight line. With two periods there is nothing beyond it. */
	readonly nonLinear: {
		readonly chiSquare: number;
		readonly degreesOfFreedom: number;
		readonly pValue: number;
	};
};

/**
 * Whether, and how fast, an NPS moves over time.
 *
 * The slope and its interval come from the period scores, weighted by n/variance (treated as known); the test from the
 * single answers. Assumes: 1. answers are independent, within and between periods (different people); 2. the move is a
 * straight line (see `nonLinear`). When a period is unanimous its variance would be 0 and its weight infinite: then
 * every period's variance is taken after adding three pseudo-answers. Source: Agresti, "Categorical Data Analysis",
 * §3.4 (linear-by-linear); Cochran's generalised statistic for the part beyond the line.
 *
 * @param periods Counts per period with its time in any unit (month number, day); periods without answers are left out.
 * @param level Confidence, 0.95 unless given.
 * @returns Change of the score (−1…1) per unit of time. `too-few` with answers at fewer than two times: n and needed
 * then count times.
 *
 * @example
 * const periods = [
 *   { time: 1, detractors: 30, passives: 30, promoters: 40 },
 *   { time: 2, detractors: 25, passives: 30, promoters: 45 },
 *   { time: 3, detractors: 20, passives: 30, promoters: 50 },
 * ]
 * npsTrend({ periods }).value // => 0.1000...
 * npsTrend({ periods }).linearByLinear.pValue // => 0.08223...
 */
export function npsTrend({
	periods,
	level = 0.95,
}: {
	readonly periods: readonly (NpsCounts & { readonly time: number })[];
	readonly level?: number;
}): NpsTrend | TooFew {
	const z = criticalValue(level);
	for (const { time } of periods) requireNumber('time', time);
	const answered = periods.filter(period => countAnswers(period) > 0);
	const times = new Set(answered.map(period => period.time)).size;
	if (times < 2) return tooFew(times, 2);
	const { slope, standardError } = weightedSlope(answered);
	return estimate({
		value: slope,
		low: slope - z * standardError,
		high: slope + z * standardError,
		n: answered.reduce((sum, period) => sum + npsMoments(period).n, 0),
		level,
		standardError,
		...associationTests(answered),
		method: 'NPS trend, inverse-variance weighted slope',
	});
}

type Period = NpsCounts & { readonly time: number };

function weightedSlope(periods: readonly Period[]): { slope: number; standardError: number } {
	const isUnanimous = periods.some(period => npsMoments(period).variance === 0);
	const points = periods.map(period => {
		const { n, variance } = npsMoments(isUnanimous ? withPseudoAnswers(period) : period);
		return { time: period.time, score: npsMoments(period).mean, weight: n / variance };
	});
	let [weights, times, scores] = [0, 0, 0];
	for (const { time, score, weight } of points) {
		weights += weight;
		times += weight * time;
		scores += weight * score;
	}
	const [meanTime, meanScore] = [times / weights, scores / weights];
	let [spread, shared] = [0, 0];
	for (const { time, score, weight } of points) {
		spread += weight * (time - meanTime) ** 2;
		shared += weight * (time - meanTime) * (score - meanScore);
	}
	return { slope: shared / spread, standardError: 1 / Math.sqrt(spread) };
}

function associationTests(periods: readonly Period[]): Pick<NpsTrend, 'linearByLinear' | 'nonLinear'> {
	const rows = periods.map(period => ({ time: period.time, ...npsMoments(period) }));
	const total = rows.reduce((sum, row) => sum + row.n, 0);
	const meanTime = rows.reduce((sum, row) => sum + row.n * row.time, 0) / total;
	const meanCode = rows.reduce((sum, row) => sum + row.n * row.mean, 0) / total;
	let [timeSpread, codeSpread, shared, between] = [0, 0, 0, 0];
	for (const { n, time, mean, variance } of rows) {
		timeSpread += n * (time - meanTime) ** 2;
		codeSpread += n * (variance + (mean - meanCode) ** 2);
		shared += n * (time - meanTime) * (mean - meanCode);
		between += n * (mean - meanCode) ** 2;
	}
	// All answers alike: nothing varies, so nothing is associated.
	const correlation = codeSpread > 0 ? shared / Math.sqrt(timeSpread * codeSpread) : 0;
	const chiSquare = (total - 1) * correlation ** 2;
	const heterogeneity = codeSpread > 0 ? ((total - 1) * between) / codeSpread : 0;
	const degreesOfFreedom = rows.length - 2;
	const beyond = Math.max(0, heterogeneity - chiSquare);
	return {
		linearByLinear: { correlation, chiSquare, pValue: chiSquareUpper(chiSquare, 1) },
		nonLinear: {
			chiSquare: degreesOfFreedom > 0 ? beyond : 0,
			degreesOfFreedom,
			pValue: degreesOfFreedom > 0 ? chiSquareUpper(beyond, degreesOfFreedom) : 1,
		},
	};
}
