import { type Estimate, estimate, type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { percentileBootstrap } from '../numerics/percentile-bootstrap.ts';
import { requireCount, requireNumber, requireSameLength } from '../require-argument.ts';
import { wilson } from '../scores/wilson.ts';

/** One group of cases with like probabilities. */
export type ReliabilityBin = {
	/** Mean probability given. */
	readonly predicted: number;
	/** Share that happened, with Wilson's interval. */
	readonly happened: Estimate;
};

/** Whether probabilities mean what they say. */
export type CalibrationError = {
	readonly kind: 'calibration';
	/** Expected calibration error: mean distance of predicted and happened, by cases. */
	readonly expected: Estimate;
	/** The largest distance of any group. */
	readonly largest: number;
	/** The reliability curve: groups with cases, ascending. */
	readonly curve: readonly ReliabilityBin[];
	readonly n: number;
	readonly method: string;
};

/**
 * How far predicted probabilities lie from how often it happened (for several classes: the probability of the class called and whether the
 * call was right).
 *
 * The figure depends on the grouping and is inflated when groups are small: show the curve with it. Groups of equal
 * width take their upper edge in. The interval is a percentile bootstrap over cases, which the same inflation lifts. Source: Naeini, Cooper & Hauskrecht 2015; Guo et al. 2017.
 *
 * @param probabilities 0…1 each.
 * @param outcomes Whether it happened.
 * @param bins Groups; 15 unless given.
 * @param grouping Equal width, or equal numbers of cases.
 * @param draws Resamples; 500 unless given, at least 200.
 * @param seed Makes the resampling repeatable.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 2 cases.
 *
 * @example
 * const probabilities = [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1]
 * const outcomes = [false, false, false, false, true, true, true, true, true]
 * calibrationError({ probabilities, outcomes, bins: 3, seed: 1 }).expected.value // => 0.13888...
 */
export function calibrationError({
	probabilities,
	outcomes,
	bins = 15,
	grouping = 'equal-width',
	draws = 500,
	seed,
	level = 0.95,
}: {
	readonly probabilities: readonly number[];
	readonly outcomes: readonly boolean[];
	readonly bins?: number;
	readonly grouping?: 'equal-width' | 'equal-mass';
	readonly draws?: number;
	readonly seed: number;
	readonly level?: number;
}): CalibrationError | TooFew | NotConverged {
	requireCount('bins', bins, 1);
	const n = requireSameLength('outcomes', outcomes, 'probabilities', probabilities);
	if (n < 2) return tooFew(n, 2);
	const cases = probabilities.map((p, i) => ({
		p: requireNumber(`probabilities[${i}]`, p, 0, 1),
		happened: outcomes[i] ? 1 : 0,
	}));
	cases.sort((a, b) => a.p - b.p);
	const group = (times: Int32Array): Group[] => grouped(cases, times, bins, grouping);
	const interval = percentileBootstrap({
		units: n,
		statistic: times => meanDistance(group(times), n),
		draws,
		seed,
		level,
	});
	if (interval.kind !== 'interval') return interval;
	const groups = group(new Int32Array(n).fill(1));
	const value = meanDistance(groups, n);
	const method = `calibration error, ${bins} groups of equal ${grouping === 'equal-mass' ? 'size' : 'width'}`;
	return {
		kind: 'calibration',
		expected: estimate({
			value,
			low: Math.min(value, interval.low),
			high: Math.max(value, interval.high),
			n,
			level,
			method,
		}),
		largest: groups.reduce((most, entry) => Math.max(most, distance(entry)), 0),
		curve: groups.flatMap(entry => {
			const happened = wilson({ successes: entry.happened, n: entry.n, level });
			return happened.kind === 'too-few' ? [] : [{ predicted: entry.predicted / entry.n, happened }];
		}),
		n,
		method,
	};
}

type Group = { n: number; predicted: number; happened: number };

/** Cases ascending by probability, put into groups; case i counts `times[i]` times. */
function grouped(
	cases: readonly { readonly p: number; readonly happened: number }[],
	times: Int32Array,
	bins: number,
	grouping: 'equal-width' | 'equal-mass',
): Group[] {
	const groups = Array.from({ length: bins }, () => ({ n: 0, predicted: 0, happened: 0 }));
	let before = 0;
	for (const [i, { p, happened }] of cases.entries()) {
		const weight = times[i] ?? 0;
		if (weight === 0) continue;
		const group =
			groups[grouping === 'equal-mass' ? Math.floor((before * bins) / cases.length) : widthBin(p, bins)];
		before += weight;
		if (!group) continue;
		group.n += weight;
		group.predicted += weight * p;
		group.happened += weight * happened;
	}
	return groups.filter(group => group.n > 0);
}

function meanDistance(groups: readonly Group[], n: number): number {
	return groups.reduce((sum, group) => sum + (group.n / n) * distance(group), 0);
}

function distance({ n, predicted, happened }: Group): number {
	return Math.abs(predicted - happened) / n;
}

/** Which of equally wide groups, each with its upper edge: p = 0 belongs to the first. */
function widthBin(p: number, bins: number): number {
	return Math.max(0, Math.ceil(p * bins - 1e-12) - 1);
}
