import type { PreparedRows } from './cox-rows.ts';

/** How events at the same time share their risk set: Efron's average (default) or Breslow's, which ignores the order. */
export type Ties = 'efron' | 'breslow';

/**
 * What one moment with events adds to the partial likelihood. Arrays are reused between moments.
 *
 * @param time - the moment
 * @param events - events at that moment
 * @param logLikelihood - its part of the log partial likelihood
 * @param score - its part of the first derivatives, one per covariate
 * @param information - its part of minus the second derivatives, lower triangle row by row
 */
export type VisitMoment = (
	time: number,
	events: number,
	logLikelihood: number,
	score: Float64Array,
	information: Float64Array,
) => void;

/**
 * Walks all moments with events from late to early, keeping sums of exp(x'b), x exp(x'b) and xx' exp(x'b) over those
 * at risk: rows join as time passes their end backwards, and leave as it passes their beginning.
 *
 * @param prepared - rows sorted by `prepareCoxRows`
 * @param beta - coefficients of the standardised covariates
 * @param ties - how events at the same time are treated
 * @param visit - called once per moment
 * @example
 * const prepared = { rows: 2, covariates: 0, events: 1, x: [], time: [2, 1], entry: [0, 0], event: [0, 1], strata: [0, 2] }
 * let total = 0
 * coxSweep(prepared, [], 'efron', (time, events, logLikelihood) => { total += logLikelihood }) ?? total // => -0.69314718...
 */
export function coxSweep(
	prepared: PreparedRows,
	beta: ArrayLike<number>,
	ties: Ties,
	visit: VisitMoment,
): void {
	const { covariates: p, x, time, entry, event, strata, byEntry } = prepared;
	const packed = (p * (p + 1)) / 2;
	const { eta, risk } = linearPredictors(prepared, beta);
	const s1 = new Float64Array(p);
	const s2 = new Float64Array(packed);
	const d1 = new Float64Array(p);
	const d2 = new Float64Array(packed);
	const dx = new Float64Array(p);
	const mean = new Float64Array(p);
	const score = new Float64Array(p);
	const information = new Float64Array(packed);

	/** Adds (sign 1) or removes (sign −1) one row from sums over rows. */
	function add(row: number, sign: number, first: Float64Array, second: Float64Array): number {
		const weight = sign * (risk[row] ?? 0);
		const at = row * p;
		let k = 0;
		for (let i = 0; i < p; i++) {
			const weighted = weight * (x[at + i] ?? 0);
			first[i] = (first[i] ?? 0) + weighted;
			for (let j = 0; j <= i; j++) {
				second[k] = (second[k] ?? 0) + weighted * (x[at + j] ?? 0);
				k++;
			}
		}
		return weight;
	}

	for (let s = 0; s + 1 < strata.length; s++) {
		const end = strata[s + 1] ?? 0;
		let row = strata[s] ?? 0;
		let gone = row;
		let s0 = 0;
		let present = 0;
		s1.fill(0);
		s2.fill(0);
		while (row < end) {
			const now = time[row] ?? 0;
			// Those who begin at this moment or later are not at risk now. They are taken out before others join, so that
			// an empty risk set can be set to zero exactly and rounding does not pile up.
			if (byEntry !== undefined) {
				for (; gone < end && (entry[byEntry[gone] ?? 0] ?? 0) >= now; gone++) {
					s0 += add(byEntry[gone] ?? 0, -1, s1, s2);
					present--;
				}
				if (present === 0) {
					s0 = 0;
					s1.fill(0);
					s2.fill(0);
				}
			}
			let events = 0;
			let d0 = 0;
			let etaSum = 0;
			for (; row < end && time[row] === now; row++) {
				s0 += add(row, 1, s1, s2);
				present++;
				if (event[row] !== 1) continue;
				if (events === 0) {
					d1.fill(0);
					d2.fill(0);
					dx.fill(0);
				}
				events++;
				etaSum += eta[row] ?? 0;
				if (ties === 'efron') d0 += add(row, 1, d1, d2);
				for (let j = 0; j < p; j++) dx[j] = (dx[j] ?? 0) + (x[row * p + j] ?? 0);
			}
			if (events === 0) continue;
			let logLikelihood = etaSum;
			score.set(dx);
			information.fill(0);
			// With Breslow's ties every event meets the whole risk set, so one term counts for all of them.
			const terms = ties === 'efron' ? events : 1;
			const times = ties === 'efron' ? 1 : events;
			for (let term = 0; term < terms; term++) {
				const part = term / events;
				const total = s0 - part * d0;
				logLikelihood -= times * Math.log(total);
				for (let i = 0; i < p; i++) {
					const centre = ((s1[i] ?? 0) - part * (d1[i] ?? 0)) / total;
					mean[i] = centre;
					score[i] = (score[i] ?? 0) - times * centre;
				}
				let k = 0;
				for (let i = 0; i < p; i++) {
					const centre = mean[i] ?? 0;
					for (let j = 0; j <= i; j++) {
						const second = ((s2[k] ?? 0) - part * (d2[k] ?? 0)) / total;
						information[k] = (information[k] ?? 0) + times * (second - centre * (mean[j] ?? 0));
						k++;
					}
				}
			}
			visit(now, events, logLikelihood, score, information);
		}
	}
}

/**
 * The packed lower triangle as a full symmetric matrix.
 *
 * @example
 * unpacked([1, 2, 3], 2) // => [[1, 2], [2, 3]]
 */
export function unpacked(triangle: ArrayLike<number>, size: number): number[][] {
	return Array.from({ length: size }, (_, i) =>
		Array.from({ length: size }, (__, j) => {
			const [row, column] = i >= j ? [i, j] : [j, i];
			return triangle[(row * (row + 1)) / 2 + column] ?? 0;
		}),
	);
}

/** x'b per row, and its exponential measured from the largest so that it cannot overflow. */
function linearPredictors(
	{ rows, covariates, x }: PreparedRows,
	beta: ArrayLike<number>,
): { eta: Float64Array; risk: Float64Array } {
	const eta = new Float64Array(rows);
	let highest = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < rows; i++) {
		let sum = 0;
		for (let j = 0; j < covariates; j++) sum += (x[i * covariates + j] ?? 0) * (beta[j] ?? 0);
		eta[i] = sum;
		if (sum > highest) highest = sum;
	}
	for (let i = 0; i < rows; i++) eta[i] = (eta[i] ?? 0) - highest;
	return { eta, risk: eta.map(Math.exp) };
}
