import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leastSquares } from '../numerics/least-squares.ts';
import { Random } from '../numerics/random.ts';
import { hasReference, numericColumn, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { type BeforeAfterRow, differenceInDifferences } from './difference-in-differences.ts';
import { fitLocalLevel } from './fit-local-level.ts';
import { gibbsImpact } from './gibbs-impact.ts';
import { filterLocalLevel, smoothLocalLevel } from './kalman-local-level.ts';
import { localLevelImpact } from './local-level-impact.ts';

const check = (what: string, origin: string, expected: number, tolerance: number, actual: unknown): void =>
	golden({ family: 'causal', what, origin, expected, tolerance }, actual);

test.skipIf(!hasReference('change/nile.csv'))('the local level of the Nile is that of StructTS', () => {
	const origin = 'R StructTS(Nile, "level")';
	const flow = numericColumn(referenceRows('change/nile.csv'), 'flow');
	const fit = fitLocalLevel(flow, []);
	if (fit.kind !== 'fit') throw new Error('refused');
	check('Nile level variance', origin, 1469.146631, 1.469, fit.levelVariance);
	check('Nile noise variance', origin, 15098.577105, 15.1, fit.noiseVariance);
	// A second route to the same likelihood: the yearly changes are jointly normal with a tridiagonal covariance.
	check(
		'Nile log-likelihood (diffuse)',
		'OWN: joint normal density of the changes',
		likelihoodOfChanges(flow, fit.levelVariance, fit.noiseVariance),
		1e-6,
		fit.logLikelihood,
	);
	// R starts from a wide but proper prior for the level, which shows in the seventh digit of the first year.
	const { smoothed } = smoothLocalLevel(flow, { level: 1469.146631, noise: 15098.577105 });
	const printed = { 1871: 1111.6686926, 1898: 999.5857103, 1899: 950.9290888, 1970: 798.3681561 };
	for (const [year, expected] of Object.entries(printed)) {
		check(`Nile smoothed ${year}`, origin, expected, 2e-4, smoothed[Number(year) - 1871]);
	}
	const errors = [143.5265503, 148.5564447, 153.4215236];
	for (const [i, expected] of errors.entries()) {
		const actual = Math.sqrt(fit.endLevelVariance + (i + 1) * fit.levelVariance + fit.noiseVariance);
		check(`Nile forecast error, ${i + 1} ahead`, origin, expected, 1e-3 * expected, actual);
	}
});

describe.skipIf(!hasReference('causal/causalimpact_example.csv'))(
	'the documented example of CausalImpact',
	() => {
		const example = () => {
			const rows = referenceRows('causal/causalimpact_example.csv');
			return { outcome: numericColumn(rows, 'y'), controls: [numericColumn(rows, 'x1')], start: 70 };
		};

		test('maximum likelihood gives the effect of R’s ARIMA(0,1,1) with the same control', () => {
			const impact = localLevelImpact(example());
			if (impact.kind !== 'impact') throw new Error('refused');
			const origin = 'R arima(order = c(0,1,1), xreg)';
			check('CausalImpact example by ARIMA', origin, 10.5632528, 1e-3, impact.average.value);
			check('CausalImpact example coefficient', origin, 1.1631044, 1e-4, impact.controls[0]?.coefficient);
			check(
				'CausalImpact example against Gibbs',
				'CausalImpact 1.4.1, 20,000 draws',
				10.51689386,
				0.1,
				impact.average.value,
			);
		});

		test('the sampler gives the effect, interval and share of CausalImpact', () => {
			const origin = 'CausalImpact 1.4.1 with bsts 0.9.10, 20,000 draws';
			const impact = gibbsImpact(example(), { seed: 1, draws: 4000 });
			if (impact.kind !== 'impact') throw new Error('refused');
			check('CausalImpact average effect', origin, 10.51689386, 0.1, impact.average.value);
			check('CausalImpact low', origin, 9.809938457, 0.25, impact.average.low);
			check('CausalImpact high', origin, 11.23171394, 0.25, impact.average.high);
			check('CausalImpact average prediction', origin, 106.531623, 0.1, impact.predicted.value);
			check('CausalImpact cumulative effect', origin, 315.50681585, 3, impact.cumulative.value);
			check('CausalImpact relative effect', origin, 0.09874321897, 0.001, impact.relative?.value);
			expect(impact.monteCarloError).toBeLessThan(0.02);
			expect(impact.p).toBeLessThan(0.001);
			// Published with the package: about 11, from 9.8 to 11.
			expect(Math.round(impact.average.value)).toBe(11);
		});
	},
);

test('the sampler keeps the control that matters and leaves out those that do not', () => {
	const dice = new Random(3);
	const useful = Array.from({ length: 80 }, () => dice.normal());
	const useless = Array.from({ length: 12 }, () => Array.from({ length: 80 }, () => dice.normal()));
	const outcome = useful.map(x => 5 + 2 * x + dice.normal(0, 0.5));
	const impact = gibbsImpact({ outcome, controls: [useful, ...useless], start: 60 }, { seed: 1 });
	if (impact.kind !== 'impact') throw new Error('refused');
	const [first, ...others] = impact.controls;
	expect(first?.inclusion).toBeGreaterThan(0.99);
	expect(first?.coefficient).toBeCloseTo(2, 0);
	expect(Math.max(...others.map(control => control.inclusion))).toBeLessThan(0.2);
});

const series = fc.array(
	fc.integer({ min: -800, max: 800 }).map(eighths => eighths / 8),
	{ minLength: 15, maxLength: 40 },
);

test('adding an amount after the start adds it to the effect, by likelihood and by sampling', () => {
	fc.assert(
		fc.property(series, fc.double({ min: -50, max: 50, noNaN: true }), (outcome, by) => {
			const start = outcome.length - 4;
			const raised = outcome.map((value, t) => value + (t >= start ? by : 0));
			const one = localLevelImpact({ outcome, controls: [], start });
			const other = localLevelImpact({ outcome: raised, controls: [], start });
			if (one.kind !== 'impact' || other.kind !== 'impact') return;
			expect(other.average.value).toBeCloseTo(one.average.value + by, 6);
			expect(other.average.high - other.average.low).toBeCloseTo(one.average.high - one.average.low, 6);
			expect(other.cumulative.value).toBeCloseTo(4 * other.average.value, 6);
		}),
		{ numRuns: 30 },
	);
	const outcome = Array.from({ length: 30 }, (_, t) => Math.sin(t * 12.9898));
	const raised = outcome.map((value, t) => value + (t >= 25 ? 7 : 0));
	const [one, other] = [outcome, raised].map(each =>
		gibbsImpact({ outcome: each, controls: [], start: 25 }, { seed: 4 }),
	);
	if (one?.kind !== 'impact' || other?.kind !== 'impact') throw new Error('refused');
	expect(other.average.value).toBeCloseTo(one.average.value + 7, 9);
});

test('without steps the filtered level is the running mean; without noise it is the observation', () => {
	fc.assert(
		fc.property(series, values => {
			const still = filterLocalLevel(values, { level: 0, noise: 2 }).filtered;
			const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
			expect(still[values.length - 1]).toBeCloseTo(mean, 9);
			const free = filterLocalLevel(values, { level: 2, noise: 0 }).filtered;
			expect(Array.from(free)).toEqual(values);
		}),
	);
});

test('a missing value is bridged, not counted', () => {
	const values = [1, 2, Number.NaN, 4, 5];
	const { smoothed } = smoothLocalLevel(values, { level: 1, noise: 0 });
	expect(smoothed[2]).toBeCloseTo(3, 9);
	expect(Number.isNaN(filterLocalLevel(values, { level: 1, noise: 1 }).innovations[2])).toBe(true);
});

const rowsFrom = (changes: readonly (readonly [boolean, number, number])[]): BeforeAfterRow[] =>
	changes.flatMap(([isTreated, before, after], i) => [
		{ unit: `${i}`, isTreated, isAfter: false, outcome: before },
		{ unit: `${i}`, isTreated, isAfter: true, outcome: after },
	]);

test.skipIf(!hasReference('causal/california_prop99.csv'))(
	'difference in differences of single rows is that of the panel',
	() => {
		const rows = referenceRows('causal/california_prop99.csv', ';').map(row => ({
			unit: row.State ?? '',
			isTreated: row.State === 'California' || row.State === 'Nevada',
			isAfter: Number(row.Year) >= 1989,
			outcome: Number(row.PacksPerCapita),
		}));
		const result = differenceInDifferences(rows);
		if (result.kind !== 'estimate') throw new Error('refused');
		// Interaction coefficient of the regression, by QR.
		const fit = leastSquares(
			rows.map(row => [1, Number(row.isTreated), Number(row.isAfter), Number(row.isTreated && row.isAfter)]),
			rows.map(row => row.outcome),
		);
		expect(result.value).toBeCloseTo(fit?.coefficients[3] ?? 0, 9);
		const naive = Math.sqrt(
			((fit?.residualSumOfSquares ?? 0) / (rows.length - 4)) * (fit?.unscaledCovariance[3]?.[3] ?? 0),
		);
		expect(result.naiveStandardError).toBeCloseTo(naive, 9);
	},
);

test('with one observation before and after, it is Welch’s t of the changes', () => {
	const change = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
	fc.assert(
		fc.property(fc.array(change, { minLength: 6, maxLength: 20 }), changes => {
			const result = differenceInDifferences(rowsFrom(changes));
			if (result.kind !== 'estimate') return;
			const moments = (isTreated: boolean) => {
				const steps = changes
					.filter(each => each[0] === isTreated)
					.map(([, before, after]) => after - before);
				const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
				const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / (steps.length - 1);
				return { mean, error: variance / steps.length };
			};
			const [treated, control] = [moments(true), moments(false)];
			expect(result.value).toBeCloseTo(treated.mean - control.mean, 9);
			expect(result.standardError).toBeCloseTo(Math.sqrt(treated.error + control.error), 9);
		}),
	);
});

test('calling the treated control flips the sign and keeps the interval’s width', () => {
	const rows = rowsFrom([
		[true, 1, 4],
		[true, 2, 7],
		[false, 3, 4],
		[false, 5, 5],
		[false, 1, 2],
	]);
	const one = differenceInDifferences(rows);
	const other = differenceInDifferences(rows.map(row => ({ ...row, isTreated: !row.isTreated })));
	if (one.kind !== 'estimate' || other.kind !== 'estimate') throw new Error('refused');
	expect(other.value).toBeCloseTo(-one.value, 12);
	expect(other.low).toBeCloseTo(-one.high, 12);
});

test('what cannot be judged is refused', () => {
	expect(
		differenceInDifferences(
			rowsFrom([
				[true, 1, 2],
				[false, 1, 2],
			]),
		),
	).toEqual({ kind: 'too-few', n: 1, needed: 2 });
	expect(
		differenceInDifferences(
			rowsFrom([
				[true, 1, 2],
				[true, 1, 2],
				[false, 1, 2],
				[false, 1, 2],
			]),
		),
	).toMatchObject({ kind: 'not-converged' });
	const outcome = Array.from({ length: 20 }, (_, t) => t % 3);
	expect(localLevelImpact({ outcome, controls: [], start: 5 })).toEqual({
		kind: 'too-few',
		n: 5,
		needed: 10,
	});
	expect(localLevelImpact({ outcome, controls: [outcome.map(() => 3)], start: 15 })).toMatchObject({
		kind: 'not-converged',
	});
	expect(gibbsImpact({ outcome, controls: [outcome.map(() => 3)], start: 15 }, { seed: 1 })).toMatchObject({
		kind: 'not-converged',
	});
	expect(() => localLevelImpact({ outcome, controls: [[1]], start: 15 })).toThrow(
		'controls must have 20 values, got 1',
	);
	expect(() => localLevelImpact({ outcome, controls: [], start: 20 })).toThrow(
		'start must be a position between 1 and 19, got 20',
	);
});

/** The log-density of the changes of a local level, by the Cholesky factor of their tridiagonal covariance. */
function likelihoodOfChanges(
	series: readonly number[],
	levelVariance: number,
	noiseVariance: number,
): number {
	let logDensity = 0;
	let last = { pivot: 1, residual: 0 };
	for (let i = 1; i < series.length; i++) {
		const below = i === 1 ? 0 : -noiseVariance / last.pivot;
		const pivot = levelVariance + 2 * noiseVariance - (i === 1 ? 0 : below * below * last.pivot);
		const residual = (series[i] ?? 0) - (series[i - 1] ?? 0) - below * last.residual;
		logDensity -= (Math.log(2 * Math.PI * pivot) + (residual * residual) / pivot) / 2;
		last = { pivot, residual };
	}
	return logDensity;
}
