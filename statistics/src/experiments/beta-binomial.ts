import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { gaussLegendre } from '../numerics/gauss-legendre.ts';
import { bisect, brent } from '../numerics/root-finding.ts';
import { betaCdf, logBeta } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';
import type { EffectScale } from './effect.ts';

/** What is believed about two conversion rates. */
export type ConversionBelief = Estimate & {
	readonly scale: EffectScale;
	/** Probability that the treatment converts better. */
	readonly chanceToWin: number;
	/** Conversion lost on average by keeping the control although the treatment may be better. */
	readonly riskOfControl: number;
	/** Conversion lost on average by taking the treatment although the control may be better. */
	readonly riskOfTreatment: number;
};

type Count = { readonly successes: number; readonly n: number };
type Beta = { readonly a: number; readonly b: number };

/**
 * How likely does the treatment convert better, and what would a wrong choice cost? (exact, for any number of units)
 *
 * Each rate has a Beta posterior; P(treatment > control) is a finite sum, the expected losses are the same sum with
 * one success more, the interval of the difference (or of the lift) comes from its exact distribution by quadrature.
 *
 * Assumptions: 1. independent units, randomised; 2. the prior was chosen before the data: `a` successes and `b`
 * failures already believed in, whole numbers so that the sum is finite; 1 and 1 (every rate equally likely) unless
 * given.
 *
 * Source: Miller, "Formulas for Bayesian A/B testing", 2014; loss: Stucchio 2015.
 *
 * @param arms Successes and units of `control` and `treatment`.
 * @param options `prior`; `scale` of value and interval, absolute (default) or relative; `level`.
 * @returns `too-few` when an arm has no unit. `value` is the mean difference (or the middle of the lift).
 *
 * @example
 * betaBinomial({ control: { successes: 0, n: 1 }, treatment: { successes: 1, n: 1 } }).chanceToWin // => 0.83333...
 */
export function betaBinomial(
	{ control, treatment }: { readonly control: Count; readonly treatment: Count },
	{
		prior = { a: 1, b: 1 },
		scale = 'absolute',
		level = 0.95,
	}: { readonly prior?: Beta; readonly scale?: EffectScale; readonly level?: number } = {},
): ConversionBelief | TooFew {
	requireCount('prior.a', prior.a, 1);
	requireCount('prior.b', prior.b, 1);
	requireNumber('level', level, 0.5, 0.999999);
	const smaller = Math.min(control.n, treatment.n);
	if (smaller < 1) return tooFew(smaller, 1);
	const a = posterior('control', control, prior);
	const b = posterior('treatment', treatment, prior);
	const quantile = quantilesOf(a, b, scale);
	return estimate({
		value: scale === 'absolute' ? b.a / (b.a + b.b) - a.a / (a.a + a.b) : quantile(0.5),
		low: quantile(0.5 - level / 2),
		high: quantile(0.5 + level / 2),
		n: control.n + treatment.n,
		method: 'Beta–Binomial, exact',
		level,
		scale,
		chanceToWin: probabilityGreater(a, b),
		riskOfControl: expectedExcess(a, b),
		riskOfTreatment: expectedExcess(b, a),
	});
}

/**
 * P(B > A) of two independent Beta variables.
 *
 * @param control Shapes of A; `treatment`: shapes of B, whose first must be a whole number.
 *
 * @example
 * probabilityGreater({ a: 2, b: 2 }, { a: 2, b: 2 }) // => 0.5
 */
export function probabilityGreater(control: Beta, treatment: Beta): number {
	requireCount('treatment.a', treatment.a, 1);
	let logTerm = logBeta(control.a, control.b + treatment.b) - logBeta(control.a, control.b);
	let sum = 0;
	for (let i = 0; i < treatment.a; i += 1) {
		sum += Math.exp(logTerm);
		logTerm += Math.log(
			((control.a + i) * (treatment.b + i)) / ((control.a + control.b + treatment.b + i) * (1 + i)),
		);
	}
	return Math.min(1, sum);
}

function posterior(name: string, { successes, n }: Count, prior: Beta): Beta {
	requireCount(`${name}.n`, n);
	requireCount(`${name}.successes`, successes);
	if (successes > n) throw new RangeError(`${name}.successes must be at most n (${n}), got ${successes}`);
	return { a: prior.a + successes, b: prior.b + n - successes };
}

/** E[max(B − A, 0)]: by what the greater exceeds the other on average. */
function expectedExcess(a: Beta, b: Beta): number {
	const gained = (b.a / (b.a + b.b)) * probabilityGreater(a, { a: b.a + 1, b: b.b });
	const given = (a.a / (a.a + a.b)) * probabilityGreater({ a: a.a + 1, b: a.b }, b);
	return Math.max(0, gained - given);
}

/** Quantiles of B − A, or of B / A − 1. */
function quantilesOf(a: Beta, b: Beta, scale: EffectScale): (p: number) => number {
	const isRelative = scale === 'relative';
	// Integrating over the narrower of the two keeps the other's distribution function smooth between the nodes.
	const overControl = spread(a) * (isRelative ? mean(b) / mean(a) : 1) <= spread(b);
	const nodes = massOf(overControl ? a : b);
	const distribution = (x: number): number => {
		let sum = 0;
		for (const { at, mass } of nodes) {
			if (overControl) sum += mass * betaCdf(isRelative ? at * (1 + x) : at + x, b.a, b.b);
			else sum += mass * (1 - betaCdf(isRelative ? at / Math.max(1 + x, 1e-300) : at - x, a.a, a.b));
		}
		return sum;
	};
	return p => {
		let high = 1;
		while (isRelative && distribution(high) < p && high < 1e9) high *= 4;
		const found = brent(x => distribution(x) - p, -1, high, { tolerance: 1e-10 });
		// Flat ends have no sign change to follow; halving still finds where the mass begins.
		return typeof found === 'number'
			? found
			: bisect(x => distribution(x) >= p, -1, high, { tolerance: 1e-10 });
	};
}

function mean({ a, b }: Beta): number {
	return a / (a + b);
}

function spread({ a, b }: Beta): number {
	return Math.sqrt((a * b) / (a + b + 1)) / (a + b);
}

/** The distribution as weighted points on the stretch that carries all but nothing of it. */
function massOf(shape: Beta): { readonly at: number; readonly mass: number }[] {
	const reach = 12 * spread(shape) + 12 / (shape.a + shape.b);
	const { nodes, weights } = gaussLegendre(
		96,
		Math.max(0, mean(shape) - reach),
		Math.min(1, mean(shape) + reach),
	);
	const logScale = -logBeta(shape.a, shape.b);
	const points = Array.from(nodes, (at, i) => ({
		at,
		mass:
			(weights[i] ?? 0) * Math.exp(logScale + (shape.a - 1) * Math.log(at) + (shape.b - 1) * Math.log1p(-at)),
	}));
	const total = points.reduce((sum, point) => sum + point.mass, 0);
	return points.map(({ at, mass }) => ({ at, mass: mass / total }));
}
