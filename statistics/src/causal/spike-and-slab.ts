import { choleskyFactor } from '../numerics/cholesky.ts';
import type { Random } from '../numerics/random.ts';

/** What is believed about regression coefficients and noise before the data. */
export type SpikeSlabPrior = {
	/** Controls expected to matter; all are kept in when there are no more than that. */
	readonly expectedModelSize: number;
	/** Share of the variance the regression is expected to explain, 0…1 exclusive. */
	readonly expectedR2: number;
	/** Observations' worth of the guess about the noise. */
	readonly degreesOfFreedom: number;
	/** Observations' worth of the guess that coefficients are 0. */
	readonly informationWeight: number;
};

/** One draw of the regression part. */
export type RegressionDraw = { readonly coefficients: Float64Array; readonly noiseVariance: number };

/**
 * Draws which controls belong in the model, their coefficients and the noise, given what the level leaves over.
 *
 * Each control is switched on or off in turn by its marginal likelihood (coefficients and noise integrated out); then
 * noise and coefficients are drawn from their conjugate posterior. Columns are expected to be standardised.
 *
 * Source: George & McCulloch, Statistica Sinica 7, 1997; priors as in Scott & Varian, "Predicting the present with
 * Bayesian structural time series", 2014.
 *
 * @example
 * new SpikeSlabRegression([[1, -1, 1, -1]], { expectedModelSize: 1, expectedR2: 0.8, degreesOfFreedom: 50, informationWeight: 0.01 }, 1).size // => 1
 */
export class SpikeSlabRegression {
	/** Number of controls. */
	readonly size: number;
	readonly #columns: readonly (readonly number[])[];
	readonly #products: number[][];
	readonly #precision: number[][];
	readonly #priorSquares: number;
	readonly #priorDegrees: number;
	readonly #logOdds: number;
	readonly #isIn: boolean[];

	/** @param varianceOfOutcome Sample variance of the outcome, from which the guess about the noise is made. */
	constructor(columns: readonly (readonly number[])[], prior: SpikeSlabPrior, varianceOfOutcome: number) {
		this.#columns = columns;
		this.size = columns.length;
		const n = columns[0]?.length ?? 1;
		this.#products = columns.map(a => columns.map(b => a.reduce((sum, x, t) => sum + x * (b[t] ?? 0), 0)));
		// Half the information on the diagonal keeps the prior proper when controls are collinear.
		this.#precision = this.#products.map((row, i) =>
			row.map((value, j) => ((prior.informationWeight / n) * value) / (i === j ? 1 : 2)),
		);
		this.#priorDegrees = prior.degreesOfFreedom;
		this.#priorSquares = prior.degreesOfFreedom * (1 - prior.expectedR2) * varianceOfOutcome;
		const chance = prior.expectedModelSize / Math.max(1, this.size);
		this.#logOdds = chance >= 1 ? Number.POSITIVE_INFINITY : Math.log(chance / (1 - chance));
		this.#isIn = columns.map(() => chance >= 1);
	}

	/** One step of the sampler, given the outcome without its level. */
	draw(residual: Float64Array, dice: Random): RegressionDraw {
		const shared = this.#columns.map(column => column.reduce((sum, x, t) => sum + x * (residual[t] ?? 0), 0));
		let squares = 0;
		for (const value of residual) squares += value * value;
		if (this.#logOdds < Number.POSITIVE_INFINITY)
			this.#switchControls(shared, squares, residual.length, dice);
		const included = this.#included();
		const posterior = this.#posterior(included, shared, squares);
		const shape = (this.#priorDegrees + residual.length) / 2;
		const noiseVariance = posterior.squares / 2 / dice.gamma(shape);
		const coefficients = new Float64Array(this.size);
		const wobble = solveUpper(
			posterior.lower,
			included.map(() => dice.normal(0, Math.sqrt(noiseVariance))),
		);
		for (const [k, j] of included.entries()) {
			coefficients[j] = (posterior.mean[k] ?? 0) + (wobble[k] ?? 0);
		}
		return { coefficients, noiseVariance };
	}

	#switchControls(shared: readonly number[], squares: number, n: number, dice: Random): void {
		let current = this.#logMarginal(shared, squares, n);
		for (let j = 0; j < this.size; j += 1) {
			const wasIn = this.#isIn[j] === true;
			this.#isIn[j] = !wasIn;
			const proposed = this.#logMarginal(shared, squares, n);
			const logRatio = proposed - current + (wasIn ? -this.#logOdds : this.#logOdds);
			if (Math.log(dice.uniform()) < logRatio - Math.log1p(Math.exp(Math.min(700, logRatio))))
				current = proposed;
			else this.#isIn[j] = wasIn;
		}
	}

	#logMarginal(shared: readonly number[], squares: number, n: number): number {
		const included = this.#included();
		const posterior = this.#posterior(included, shared, squares);
		return posterior.logDeterminantRatio / 2 - ((this.#priorDegrees + n) / 2) * Math.log(posterior.squares);
	}

	#included(): number[] {
		return this.#isIn.flatMap((isIn, j) => (isIn ? [j] : []));
	}

	#posterior(included: readonly number[], shared: readonly number[], squares: number): Posterior {
		if (included.length === 0) {
			return { lower: [], mean: [], squares: this.#priorSquares + squares, logDeterminantRatio: 0 };
		}
		const prior = included.map(i => included.map(j => this.#precision[i]?.[j] ?? 0));
		const precision = included.map((i, r) =>
			included.map((j, c) => (this.#products[i]?.[j] ?? 0) + (prior[r]?.[c] ?? 0)),
		);
		const lower = choleskyFactor(precision);
		const priorLower = choleskyFactor(prior);
		if (!lower || !priorLower)
			throw new RangeError('controls must vary before the start, got a constant one');
		const right = included.map(j => shared[j] ?? 0);
		const mean = solveUpper(lower, solveLower(lower, right));
		const explained = mean.reduce((sum, value, k) => sum + value * (right[k] ?? 0), 0);
		const logDeterminant = (factor: readonly (readonly number[])[]): number =>
			2 * factor.reduce((sum, row, k) => sum + Math.log(row[k] ?? 1), 0);
		return {
			lower,
			mean,
			squares: this.#priorSquares + Math.max(0, squares - explained),
			logDeterminantRatio: logDeterminant(priorLower) - logDeterminant(lower),
		};
	}
}

type Posterior = {
	readonly lower: readonly (readonly number[])[];
	readonly mean: readonly number[];
	readonly squares: number;
	readonly logDeterminantRatio: number;
};

function solveLower(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
	const solution: number[] = [];
	for (const [r, row] of lower.entries()) {
		let value = right[r] ?? 0;
		for (let k = 0; k < r; k += 1) value -= (row[k] ?? 0) * (solution[k] ?? 0);
		solution.push(value / (row[r] ?? 1));
	}
	return solution;
}

/** Solves with the transpose of a lower triangle. */
function solveUpper(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
	const solution = new Array<number>(right.length).fill(0);
	for (let r = right.length - 1; r >= 0; r -= 1) {
		let value = right[r] ?? 0;
		for (let k = r + 1; k < right.length; k += 1) value -= (lower[k]?.[r] ?? 0) * (solution[k] ?? 0);
		solution[r] = value / (lower[r]?.[r] ?? 1);
	}
	return solution;
}
