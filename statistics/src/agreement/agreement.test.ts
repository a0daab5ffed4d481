import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasReference, numericColumn, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { krippendorffAlpha, type RatingMetric } from './krippendorff-alpha.ts';
import { intraclassCorrelation, kendallConcordance } from './rating-reliability.ts';
import { fleissKappa, lightKappa } from './several-raters.ts';

const diagnoses = 'sentiment/irr_diagnoses.csv';
const anxiety = 'sentiment/irr_anxiety.csv';
const numbers = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })), {
	minLength: 12,
	maxLength: 60,
});

function figure(answer: { kind: string; value?: number }): number | undefined {
	return answer.kind === 'estimate' || answer.kind === 'concordance' ? answer.value : undefined;
}

describe('agreement of raters', () => {
	test.skipIf(!hasReference(diagnoses))('on thirty diagnoses is that of the irr package', () => {
		const ratings = referenceRows(diagnoses).map(row => Object.values(row));
		const fleiss = fleissKappa({ ratings, draws: 200, seed: 1 });
		if (fleiss.kind !== 'estimate') throw new Error('expected an estimate');
		const number = { family: 'agreement', origin: 'R irr, diagnoses' };
		golden({ ...number, what: "Fleiss' kappa", expected: 0.4302445201, tolerance: 1e-10 }, fleiss.value);
		golden({ ...number, what: "Fleiss' kappa, z", expected: 17.65183058, tolerance: 1e-7 }, fleiss.statistic);
		const light = lightKappa({ ratings, draws: 200, seed: 1 });
		golden({ ...number, what: "Light's kappa", expected: 0.4594121444, tolerance: 1e-10 }, figure(light));
	});

	test.skipIf(!hasReference(anxiety))('on twenty anxiety scores is that of the irr package', () => {
		const rows = referenceRows(anxiety);
		const columns = ['rater1', 'rater2', 'rater3'].map(name => numericColumn(rows, name));
		const [first = [], second = []] = columns;
		const ratings = first.map((_, i) => columns.map(column => column[i] ?? 0));
		const table = Array.from({ length: 6 }, (_, a) =>
			Array.from({ length: 6 }, (__, b) => first.filter((x, i) => x === a + 1 && second[i] === b + 1).length),
		);
		const number = { family: 'agreement', origin: 'R irr, anxiety', tolerance: 1e-9 };
		golden({ ...number, what: "Cohen's kappa", expected: 0.1194968553 }, figure(cohenKappa({ table })));
		const squared = cohenKappa({ table, weights: 'squared' });
		golden({ ...number, what: "Cohen's kappa, squared weights", expected: 0.2967651195 }, figure(squared));
		golden(
			{ ...number, what: 'ICC(A,1)', expected: 0.1979982594 },
			figure(intraclassCorrelation({ ratings })),
		);
		const concordance = kendallConcordance({ ratings, correctTies: true });
		golden({ ...number, what: "Kendall's W", expected: 0.539656876 }, figure(concordance));
	});

	// Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), section C: four observers, twelve units, gaps.
	test("on Krippendorff's twelve units is his", () => {
		const raters = [
			[1, 2, 3, 3, 2, 1, 4, 1, 2, undefined, undefined, undefined],
			[1, 2, 3, 3, 2, 2, 4, 1, 2, 5, undefined, undefined],
			[undefined, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
			[1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, undefined],
		];
		const units = Array.from({ length: 12 }, (_, u) => raters.map(row => row[u]));
		const printed: [RatingMetric, number][] = [
			['nominal', 0.7434210526],
			['ordinal', 0.8153875038],
			['interval', 0.8491071429],
			['ratio', 0.7974027747],
		];
		for (const [metric, expected] of printed) {
			const alpha = krippendorffAlpha({ units, metric, draws: 200, seed: 1 });
			golden(
				{
					family: 'agreement',
					what: `Krippendorff's alpha, ${metric}`,
					origin: 'Krippendorff 2011, section C; re-derived in full digits',
					expected,
					tolerance: 1e-10,
				},
				figure(alpha),
			);
		}
	});

	test('of husbands and wives has the kappa and standard error R prints', () => {
		const table = [
			[7, 7, 2, 3],
			[2, 8, 3, 7],
			[1, 5, 4, 9],
			[2, 8, 9, 14],
		];
		const plain = cohenKappa({ table });
		const linear = cohenKappa({ table, weights: 'linear' });
		if (plain.kind !== 'estimate' || linear.kind !== 'estimate') throw new Error('expected estimates');
		const number = { family: 'agreement', origin: 'R vcd: Kappa(SexualFun), Agresti 1990' };
		golden({ ...number, what: 'kappa, 4 classes', expected: 0.1293, tolerance: 5e-5 }, plain.value);
		golden(
			{ ...number, what: 'kappa, standard error', expected: 0.0686, tolerance: 5e-6 },
			plain.standardError,
		);
		golden({ ...number, what: 'kappa, linear weights', expected: 0.2374, tolerance: 5e-5 }, linear.value);
		golden(
			{ ...number, what: 'kappa, linear weights, standard error', expected: 0.07832, tolerance: 5e-6 },
			linear.standardError,
		);
	});

	test('is complete when raters never differ, and the order of units and raters does not matter', () => {
		fc.assert(
			fc.property(numbers, pairs => {
				const units = pairs.map(([a, b]) => [a, b]);
				const swapped = pairs.map(([a, b]) => [b, a]).reverse();
				const alpha = (rows: number[][]) => krippendorffAlpha({ units: rows, draws: 200, seed: 1 });
				const [one, other] = [figure(alpha(units)), figure(alpha(swapped))];
				if (one !== undefined) expect(other).toBeCloseTo(one, 10);
				const same = alpha(pairs.map(([a]) => [a, a]));
				if (same.kind === 'estimate') expect(same.value).toBe(1);
				const fleiss = fleissKappa({ ratings: pairs.map(([a]) => [a, a]), draws: 200, seed: 1 });
				if (fleiss.kind === 'estimate') expect(fleiss.value).toBeCloseTo(1, 12);
			}),
			{ seed: 1, numRuns: 20 },
		);
	});

	test('does not change with the unit of an interval scale', () => {
		fc.assert(
			fc.property(numbers, fc.integer({ min: 2, max: 9 }), (pairs, factor) => {
				const alpha = (scale: number, shift: number): number | undefined =>
					figure(
						krippendorffAlpha({
							units: pairs.map(([a, b]) => [a * scale + shift, b * scale + shift]),
							metric: 'interval',
							draws: 200,
							seed: 1,
						}),
					);
				const plain = alpha(1, 0);
				if (plain !== undefined) expect(alpha(factor, 3)).toBeCloseTo(plain, 10);
			}),
			{ seed: 1, numRuns: 20 },
		);
	});

	test('is not answered from too little or from ratings that never vary', () => {
		expect(krippendorffAlpha({ units: [[1, 1]], seed: 1 })).toEqual({ kind: 'too-few', n: 1, needed: 10 });
		const flat = Array.from({ length: 12 }, () => ['a', 'a']);
		expect(fleissKappa({ ratings: flat, seed: 1 })).toMatchObject({ kind: 'too-few' });
		expect(lightKappa({ ratings: flat, seed: 1 })).toMatchObject({ kind: 'too-few' });
		expect(
			kendallConcordance({
				ratings: [
					[1, 1],
					[1, 1],
					[1, 1],
				],
			}),
		).toMatchObject({ kind: 'too-few' });
		expect(
			intraclassCorrelation({
				ratings: [
					[1, 1],
					[1, 1],
					[1, 1],
				],
			}),
		).toMatchObject({ kind: 'too-few' });
		expect(() => fleissKappa({ ratings: [['a', 'b'], ['a']], seed: 1 })).toThrow(
			'ratings[1] must have 2 ratings, got 1',
		);
	});
});
