import { type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { choleskyInverse, choleskySolve } from '../numerics/cholesky.ts';
import { logistic } from '../numerics/special-functions.ts';

/** Respondents with the same driver values, counted: how many there are and how many said yes. */
export type AnswerPattern = { readonly drivers: readonly number[]; readonly n: number; readonly yes: number };

/** A fitted logistic model; coefficients are log odds per unit, the intercept first. */
export type LogisticFit = {
	readonly kind: 'logistic-fit';
	readonly coefficients: number[];
	readonly standardErrors: number[];
	readonly covariance: number[][];
	readonly logLikelihood: number;
	readonly nullLogLikelihood: number;
	/** 1 − log-likelihood / log-likelihood of the empty model, 0…1. */
	readonly mcFadden: number;
	/** Mean fitted chance of those who said yes minus that of those who said no, 0…1. */
	readonly tjur: number;
	readonly n: number;
	readonly iterations: number;
};

/**
 * How do drivers shift the chance of a yes? Maximum likelihood for grouped yes/no answers by Newton's method.
 *
 * Where some combination of drivers separates yes from no, no maximum exists; coefficients and measures of fit would be
 * artefacts of when the search stopped. That is found by a certificate, a direction along which the likelihood never
 * falls, and answered as not-converged.
 *
 * Assumes answers are independent given the drivers and the log odds are linear in them.
 * Source: McCullagh and Nelder, Generalized Linear Models, 1989; Albert and Anderson, Biometrika 71(1), 1984
 * (separation); Tjur, The American Statistician 63(4), 2009.
 *
 * @param patterns - distinct driver values with counts, 0 ≤ yes ≤ n; single respondents are patterns with n = 1
 * @param options - `start`: coefficients to begin at, intercept first
 * @returns too-few when there are fewer than 10 respondents per driver
 * @throws RangeError when patterns differ in length or counts are impossible
 * @example
 * const fit = logisticRegression([{ drivers: [0], n: 40, yes: 10 }, { drivers: [1], n: 40, yes: 20 }])
 * fit.coefficients // => [-1.0986..., 1.0986...]
 */
export function logisticRegression(
	patterns: readonly AnswerPattern[],
	options: { readonly start?: readonly number[] } = {},
): LogisticFit | TooFew | NotConverged {
	const drivers = patterns[0]?.drivers.length ?? 0;
	const { n, yes } = countAnswers(patterns, drivers);
	if (n < 10 * Math.max(1, drivers)) return tooFew(n, 10 * Math.max(1, drivers));
	if (yes === 0 || yes === n)
		return notConverged(`all ${n} answers are the same: there is nothing to explain`);
	const nullLogLikelihood = yes * Math.log(yes / n) + (n - yes) * Math.log(1 - yes / n);
	const scale = standardisation(patterns, drivers, n);
	if (typeof scale === 'number') return notConverged(`driver ${scale} does not vary: leave it out`);
	const design = patterns.map(p => [
		1,
		...p.drivers.map((x, j) => (x - (scale.mean[j] ?? 0)) / (scale.spread[j] ?? 1)),
	]);
	let beta = startingPoint(options.start, scale, drivers, yes / n);
	let current = evaluate(design, patterns, beta);
	for (let iteration = 1; iteration <= 60; iteration++) {
		const step = choleskySolve(current.information, current.score);
		if (step === undefined)
			return notConverged('a driver is an exact combination of others, or the fit is separated');
		if (separates(design, patterns, step)) {
			return notConverged(
				'separation: a combination of drivers tells yes from no without error, so no finite coefficients fit best',
			);
		}
		let length = 1;
		let next = current;
		let moved = beta;
		for (let halving = 0; halving < 30; halving++) {
			moved = beta.map((b, j) => b + length * (step[j] ?? 0));
			next = evaluate(design, patterns, moved);
			if (next.logLikelihood >= current.logLikelihood - 1e-12 * Math.abs(current.logLikelihood)) break;
			length /= 2;
		}
		const decrement = step.reduce((sum, s, j) => sum + s * (current.score[j] ?? 0), 0);
		beta = moved;
		current = next;
		if (decrement < 1e-14 * n) {
			if (Math.abs(current.logLikelihood) < 1e-6 * n)
				return notConverged('separation: the fit reproduces every answer');
			return finished(patterns, beta, current, scale, nullLogLikelihood, n, iteration);
		}
	}
	return notConverged(
		'the likelihood had not settled after 60 steps: look for a driver that almost separates yes from no',
	);
}

type Scale = { readonly mean: number[]; readonly spread: number[] };
type Evaluation = { logLikelihood: number; score: number[]; information: number[][]; fitted: number[] };

function countAnswers(patterns: readonly AnswerPattern[], drivers: number): { n: number; yes: number } {
	let n = 0;
	let yes = 0;
	for (const [i, pattern] of patterns.entries()) {
		if (pattern.drivers.length !== drivers) {
			throw new RangeError(`pattern ${i} must have ${drivers} drivers, got ${pattern.drivers.length}`);
		}
		if (!(pattern.yes >= 0 && pattern.yes <= pattern.n)) {
			throw new RangeError(`yes must be between 0 and n = ${pattern.n}, got ${pattern.yes}`);
		}
		const bad = pattern.drivers.find(x => !Number.isFinite(x));
		if (bad !== undefined) throw new RangeError(`drivers must be finite numbers, got ${bad} in pattern ${i}`);
		n += pattern.n;
		yes += pattern.yes;
	}
	return { n, yes };
}

/** Means and spreads of the drivers, or the index of a driver that does not vary. */
function standardisation(patterns: readonly AnswerPattern[], drivers: number, n: number): Scale | number {
	const mean = new Array<number>(drivers).fill(0);
	const spread = new Array<number>(drivers).fill(0);
	for (let j = 0; j < drivers; j++) {
		const average = patterns.reduce((sum, p) => sum + p.n * (p.drivers[j] ?? 0), 0) / n;
		const variance = patterns.reduce((sum, p) => sum + p.n * ((p.drivers[j] ?? 0) - average) ** 2, 0) / n;
		if (!(variance > 1e-20 * average * average)) return j;
		mean[j] = average;
		spread[j] = Math.sqrt(variance);
	}
	return { mean, spread };
}

function startingPoint(
	start: readonly number[] | undefined,
	scale: Scale,
	drivers: number,
	rate: number,
): number[] {
	if (start === undefined) return [Math.log(rate / (1 - rate)), ...new Array<number>(drivers).fill(0)];
	if (start.length !== drivers + 1)
		throw new RangeError(`start must have ${drivers + 1} values, got ${start.length}`);
	const slopes = start.slice(1);
	const intercept = slopes.reduce((sum, b, j) => sum + b * (scale.mean[j] ?? 0), start[0] ?? 0);
	return [intercept, ...slopes.map((b, j) => b * (scale.spread[j] ?? 1))];
}

function evaluate(
	design: readonly number[][],
	patterns: readonly AnswerPattern[],
	beta: readonly number[],
): Evaluation {
	const size = beta.length;
	const score = new Array<number>(size).fill(0);
	const information = Array.from({ length: size }, () => new Array<number>(size).fill(0));
	const fitted: number[] = [];
	let logLikelihood = 0;
	for (const [i, row] of design.entries()) {
		const { n, yes } = patterns[i] ?? { n: 0, yes: 0 };
		let eta = 0;
		for (let j = 0; j < size; j++) eta += (row[j] ?? 0) * (beta[j] ?? 0);
		const chance = logistic(eta);
		fitted.push(chance);
		// ln p = −ln(1 + e^−eta), ln(1 − p) = −ln(1 + e^eta), both without overflow.
		const tail = Math.log1p(Math.exp(-Math.abs(eta)));
		logLikelihood -= yes * (tail + Math.max(0, -eta)) + (n - yes) * (tail + Math.max(0, eta));
		const residual = yes - n * chance;
		const weight = n * chance * (1 - chance);
		for (let j = 0; j < size; j++) {
			const x = row[j] ?? 0;
			score[j] = (score[j] ?? 0) + residual * x;
			const target = information[j] ?? [];
			for (let k = 0; k <= j; k++) target[k] = (target[k] ?? 0) + weight * x * (row[k] ?? 0);
		}
	}
	for (let j = 0; j < size; j++) {
		for (let k = 0; k < j; k++) (information[k] ?? [])[j] = information[j]?.[k] ?? 0;
	}
	return { logLikelihood, score, information, fitted };
}

/** Whether moving along `step` never lowers the fit of any answer and strictly raises that of some. */
function separates(
	design: readonly number[][],
	patterns: readonly AnswerPattern[],
	step: readonly number[],
): boolean {
	const moves = design.map(row => row.reduce((sum, x, j) => sum + x * (step[j] ?? 0), 0));
	const largest = moves.reduce((most, move) => Math.max(most, Math.abs(move)), 0);
	// A step this short is the search settling, not running away.
	if (largest < 0.05) return false;
	const tolerance = 1e-7 * largest;
	return patterns.every(({ n, yes }, i) => {
		const move = moves[i] ?? 0;
		return (yes === 0 || move >= -tolerance) && (yes === n || move <= tolerance);
	});
}

function finished(
	patterns: readonly AnswerPattern[],
	beta: readonly number[],
	{ logLikelihood, information, fitted }: Evaluation,
	scale: Scale,
	nullLogLikelihood: number,
	n: number,
	iterations: number,
): LogisticFit | NotConverged {
	const inverse = choleskyInverse(information);
	if (inverse === undefined) return notConverged('the information matrix is singular at the best fit');
	const size = beta.length;
	// Back to the units given: slope_j / spread_j, intercept − Σ slope_j mean_j / spread_j, as one linear map.
	const back = Array.from({ length: size }, (_, i) =>
		Array.from({ length: size }, (__, j) => {
			if (i === 0) return j === 0 ? 1 : -(scale.mean[j - 1] ?? 0) / (scale.spread[j - 1] ?? 1);
			return i === j ? 1 / (scale.spread[j - 1] ?? 1) : 0;
		}),
	);
	const covariance = back.map(left =>
		back.map(right =>
			left.reduce(
				(sum, l, a) => sum + l * right.reduce((inner, r, b) => inner + r * (inverse[a]?.[b] ?? 0), 0),
				0,
			),
		),
	);
	const yes = patterns.reduce((sum, p) => sum + p.yes, 0);
	const ofYes = patterns.reduce((sum, p, i) => sum + p.yes * (fitted[i] ?? 0), 0) / yes;
	const ofNo = patterns.reduce((sum, p, i) => sum + (p.n - p.yes) * (fitted[i] ?? 0), 0) / (n - yes);
	return {
		kind: 'logistic-fit',
		coefficients: back.map(row => row.reduce((sum, v, j) => sum + v * (beta[j] ?? 0), 0)),
		standardErrors: covariance.map((row, j) => Math.sqrt(row[j] ?? 0)),
		covariance,
		logLikelihood,
		nullLogLikelihood,
		mcFadden: 1 - logLikelihood / nullLogLikelihood,
		tjur: ofYes - ofNo,
		n,
		iterations,
	};
}
