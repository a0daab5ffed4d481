import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { choleskyInverse, choleskySolve } from '../numerics/cholesky.ts';
import { chiSquareUpper, criticalValue, normalTwoSided } from '../numerics/special-functions.ts';
import { type CoxRows, type PreparedRows, prepareCoxRows } from './cox-rows.ts';
import { coxSweep, type Ties, unpacked } from './cox-sweep.ts';

/** Effect of one covariate on the hazard. */
export type CoxCoefficient = {
	/** Log hazard ratio per unit of the covariate. */
	readonly coefficient: number;
	readonly standardError: number;
	/** How many times the hazard becomes per unit of the covariate. */
	readonly hazardRatio: Estimate;
	/** Wald's two-sided p. */
	readonly p: number;
};

/** A chi-square statistic with its degrees of freedom and p. */
export type ChiSquareTest = {
	readonly chiSquare: number;
	readonly degreesOfFreedom: number;
	readonly p: number;
};

/** A fitted proportional hazards model. */
export type CoxFit = {
	readonly kind: 'cox-fit';
	readonly coefficients: CoxCoefficient[];
	readonly covariance: number[][];
	/** Log partial likelihood without covariates and at the fit. */
	readonly nullLogLikelihood: number;
	readonly logLikelihood: number;
	/** Do the covariates matter together? */
	readonly likelihoodRatio: ChiSquareTest;
	readonly scoreTest: ChiSquareTest;
	readonly wald: ChiSquareTest;
	readonly ties: Ties;
	readonly n: number;
	readonly events: number;
	readonly iterations: number;
};

/**
 * Which circumstances make people leave sooner or later?
 *
 * Newton's method with step halving on the partial likelihood of standardised covariates.
 *
 * Assumes
 * 1. a covariate multiplies the hazard by the same factor at all times: test with `proportionalHazardsTest`;
 * 2. censoring and late entry say nothing about the hazard given the covariates;
 * 3. covariates that change are given as start–stop rows, and never look into the future.
 *
 * Source: Cox, JRSS B 34(2), 1972; Efron, JASA 72, 1977; Therneau and Grambsch, Modeling Survival Data, 2000.
 *
 * @param rows - columns of times, events and covariates
 * @param options - `ties`: 'efron' (default) or 'breslow'; `level` (0.95)
 * @returns too-few below 5 events per covariate; not-converged when a covariate does not vary, is a combination of
 * others, or predicts perfectly who leaves first (its coefficient would be infinite)
 * @throws RangeError when rows cannot be
 * @example
 * const fit = cox({ time: [1, 2, 3, 4, 5, 6], event: [1, 1, 1, 1, 1, 1], covariates: [[1, 0, 1, 1, 0, 0]] })
 * fit.coefficients[0].coefficient // => 1.39449...
 */
export function cox(
	rows: CoxRows,
	options: { readonly ties?: Ties; readonly level?: number } = {},
): CoxFit | TooFew | NotConverged {
	const { ties = 'efron', level = 0.95 } = options;
	const prepared = prepareCoxRows(rows);
	const { covariates: p, events, spread } = prepared;
	if (p === 0) throw new RangeError('covariates must hold at least one column, got 0');
	if (events < 5 * p) return tooFew(events, 5 * p);
	const still = spread.indexOf(0);
	if (still >= 0) return notConverged(`covariate ${still} does not vary: leave it out`);
	const found = maximise(prepared, ties);
	if ('reason' in found) return found;
	const { beta, at, start, scoreStatistic, iterations } = found;
	const inverse = choleskyInverse(at.information);
	if (inverse === undefined) return notConverged('the information matrix is singular at the best fit');
	const covariance = inverse.map((row, i) => row.map((v, j) => v / ((spread[i] ?? 1) * (spread[j] ?? 1))));
	const z = criticalValue(level);
	const waldStatistic = at.information.reduce(
		(sum, row, i) => sum + (beta[i] ?? 0) * row.reduce((inner, v, j) => inner + v * (beta[j] ?? 0), 0),
		0,
	);
	return {
		kind: 'cox-fit',
		coefficients: beta.map((standardised, j) => {
			const coefficient = standardised / (spread[j] ?? 1);
			const standardError = Math.sqrt(covariance[j]?.[j] ?? 0);
			return {
				coefficient,
				standardError,
				hazardRatio: estimate({
					value: Math.exp(coefficient),
					low: Math.exp(coefficient - z * standardError),
					high: Math.exp(coefficient + z * standardError),
					n: prepared.rows,
					method: `Cox partial likelihood, ${ties === 'efron' ? 'Efron' : 'Breslow'} ties`,
					level,
				}),
				p: normalTwoSided(coefficient / standardError),
			};
		}),
		covariance,
		nullLogLikelihood: start.logLikelihood,
		logLikelihood: at.logLikelihood,
		likelihoodRatio: test(2 * (at.logLikelihood - start.logLikelihood), p),
		scoreTest: test(scoreStatistic, p),
		wald: test(waldStatistic, p),
		ties,
		n: prepared.rows,
		events,
		iterations,
	};
}

type Evaluation = { logLikelihood: number; score: number[]; information: number[][] };

type Maximum = {
	beta: number[];
	at: Evaluation;
	start: Evaluation;
	scoreStatistic: number;
	iterations: number;
};

function maximise(prepared: PreparedRows, ties: Ties): Maximum | NotConverged {
	let beta = new Array<number>(prepared.covariates).fill(0);
	const start = evaluate(prepared, beta, ties);
	let current = start;
	let scoreStatistic = 0;
	for (let iteration = 1; iteration <= 50; iteration++) {
		const step = choleskySolve(current.information, current.score);
		if (step === undefined)
			return notConverged(
				'a covariate is an exact combination of others, or never varies among those at risk',
			);
		const decrement = step.reduce((sum, s, j) => sum + s * (current.score[j] ?? 0), 0);
		if (iteration === 1) scoreStatistic = decrement;
		let length = 1;
		let moved = beta;
		let next = current;
		for (let halving = 0; halving < 30; halving++) {
			moved = beta.map((b, j) => b + length * (step[j] ?? 0));
			next = evaluate(prepared, moved, ties);
			if (next.logLikelihood >= current.logLikelihood - 1e-12 * Math.abs(current.logLikelihood)) break;
			length /= 2;
		}
		beta = moved;
		current = next;
		if (decrement < 1e-10) {
			// The likelihood is flat although the coefficient still moves by a good part of a standard deviation.
			const running = step.findIndex(s => Math.abs(s) > 0.05);
			if (running >= 0)
				return notConverged(
					`covariate ${running} predicts perfectly who leaves first: its coefficient runs to infinity`,
				);
			return { beta, at: current, start, scoreStatistic, iterations: iteration };
		}
	}
	return notConverged('the partial likelihood had not settled after 50 steps');
}

function evaluate(prepared: PreparedRows, beta: readonly number[], ties: Ties): Evaluation {
	const p = prepared.covariates;
	const score = new Array<number>(p).fill(0);
	const triangle = new Float64Array((p * (p + 1)) / 2);
	let total = 0;
	coxSweep(prepared, beta, ties, (_, __, logLikelihood, part, information) => {
		total += logLikelihood;
		for (let j = 0; j < p; j++) score[j] = (score[j] ?? 0) + (part[j] ?? 0);
		for (let k = 0; k < triangle.length; k++) triangle[k] = (triangle[k] ?? 0) + (information[k] ?? 0);
	});
	return { logLikelihood: total, score, information: unpacked(triangle, p) };
}

function test(chiSquare: number, degreesOfFreedom: number): ChiSquareTest {
	return { chiSquare, degreesOfFreedom, p: chiSquareUpper(chiSquare, degreesOfFreedom) };
}
