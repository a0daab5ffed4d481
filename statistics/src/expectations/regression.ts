import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { leastSquares } from '../numerics/least-squares.ts';
import { tQuantile, tTwoSided } from '../numerics/special-functions.ts';

/** A regression coefficient with its interval and p-value. */
export type Coefficient = Estimate & { readonly standardError: number; readonly p: number };

/** An ordinary least-squares fit whose intervals do not ask the noise to be equally large everywhere. */
export type Regression<Name extends string> = {
	readonly kind: 'regression';
	readonly coefficients: Readonly<Record<Name, Coefficient>>;
	/** Covariance of the coefficients, in the order of `names`. */
	readonly covariance: readonly (readonly number[])[];
	readonly names: readonly Name[];
	/** Share of the outcome's variance that is explained, 0…1. */
	readonly rSquared: number;
	readonly residualSumOfSquares: number;
	readonly degreesOfFreedom: number;
	readonly n: number;
};

/**
 * How does an outcome go with several others at once?
 *
 * Least squares with HC3 standard errors: answers on a bounded scale are noisier in its middle than at its ends, so the
 * usual ones would be wrong.
 *
 * Source: MacKinnon & White, Journal of Econometrics 29, 1985; Long & Ervin, American Statistician 54, 2000.
 *
 * @param columns Predictors by name, equally long; an intercept is a column of ones like any other.
 * @param outcome As long as the columns.
 * @returns `too-few` below ten rows per column; `not-converged` when columns repeat each other.
 *
 * @example
 * const x = Array.from({ length: 20 }, (_, i) => i)
 * regress({ one: x.map(() => 1), x }, x.map(value => 3 + 2 * value + (value % 2))).coefficients.x.value // => 2.00751...
 */
export function regress<Name extends string>(
	columns: Readonly<Record<Name, readonly number[]>>,
	outcome: readonly number[],
	level = 0.95,
): Regression<Name> | TooFew | NotConverged {
	const names = keysOf(columns);
	const n = outcome.length;
	for (const name of names) {
		if (columns[name].length !== n)
			throw new RangeError(`${name} must have ${n} values, got ${columns[name].length}`);
	}
	if (n < 10 * names.length) return tooFew(n, 10 * names.length);
	const design = outcome.map((_, i) => names.map(name => columns[name][i] ?? Number.NaN));
	const fit = leastSquares(design, outcome);
	if (!fit) return notConverged(`${names.join(', ')} repeat each other; leave one out`);
	const covariance = robustCovariance(design, fit.residuals, fit.unscaledCovariance);
	const mean = outcome.reduce((sum, value) => sum + value, 0) / n;
	const total = outcome.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return {
		kind: 'regression',
		coefficients: byName(names, j =>
			coefficientOf(fit.coefficients[j] ?? 0, covariance[j]?.[j] ?? 0, n, fit.degreesOfFreedom, level),
		),
		covariance,
		names,
		rSquared: total === 0 ? 0 : 1 - fit.residualSumOfSquares / total,
		residualSumOfSquares: fit.residualSumOfSquares,
		degreesOfFreedom: fit.degreesOfFreedom,
		n,
	};
}

/**
 * A sum of coefficients with weights: a slope along a line, a difference of two effects.
 *
 * @param weights By coefficient; those left out count 0.
 *
 * @example
 * const x = Array.from({ length: 20 }, (_, i) => i)
 * const fit = regress({ one: x.map(() => 1), x }, x.map(value => 3 + 2 * value + (value % 2)))
 * combine(fit, { x: 2 }).value // => 4.01503...
 */
export function combine<Name extends string>(
	{ coefficients, covariance, names, n, degreesOfFreedom }: Regression<Name>,
	weights: Partial<Readonly<Record<Name, number>>>,
	level = 0.95,
): Coefficient {
	const weightOf = (name: Name): number => weights[name] ?? 0;
	const value = names.reduce((sum, name) => sum + weightOf(name) * coefficients[name].value, 0);
	const variance = names.reduce(
		(sum, row, i) =>
			sum +
			names.reduce(
				(inner, column, j) => inner + weightOf(row) * weightOf(column) * (covariance[i]?.[j] ?? 0),
				0,
			),
		0,
	);
	return coefficientOf(value, variance, n, degreesOfFreedom, level);
}

function coefficientOf(
	value: number,
	variance: number,
	n: number,
	degrees: number,
	level: number,
): Coefficient {
	const standardError = Math.sqrt(Math.max(0, variance));
	const half = tQuantile(0.5 + level / 2, degrees) * standardError;
	return estimate({
		value,
		low: value - half,
		high: value + half,
		n,
		method: 'least squares, HC3',
		level,
		standardError,
		p: standardError === 0 ? (value === 0 ? 1 : 0) : tTwoSided(value / standardError, degrees),
	});
}

/** (X'X)⁻¹ (Σ x x' e² / (1 − h)²) (X'X)⁻¹ with leverages h. */
function robustCovariance(
	design: readonly (readonly number[])[],
	residuals: readonly number[],
	inverse: readonly (readonly number[])[],
): number[][] {
	const size = inverse.length;
	const covariance = Array.from({ length: size }, () => new Array<number>(size).fill(0));
	for (const [i, row] of design.entries()) {
		const influence = inverse.map(line => line.reduce((sum, value, j) => sum + value * (row[j] ?? 0), 0));
		const leverage = influence.reduce((sum, value, j) => sum + value * (row[j] ?? 0), 0);
		// A row that alone decides a coefficient has leverage 1 and residual 0.
		const weight = ((residuals[i] ?? 0) / Math.max(1e-8, 1 - leverage)) ** 2;
		for (const [r, line] of covariance.entries()) {
			for (let c = 0; c < size; c += 1) {
				line[c] = (line[c] ?? 0) + weight * (influence[r] ?? 0) * (influence[c] ?? 0);
			}
		}
	}
	return covariance;
}

function keysOf<Name extends string>(columns: Readonly<Record<Name, unknown>>): Name[] {
	const names: Name[] = [];
	for (const name in columns) names.push(name);
	return names;
}

function byName<Name extends string>(
	names: readonly Name[],
	of: (position: number) => Coefficient,
): Record<Name, Coefficient> {
	const entries = names.map((name, position): [Name, Coefficient] => [name, of(position)]);
	// The entries are exactly the names.
	return Object.fromEntries(entries) as Record<Name, Coefficient>;
}
