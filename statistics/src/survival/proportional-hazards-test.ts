import { type NotConverged, notConverged } from '../figure.ts';
import { choleskyInverse } from '../numerics/cholesky.ts';
import { chiSquareUpper } from '../numerics/special-functions.ts';
import type { ChiSquareTest, CoxFit } from './cox.ts';
import { type CoxRows, prepareCoxRows } from './cox-rows.ts';
import { coxSweep, unpacked } from './cox-sweep.ts';
import { riskMoments } from './follow-up.ts';

/** Along which clock an effect may drift: share that has left (default), plain time, or its logarithm. */
export type TimeTransform = 'km' | 'identity' | 'log';

/** Answer of {@link proportionalHazardsTest}. */
export type ProportionalHazardsTest = {
	readonly kind: 'proportional-hazards-test';
	/** One test per covariate: does its effect drift with time? */
	readonly perCovariate: ChiSquareTest[];
	/** All covariates together. */
	readonly global: ChiSquareTest;
	readonly transform: TimeTransform;
	readonly events: number;
};

/**
 * Does the effect of a covariate stay the same over time, as a Cox model assumes?
 *
 * Score test for an added term covariate × g(time): the weighted sum of Schoenfeld residuals over its exact variance
 * (the form R's cox.zph has used since survival 3.0), not the older approximation.
 *
 * Source: Grambsch and Therneau, Biometrika 81(3), 1994; Therneau, survival package notes, 2020.
 *
 * @param rows - the rows the model was fitted to
 * @param fit - the fitted model
 * @param transform - 'km' unless given
 * @returns not-converged when there are too few distinct moments to tell a drift
 * @example
 * const fit = { kind: 'cox-fit', coefficients: [{ coefficient: 0 }], ties: 'efron' }
 * const rows = { time: [1, 2, 3, 4, 5, 6], event: [1, 1, 1, 1, 1, 1], covariates: [[1, 0, 1, 1, 0, 0]] }
 * proportionalHazardsTest(rows, fit, 'identity').global.degreesOfFreedom // => 1
 */
export function proportionalHazardsTest(
	rows: CoxRows,
	fit: CoxFit,
	transform: TimeTransform = 'km',
): ProportionalHazardsTest | NotConverged {
	const prepared = prepareCoxRows(rows);
	const { covariates: p, spread, events } = prepared;
	if (fit.coefficients.length !== p)
		throw new RangeError(`fit must have ${p} coefficients, got ${fit.coefficients.length}`);
	const clock = clockOf(rows, transform);
	const beta = fit.coefficients.map((c, j) => c.coefficient * (spread[j] ?? 1));
	const drift = new Array<number>(p).fill(0);
	const packed = (p * (p + 1)) / 2;
	const [plain, mixed, squared] = [
		new Float64Array(packed),
		new Float64Array(packed),
		new Float64Array(packed),
	];
	coxSweep(prepared, beta, fit.ties, (time, _, __, score, information) => {
		const g = clock(time);
		for (let j = 0; j < p; j++) drift[j] = (drift[j] ?? 0) + g * (score[j] ?? 0);
		for (let k = 0; k < packed; k++) {
			const v = information[k] ?? 0;
			plain[k] = (plain[k] ?? 0) + v;
			mixed[k] = (mixed[k] ?? 0) + g * v;
			squared[k] = (squared[k] ?? 0) + g * g * v;
		}
	});
	const inverse = choleskyInverse(unpacked(plain, p));
	if (inverse === undefined) return notConverged('the information matrix of the model is singular');
	const across = unpacked(mixed, p);
	const times = (a: readonly number[][], b: readonly number[][]): number[][] =>
		a.map(row => (b[0] ?? []).map((_, j) => row.reduce((sum, v, k) => sum + v * (b[k]?.[j] ?? 0), 0)));
	const explained = times(times(across, inverse), across);
	const variance = unpacked(squared, p).map((row, i) => row.map((v, j) => v - (explained[i]?.[j] ?? 0)));
	const joint = choleskyInverse(variance);
	if (joint === undefined) return notConverged('the events fall on too few distinct moments to tell a drift');
	const statistic = drift.reduce(
		(sum, u, i) => sum + u * (joint[i] ?? []).reduce((inner, v, j) => inner + v * (drift[j] ?? 0), 0),
		0,
	);
	return {
		kind: 'proportional-hazards-test',
		perCovariate: drift.map((u, j) => test((u * u) / (variance[j]?.[j] ?? 1), 1)),
		global: test(statistic, p),
		transform,
		events,
	};
}

/** g(time) centred over the events, which changes nothing in theory and saves digits in practice. */
function clockOf(rows: CoxRows, transform: TimeTransform): (time: number) => number {
	const people = Array.from({ length: rows.time.length }, (_, i) => ({
		time: rows.time[i] ?? Number.NaN,
		event: rows.event[i] === 1,
		entry: rows.entry?.[i] ?? 0,
	}));
	const values = new Map<number, number>();
	let share = 1;
	let [sum, count] = [0, 0];
	for (const { time, atRisk, events } of riskMoments(people)) {
		// The share that has left just before the moment, as R has it.
		const value = transform === 'km' ? 1 - share : transform === 'log' ? Math.log(time) : time;
		values.set(time, value);
		share *= 1 - events / atRisk;
		sum += value * events;
		count += events;
	}
	const centre = count === 0 ? 0 : sum / count;
	return time => (values.get(time) ?? centre) - centre;
}

function test(chiSquare: number, degreesOfFreedom: number): ChiSquareTest {
	return { chiSquare, degreesOfFreedom, p: chiSquareUpper(chiSquare, degreesOfFreedom) };
}
