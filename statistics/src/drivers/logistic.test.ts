import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { hasReference, numericColumn, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { logisticImportance } from './logistic-importance.ts';
import { type AnswerPattern, logisticRegression } from './logistic-regression.ts';

const family = 'drivers';

function mtcars(names: readonly string[]): AnswerPattern[] {
	const rows = referenceRows('kda/mtcars.csv');
	const columns = names.map(name => numericColumn(rows, name));
	return numericColumn(rows, 'am').map((yes, i) => ({
		drivers: columns.map(c => c[i] ?? Number.NaN),
		n: 1,
		yes,
	}));
}

function survey(n: number, effects: readonly number[], seed: number): AnswerPattern[] {
	const random = new Random(seed);
	const counted = new Map<string, { drivers: number[]; n: number; yes: number }>();
	for (let i = 0; i < n; i++) {
		const drivers = effects.map(() => random.int(5));
		const eta = drivers.reduce((sum, x, j) => sum + (x - 2) * (effects[j] ?? 0), 0);
		const pattern = counted.get(drivers.join()) ?? { drivers, n: 0, yes: 0 };
		pattern.n += 1;
		if (random.uniform() < 1 / (1 + Math.exp(-eta))) pattern.yes += 1;
		counted.set(drivers.join(), pattern);
	}
	return [...counted.values()];
}

describe('logistic regression', () => {
	test.skipIf(!hasReference('kda/mtcars.csv'))('equals R glm on mtcars', () => {
		const fit = logisticRegression(mtcars(['hp', 'wt']));
		if (fit.kind !== 'logistic-fit') throw new Error(fit.kind);
		const origin = 'R: summary(glm(am ~ hp + wt, binomial, mtcars))';
		const expected = [18.8663, 0.03626, -8.08348];
		const errors = [7.44356, 0.01773, 3.06868];
		for (const [j, value] of expected.entries()) {
			golden(
				{ family, what: `mtcars am logistic coefficient ${j}`, origin, expected: value, tolerance: 1e-4 },
				fit.coefficients[j],
			);
			golden(
				{ family, what: `mtcars am logistic error ${j}`, origin, expected: errors[j] ?? 0, tolerance: 1e-3 },
				fit.standardErrors[j],
			);
		}
		golden(
			{ family, what: 'mtcars am null deviance', origin, expected: 43.23, tolerance: 0.005 },
			-2 * fit.nullLogLikelihood,
		);
		golden(
			{ family, what: 'mtcars am residual deviance', origin, expected: 10.059, tolerance: 0.0005 },
			-2 * fit.logLikelihood,
		);
	});

	test.skipIf(!hasReference('kda/mtcars.csv'))(
		'separated data get no R² at all where other software printed 131.6',
		() => {
			const fit = logisticRegression(mtcars(['wt', 'hp', 'qsec']));
			expect(fit.kind).toBe('not-converged');
			expect(fit.kind === 'not-converged' && fit.reason).toContain('separation');
		},
	);

	test('complete and quasi-complete separation are found at any scale of the driver', () => {
		for (const scale of [1e-3, 1, 1e4]) {
			const complete = Array.from({ length: 20 }, (_, i) => ({
				drivers: [i * scale],
				n: 1,
				yes: i < 9 ? 0 : 1,
			}));
			expect(logisticRegression(complete).kind).toBe('not-converged');
			const quasi = [...complete, { drivers: [9 * scale], n: 1, yes: 0 }];
			const found = logisticRegression(quasi);
			expect(found.kind === 'not-converged' && found.reason).toContain('separation');
			const overlapping = [...complete, { drivers: [12 * scale], n: 1, yes: 0 }];
			expect(logisticRegression(overlapping).kind).toBe('logistic-fit');
		}
	});

	test('grouped counts and single respondents give the same fit', () => {
		const grouped = survey(600, [0.5, -0.3], 1);
		const single = grouped.flatMap(p =>
			Array.from({ length: p.n }, (_, i) => ({ drivers: p.drivers, n: 1, yes: i < p.yes ? 1 : 0 })),
		);
		const [one, two] = [logisticRegression(grouped), logisticRegression(single)];
		if (one.kind !== 'logistic-fit' || two.kind !== 'logistic-fit') throw new Error('no fit');
		for (const [j, value] of one.coefficients.entries()) expect(two.coefficients[j]).toBeCloseTo(value, 9);
		expect(two.tjur).toBeCloseTo(one.tjur, 9);
	});

	test('refuses impossible counts, too few answers and answers that are all alike', () => {
		expect(() => logisticRegression([{ drivers: [1], n: 2, yes: 3 }])).toThrow(/yes must be between/);
		expect(logisticRegression([{ drivers: [1], n: 5, yes: 3 }])).toEqual({
			kind: 'too-few',
			n: 5,
			needed: 10,
		});
		expect(
			logisticRegression([
				{ drivers: [1], n: 9, yes: 9 },
				{ drivers: [2], n: 9, yes: 9 },
			]).kind,
		).toBe('not-converged');
	});
});

describe('importance for a yes/no outcome', () => {
	test('general dominance adds up to McFadden’s R² and finds the stronger driver', () => {
		const found = logisticImportance(survey(900, [0.8, 0.3, 0], 7), { seed: 1, draws: 100 });
		if (found.kind !== 'logistic-importance') throw new Error(JSON.stringify(found));
		expect(found.drivers.reduce((sum, d) => sum + d.value, 0)).toBeCloseTo(found.mcFadden.value, 9);
		const [strong, weak, none] = found.drivers;
		expect(strong?.low).toBeGreaterThan(weak?.high ?? 1);
		expect(none?.high).toBeLessThan(weak?.value ?? 0);
		expect(found.dominance.complete[0]?.[1]).toBe(1);
	});
});
