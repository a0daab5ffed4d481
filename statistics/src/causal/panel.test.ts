import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { simplexLeastSquares } from '../numerics/simplex-least-squares.ts';
import { hasReference, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { type Panel, panel } from './panel.ts';
import { type PanelEffect, panelEffect, panelEstimator } from './panel-effect.ts';
import { placeboInSpace } from './placebo-in-space.ts';
import { placeboInTime } from './placebo-in-time.ts';
import { stepSpread } from './synthetic-weights.ts';

const check = (what: string, origin: string, expected: number, tolerance: number, actual: unknown): void =>
	golden({ family: 'causal', what, origin, expected, tolerance }, actual);

const estimated = (result: ReturnType<typeof panelEffect>): PanelEffect => {
	if (result.kind !== 'estimate') throw new Error('too few');
	return result;
};

describe.skipIf(!hasReference('causal/california_prop99.csv'))(
	'cigarettes in California after Proposition 99',
	() => {
		const proposition99 = (): Panel =>
			panel({
				rows: referenceRows('causal/california_prop99.csv', ';').map(row => ({
					unit: row.State ?? '',
					time: Number(row.Year),
					outcome: Number(row.PacksPerCapita),
				})),
				treated: ['California'],
				start: 1989,
			});
		const synthdid = 'R synthdid 0.0.9 on california_prop99';
		const exact = 'exact quadratic programme (R quadprog)';

		test('the three estimates are those of the authors of synthetic difference in differences', () => {
			const data = proposition99();
			const synthetic = panelEstimator('synthetic-difference')(data);
			check(
				'Prop 99 difference in differences',
				synthdid,
				-27.3491110836,
				1e-9,
				panelEstimator('difference-in-differences')(data),
			);
			check('Prop 99 synthetic difference, to the authors', synthdid, -15.6038278727, 0.02, synthetic);
			check('Prop 99 synthetic difference, exact', exact, -15.6053979163, 1e-9, synthetic);
			const control = panelEstimator('synthetic-control')(data);
			check('Prop 99 synthetic control, exact', exact, -19.5136297679, 1e-8, control);
			// The package stops its search early (Frank–Wolfe); the exact optimum is 0.106 away.
			check('Prop 99 synthetic control, to the authors', synthdid, -19.6196634709, 0.11, control);
			check('Prop 99 spread of steps', synthdid, 5.49440101858, 1e-9, stepSpread(data));
		});

		test('the weights belong to the right states and years', () => {
			const control = estimated(
				panelEffect(proposition99(), { method: 'synthetic-control', seed: 1, draws: 20 }),
			);
			const printed = {
				Utah: 0.393908,
				Montana: 0.23184,
				Nevada: 0.204923,
				Connecticut: 0.10909,
				'New Hampshire': 0.045429,
				Colorado: 0.014811,
			};
			for (const [unit, expected] of Object.entries(printed)) {
				const actual = control.unitWeights.find(weight => weight.unit === unit)?.weight;
				check(`Prop 99 synthetic control weight ${unit}`, exact, expected, 1e-6, actual);
			}
			check('Prop 99 synthetic control misfit before', exact, 1.65640021036, 1e-9, control.misfitBefore);
			const last = control.path.at(-1);
			check(
				'Prop 99 synthetic control gap 2000',
				exact,
				-26.5966431811,
				1e-7,
				last && last.treated - last.synthetic,
			);
			const synthetic = estimated(panelEffect(proposition99(), { seed: 1, draws: 20 }));
			const years = { 1986: 0.366470631936, 1987: 0.20645305056, 1988: 0.427076317503 };
			for (const [year, expected] of Object.entries(years)) {
				const actual = synthetic.timeWeights.find(({ time }) => time === Number(year))?.weight;
				check(`Prop 99 time weight ${year}`, synthdid, expected, 1e-6, actual);
			}
			const states = {
				Nevada: 0.124489,
				'New Hampshire': 0.105048,
				Connecticut: 0.078287,
				Delaware: 0.070368,
				Colorado: 0.057513,
			};
			for (const [unit, expected] of Object.entries(states)) {
				const actual = synthetic.unitWeights.find(weight => weight.unit === unit)?.weight;
				check(`Prop 99 unit weight ${unit}`, synthdid, expected, 6e-4, actual);
			}
		});

		test('placebo states show how far the effect could be chance', { timeout: 30_000 }, () => {
			const printed = {
				'difference-in-differences': 17.7402669743,
				'synthetic-control': 10.8709084636,
				'synthetic-difference': 9.90234850354,
			} as const;
			for (const method of [
				'difference-in-differences',
				'synthetic-control',
				'synthetic-difference',
			] as const) {
				const { standardError } = estimated(
					panelEffect(proposition99(), {
						method,
						seed: 1,
						draws: method === 'synthetic-difference' ? 400 : 1000,
					}),
				);
				check(
					`Prop 99 placebo standard error, ${method}`,
					`${synthdid}, 200 draws`,
					printed[method],
					1.5,
					standardError,
				);
			}
			const space = placeboInSpace(proposition99());
			if (space.kind !== 'test') throw new Error('too few');
			expect(space.n).toBe(39);
			expect(space.p).toBeLessThan(0.1);
			const time = placeboInTime(proposition99(), { starts: [1980, 1985], seed: 1 });
			for (const { effect } of time) {
				expect(effect.kind === 'estimate' && effect.low < 0 && effect.high > 0).toBe(true);
			}
			const without = leaveOneOut(proposition99());
			if (without.kind !== 'leave-one-out') throw new Error('too few');
			expect(without.without).toHaveLength(38);
			expect(without.high).toBeLessThan(-10);
		});
	},
);

const values = (length: number) =>
	fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: length, maxLength: length });
// Random paths in general position, with no more controls than times before: the best mixture is then unique.
const somePanel = fc
	.record({ seed: fc.integer({ min: 1, max: 1e6 }), controls: fc.integer({ min: 4, max: 5 }) })
	.map(({ seed, controls }): Panel => {
		const dice = new Random(seed);
		const path = (unit: string) => ({
			unit,
			outcomes: Float64Array.from({ length: 8 }, () => dice.normal(0, 20)),
		});
		return {
			times: [1, 2, 3, 4, 5, 6, 7, 8],
			before: 5,
			controls: Array.from({ length: controls }, (_, i) => path(`c${i}`)),
			treated: [path('t')],
		};
	});
const shift = (given: Panel, by: number): Panel => ({
	...given,
	treated: given.treated.map(({ unit, outcomes }) => ({
		unit,
		outcomes: outcomes.map((value, t) => value + (t >= given.before ? by : 0)),
	})),
});

test('raising the treated after the start by an amount raises the effect by that amount', () => {
	fc.assert(
		fc.property(somePanel, fc.double({ min: -20, max: 20, noNaN: true }), (given, by) => {
			for (const method of [
				'synthetic-difference',
				'synthetic-control',
				'difference-in-differences',
			] as const) {
				const estimator = panelEstimator(method);
				expect(estimator(shift(given, by))).toBeCloseTo(estimator(given) + by, 6);
			}
		}),
	);
});

test('the order of the controls does not matter, nor a common shift of all units at a time', () => {
	fc.assert(
		fc.property(somePanel, values(8), (given, common) => {
			const add = (units: Panel['controls']) =>
				units.map(({ unit, outcomes }) => ({
					unit,
					outcomes: outcomes.map((value, t) => value + (common[t] ?? 0)),
				}));
			const moved: Panel = {
				...given,
				controls: add([...given.controls].reverse()),
				treated: add(given.treated),
			};
			for (const method of ['synthetic-control', 'difference-in-differences'] as const) {
				const estimator = panelEstimator(method);
				expect(estimator(moved)).toBeCloseTo(estimator(given), 5);
			}
		}),
	);
});

test('simplex weights are weights, and no exchange between two of them fits better', () => {
	const columns = fc.array(values(4), { minLength: 1, maxLength: 8 });
	fc.assert(
		fc.property(
			columns,
			values(4),
			fc.boolean(),
			fc.constantFrom(0, 5),
			(given, target, hasIntercept, ridge) => {
				const { weights } = simplexLeastSquares(given, target, { hasIntercept, ridge });
				expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
				const cost = (mixture: ArrayLike<number>): number => {
					const residuals = target.map((value, i) =>
						given.reduce((sum, column, j) => sum + (mixture[j] ?? 0) * (column[i] ?? 0), -value),
					);
					const mean = hasIntercept ? residuals.reduce((sum, value) => sum + value, 0) / residuals.length : 0;
					let total = residuals.reduce((sum, value) => sum + (value - mean) ** 2, 0);
					for (let j = 0; j < given.length; j += 1) total += ridge * (mixture[j] ?? 0) ** 2;
					return total;
				};
				const best = cost(weights);
				for (const [i, weight] of weights.entries()) {
					expect(weight).toBeGreaterThanOrEqual(0);
					for (const j of given.keys()) {
						const step = Math.min(weight, 1e-3);
						const exchanged = weights.slice();
						exchanged[i] = (exchanged[i] ?? 0) - step;
						exchanged[j] = (exchanged[j] ?? 0) + step;
						expect(cost(exchanged)).toBeGreaterThanOrEqual(best - 1e-7 * (1 + best));
					}
				}
			},
		),
	);
});

test('the same seed gives the same placebos', () => {
	const [given] = fc.sample(somePanel, { numRuns: 1, seed: 5 });
	if (!given) throw new Error('no sample');
	expect(panelEffect(given, { seed: 3 })).toEqual(panelEffect(given, { seed: 3 }));
	expect(panelEffect(given, { seed: 3 })).not.toEqual(panelEffect(given, { seed: 4 }));
});

test('a panel with a gap, a stranger or no past is refused by name', () => {
	const rows = ['a', 'b'].flatMap(unit => [1, 2, 3].map(time => ({ unit, time, outcome: time })));
	expect(() => panel({ rows: rows.slice(1), treated: ['b'], start: 2 })).toThrow('got none for a at 1');
	expect(() => panel({ rows: [...rows, ...rows.slice(0, 1)], treated: ['b'], start: 2 })).toThrow(
		'got a 1 twice',
	);
	expect(() => panel({ rows, treated: ['x'], start: 2 })).toThrow('treated must name units in rows, got x');
	expect(() => panel({ rows, treated: ['b'], start: 1 })).toThrow(
		'start must be a time in rows after the first',
	);
	expect(panelEffect(panel({ rows, treated: ['b'], start: 3 }), { seed: 1 })).toEqual({
		kind: 'too-few',
		n: 1,
		needed: 3,
	});
});
