import { describe, expect, test } from 'vitest';
import { hasReference, numericColumn, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { concordance } from './concordance.ts';
import { type CoxFit, cox } from './cox.ts';
import type { CoxRows } from './cox-rows.ts';
import type { FollowUp } from './follow-up.ts';
import { kaplanMeier, survivalAt, survivalQuantile } from './kaplan-meier.ts';
import { logRank } from './log-rank.ts';
import { proportionalHazardsTest } from './proportional-hazards-test.ts';
import { restrictedMean } from './restricted-mean.ts';

const family = 'survival';
const rossiFile = 'survival/rossi.csv';
const names = ['fin', 'age', 'race', 'wexp', 'mar', 'paro', 'prio'];

function check(what: string, origin: string, expected: number, tolerance: number, actual: unknown): void {
	golden({ family, what, origin, expected, tolerance }, actual);
}

function rossi(): CoxRows {
	const rows = referenceRows(rossiFile);
	return {
		time: numericColumn(rows, 'week'),
		event: numericColumn(rows, 'arrest'),
		covariates: names.map(name => numericColumn(rows, name)),
	};
}

function fitted(rows: CoxRows, ties: 'efron' | 'breslow'): CoxFit {
	const fit = cox(rows, { ties });
	if (fit.kind !== 'cox-fit') throw new Error(JSON.stringify(fit));
	return fit;
}

describe('432 released prisoners followed for a year (rossi)', () => {
	const isHere = hasReference(rossiFile);

	test.skipIf(!isHere)('Cox with Efron ties equals R and lifelines', () => {
		const fit = fitted(rossi(), 'efron');
		const origin = 'R survival 3.5-3: coxph(Surv(week, arrest) ~ ., rossi); lifelines docs';
		const coefficients = [
			-0.37942216649, -0.05743774268, 0.31389978784, -0.14979569767, -0.43370387794, -0.0848710825,
			0.09149708099,
		];
		const errors = [
			0.19137948071, 0.0219994706, 0.30799277656, 0.21222429625, 0.38186805767, 0.19575667191, 0.02864854996,
		];
		for (const [j, name] of names.entries()) {
			check(`rossi Efron ${name}`, origin, coefficients[j] ?? 0, 1e-8, fit.coefficients[j]?.coefficient);
			check(`rossi Efron se ${name}`, origin, errors[j] ?? 0, 1e-8, fit.coefficients[j]?.standardError);
		}
		check('rossi Efron null log-likelihood', origin, -675.3806323, 1e-6, fit.nullLogLikelihood);
		check('rossi Efron log-likelihood', origin, -658.7476594, 1e-6, fit.logLikelihood);
		check('rossi likelihood ratio', origin, 33.2659458, 1e-6, fit.likelihoodRatio.chiSquare);
		check('rossi score test', origin, 33.5286889, 1e-6, fit.scoreTest.chiSquare);
		check('rossi log-likelihood, lifelines', 'lifelines documentation', -658.75, 0.005, fit.logLikelihood);
		check(
			'rossi likelihood ratio, lifelines',
			'lifelines documentation',
			33.27,
			0.005,
			fit.likelihoodRatio.chiSquare,
		);
	});

	test.skipIf(!isHere)('Breslow ties equal R', () => {
		const fit = fitted(rossi(), 'breslow');
		const origin = 'R survival 3.5-3: coxph(…, ties = "breslow")';
		const expected = [
			-0.37902188743, -0.05724592504, 0.31412976691, -0.15111460006, -0.43278257376, -0.08498283527,
			0.09111154209,
		];
		for (const [j, name] of names.entries())
			check(`rossi Breslow ${name}`, origin, expected[j] ?? 0, 1e-8, fit.coefficients[j]?.coefficient);
		check('rossi Breslow null log-likelihood', origin, -675.6833894, 1e-6, fit.nullLogLikelihood);
		check('rossi Breslow log-likelihood', origin, -659.1206057, 1e-6, fit.logLikelihood);
	});

	test.skipIf(!isHere)('the proportional-hazards test equals cox.zph', () => {
		const rows = rossi();
		const found = proportionalHazardsTest(rows, fitted(rows, 'efron'));
		if (found.kind === 'not-converged') throw new Error(found.reason);
		const origin = 'R survival 3.5-3: cox.zph(fit)';
		const expected = [0.0624298, 5.9739817, 2.0682654, 4.2245956, 1.0110216, 0.0183833, 0.5205843];
		for (const [j, name] of names.entries())
			check(`rossi zph ${name}`, origin, expected[j] ?? 0, 1e-6, found.perCovariate[j]?.chiSquare);
		check('rossi zph global', origin, 17.6944153, 1e-6, found.global.chiSquare);
	});

	test.skipIf(!isHere)('concordance and its error equal R', () => {
		const rows = rossi();
		const fit = fitted(rows, 'efron');
		const risk = Array.from(rows.time, (_, i) =>
			fit.coefficients.reduce((sum, c, j) => sum + c.coefficient * (rows.covariates[j]?.[i] ?? 0), 0),
		);
		const found = concordance({ ...rows, risk });
		if (found.kind === 'too-few') throw new Error(found.kind);
		check('rossi concordance', 'R survival 3.5-3', 0.6403292471, 1e-9, found.value);
		check(
			'rossi concordance se, printed',
			'R: summary(coxph) "Concordance= 0.64 (se = 0.027)"',
			0.027,
			5e-4,
			found.standardError,
		);
	});

	test.skipIf(!isHere)('Kaplan–Meier and the log-rank test by financial aid equal R', () => {
		const rows = rossi();
		const people = Array.from(rows.time, (time, i): FollowUp => ({ time, event: rows.event[i] === 1 }));
		const curve = kaplanMeier(people);
		if (curve.kind === 'too-few') throw new Error(curve.kind);
		const origin = 'R survival 3.5-3: survfit(Surv(week, arrest) ~ 1, rossi)';
		const expected = [
			[10, 0.9652777778, 0.008808217636],
			[20, 0.9074074074, 0.013945927687],
			[30, 0.8611111111, 0.016638779825],
			[40, 0.8032407407, 0.019127075847],
			[52, 0.7361111111, 0.021205101981],
		];
		for (const [time = 0, share = 0, error = 0] of expected) {
			check(`rossi KM week ${time}`, origin, share, 1e-9, survivalAt(curve, time)?.value);
			check(
				`rossi KM se week ${time}`,
				origin,
				error,
				1e-9,
				curve.steps.findLast(s => s.time <= time)?.standardError,
			);
		}
		const byAid = [0, 1].map(fin => people.filter((_, i) => rows.covariates[0]?.[i] === fin));
		const found = logRank(byAid);
		if (found.kind !== 'log-rank') throw new Error(found.kind);
		check('rossi log-rank by fin', 'R survdiff', 3.83757, 1e-5, found.chiSquare);
		check('rossi log-rank by fin, p', 'R survdiff', 0.05012, 1e-5, found.p);
	});
});

describe('maintenance chemotherapy in 23 patients (aml)', () => {
	// Miller 1981, as printed in ?aml: weeks, + when censored.
	const parse = (text: string): FollowUp[] =>
		text.split(' ').map(t => ({ time: Number.parseFloat(t), event: !t.endsWith('+') }));
	const maintained = parse('9 13 13+ 18 23 28+ 31 34 45+ 48 161+');
	const not = parse('5 5 8 8 12 16+ 23 27 30 33 43 45');

	test('Kaplan–Meier with Greenwood errors, log-log and log limits equals R', () => {
		const origin = 'R survival 3.5-3: survfit(Surv(time, status) ~ x, aml)';
		const curve = kaplanMeier(maintained);
		const plain = kaplanMeier(maintained, { interval: 'log' });
		if (curve.kind === 'too-few' || plain.kind === 'too-few') throw new Error('no curve');
		const times = [9, 13, 18, 23, 31, 34, 48];
		const shares = [
			0.9090909091, 0.8181818182, 0.7159090909, 0.6136363636, 0.4909090909, 0.3681818182, 0.1840909091,
		];
		const errors = [0.0866784, 0.1162913, 0.139665, 0.1526323, 0.1641933, 0.1626689, 0.1534927];
		const low = [
			0.50808020577, 0.44742861468, 0.35019038591, 0.26575204, 0.16733090978, 0.09282957494, 0.01173848012,
		];
		const high = [
			0.9866738227, 0.9511622286, 0.8990239742, 0.8352992433, 0.7533997904, 0.6570408324, 0.5250148427,
		];
		const logLow = [
			0.75413384508, 0.6192489874, 0.48842628742, 0.3768670595, 0.2548599512, 0.1548771179, 0.03591789849,
		];
		expect(curve.steps.map(s => s.time)).toEqual(times);
		for (const [i, step] of curve.steps.entries()) {
			check(`aml KM at ${step.time}`, origin, shares[i] ?? 0, 1e-9, step.value);
			check(`aml KM se at ${step.time}`, origin, errors[i] ?? 0, 1e-6, step.standardError);
			check(`aml KM log-log low at ${step.time}`, origin, low[i] ?? 0, 1e-8, step.low);
			check(`aml KM log-log high at ${step.time}`, origin, high[i] ?? 0, 1e-8, step.high);
			check(`aml KM log low at ${step.time}`, origin, logLow[i] ?? 0, 1e-8, plain.steps[i]?.low);
		}
	});

	test('log-rank, medians and restricted means equal R', () => {
		const found = logRank([maintained, not]);
		if (found.kind !== 'log-rank') throw new Error(found.kind);
		check('aml log-rank', 'R survdiff', 3.39638869898, 1e-9, found.chiSquare);
		check('aml expected, maintained', 'R survdiff', 10.689335992, 1e-8, found.expected[0]);
		check('aml expected, not maintained', 'R survdiff', 7.310664008, 1e-8, found.expected[1]);
		expect(found.observed).toEqual([7, 11]);
		const expected = [
			{ people: maintained, name: 'maintained', mean: 32.2114, error: 4.67626, middle: 31 },
			{ people: not, name: 'not maintained', mean: 22.7083, error: 4.18094, middle: 23 },
		];
		for (const { people, name, mean, error, middle } of expected) {
			const curve = kaplanMeier(people);
			if (curve.kind === 'too-few') throw new Error(curve.kind);
			check(`aml median, ${name}`, 'R survfit', middle, 0, survivalQuantile(curve, 0.5)?.value);
			// R's rmean: nobody of the second group is left after week 45, so its area to 50 is known as well.
			const area = restrictedMean(people, 50);
			if (area.kind === 'too-few') throw new Error(area.kind);
			check(`aml RMST(50), ${name}`, 'R print(survfit, rmean = 50)', mean, 1e-4, area.value);
			check(`aml RMST(50) se, ${name}`, 'R print(survfit, rmean = 50)', error, 1e-5, area.standardError);
		}
	});
});

test.skipIf(!hasReference('survival/waltons.csv'))('waltons: log-rank and medians equal lifelines', () => {
	const rows = referenceRows('survival/waltons.csv');
	const [time, event] = [numericColumn(rows, 'T'), numericColumn(rows, 'E')];
	const people = rows.map((row, i) => ({ group: row.group, time: time[i] ?? 0, event: event[i] === 1 }));
	const [control, treated] = ['control', 'miR-137'].map(group => people.filter(p => p.group === group));
	if (!control || !treated) throw new Error('no groups');
	const found = logRank([control, treated]);
	check(
		'waltons log-rank',
		'lifelines logrank_test',
		122.249125573,
		1e-7,
		found.kind === 'log-rank' && found.chiSquare,
	);
	for (const [group, expected] of [
		[control, 58],
		[treated, 26],
	] as const) {
		const curve = kaplanMeier(group);
		check(
			`waltons median ${expected}`,
			'lifelines',
			expected,
			0,
			curve.kind !== 'too-few' && survivalQuantile(curve, 0.5)?.value,
		);
	}
});
