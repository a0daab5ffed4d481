import { describe, expect, test } from 'vitest';
import { golden } from '../validation.ts';
import {
	betaDiscreteWeibullLogLikelihood,
	fitBetaDiscreteWeibull,
	weibullContractSurvival,
	weibullDiscountedLifetime,
} from './beta-discrete-weibull.ts';
import {
	contractRetention,
	contractSurvival,
	discountedLifetime,
	discountedResidualLifetime,
	fitShiftedBetaGeometric,
	shiftedBetaGeometricLogLikelihood,
} from './shifted-beta-geometric.ts';

const family = 'lifetime-value';
const origin = 'Fader and Hardie 2007, tables 1–2';

function check(
	what: string,
	source: string,
	expected: number,
	tolerance: number,
	actual: unknown,
	relative = false,
): void {
	golden({ family, what, origin: source, expected, tolerance, relative }, actual);
}

/** Customers of 1000 left after each year (Fader and Hardie 2007, table 1), years 0–7 of 0–12. */
const highEnd = [1000, 869, 743, 653, 593, 551, 517, 491];
const regular = [1000, 631, 468, 382, 326, 289, 262, 241];

describe('two segments watched for seven years', () => {
	const cases = [
		{
			name: 'High End',
			cohort: highEnd,
			alpha: 0.6680883753,
			beta: 3.8060951838,
			maximum: -1611.1581473912,
			survival: [
				1, 0.850679, 0.746859, 0.669789, 0.609919, 0.561834, 0.522216, 0.488906, 0.46044, 0.43578, 0.414172,
				0.395055, 0.377999,
			],
			lifetime: 5.92225349823805,
			residual: [
				5.414478848061858, 5.901377574845012, 6.293891537119922, 6.619919947042995, 6.89670663490209,
			],
		},
		{
			name: 'Regular',
			cohort: regular,
			alpha: 0.70407732,
			beta: 1.1820430862,
			maximum: -1680.2651884633,
			survival: [
				1, 0.626706, 0.473819, 0.387974, 0.332068, 0.292347, 0.262456, 0.239024, 0.220085, 0.204411, 0.19119,
				0.179865, 0.170037,
			],
			lifetime: 3.69490842434598,
			residual: [
				2.9643992667805703, 4.103139729799747, 4.869804591143739, 5.4420583981921435, 5.8940952896509655,
			],
		},
	];

	test.each(cases)('$name: fit, survival to year 12 and discounted lifetimes', segment => {
		const fit = fitShiftedBetaGeometric([segment.cohort]);
		if (fit.kind !== 'model-fit') throw new Error(JSON.stringify(fit));
		const { name } = segment;
		check(`sBG ${name} alpha`, 'MLE; R foretell', segment.alpha, 1e-5, fit.parameters.alpha, true);
		check(`sBG ${name} beta`, 'MLE; R foretell', segment.beta, 1e-5, fit.parameters.beta, true);
		check(`sBG ${name} maximum per 1000`, 'MLE', segment.maximum, 1e-6, fit.logLikelihood);
		for (const [year, share] of segment.survival.entries()) {
			check(`sBG ${name} survival year ${year}`, origin, share, 2e-6, contractSurvival(fit.parameters, year));
		}
		const exact = { alpha: segment.alpha, beta: segment.beta };
		check(
			`sBG ${name} discounted lifetime`,
			'closed form',
			segment.lifetime,
			1e-8,
			discountedLifetime(exact, 0.1),
			true,
		);
		for (const [i, value] of segment.residual.entries()) {
			const ours = discountedResidualLifetime(exact, i + 1, 0.1);
			check(
				`sBG ${name} residual lifetime before renewal ${i + 1}`,
				'Fader and Hardie 2010, closed form',
				value,
				1e-8,
				ours,
				true,
			);
		}
	});

	test('High End: published parameters, the flat likelihood and retention by year', () => {
		const fit = fitShiftedBetaGeometric([highEnd]);
		if (fit.kind !== 'model-fit') throw new Error(JSON.stringify(fit));
		check('sBG High End alpha, paper', origin, 0.668, 5e-4, fit.parameters.alpha);
		check('sBG High End beta, paper', origin, 3.806, 5e-4, fit.parameters.beta);
		const flat = shiftedBetaGeometricLogLikelihood([highEnd], { alpha: 1, beta: 1 }) / 1000;
		check('sBG High End log-likelihood per customer at (1, 1)', origin, -2.115, 1e-3, flat);
		const retention = [
			0.850679, 0.877957, 0.896807, 0.910614, 0.921162, 0.929483, 0.936216, 0.941775, 0.946442, 0.950417,
			0.953843, 0.956826,
		];
		for (const [i, value] of retention.entries()) {
			check(
				`sBG High End retention ${i + 1}`,
				'closed form',
				value,
				2e-6,
				contractRetention(fit.parameters, i + 1),
			);
		}
	});

	test('beta-discrete-Weibull reaches foretell on High End', () => {
		const hundred = highEnd.map(count => count / 10);
		const source = 'R foretell 0.2.0 (L-BFGS-B, loose)';
		const published = { alpha: 0.2143, beta: 1.4269, c: 1.7233 };
		check(
			'BdW log-likelihood at published parameters',
			source,
			-160.5314,
			0.01,
			betaDiscreteWeibullLogLikelihood([hundred], published),
		);
		const fit = fitBetaDiscreteWeibull([hundred]);
		if (fit.kind !== 'model-fit') throw new Error(JSON.stringify(fit));
		for (const name of ['alpha', 'beta', 'c'] as const) {
			check(`BdW ${name}`, source, published[name], 0.01, fit.parameters[name], true);
		}
		check('BdW maximum', source, -160.5314, 0.01, fit.logLikelihood);
	});
});

test('four cohorts of different age share one model', () => {
	const cohorts = [
		[10000, 8000, 6480, 5307, 4391],
		[10000, 8000, 6480, 5307],
		[10000, 8000, 6480],
		[10000, 8000],
	];
	const fit = fitShiftedBetaGeometric(cohorts);
	if (fit.kind !== 'model-fit') throw new Error(JSON.stringify(fit));
	const source = 'Fader and Hardie 2010; MLE';
	check('sBG four cohorts alpha', source, 3.79812691, 1e-4, fit.parameters.alpha, true);
	check('sBG four cohorts beta', source, 15.19191273, 1e-4, fit.parameters.beta, true);
	check('sBG four cohorts alpha, paper', 'Fader and Hardie 2010', 3.8, 5e-3, fit.parameters.alpha);
	check('sBG four cohorts beta, paper', 'Fader and Hardie 2010', 15.19, 5e-3, fit.parameters.beta);
	check('sBG four cohorts maximum', 'MLE', -40255.83728, 1e-4, fit.logLikelihood);
});

test('with c = 1 the Weibull form is the shifted beta-geometric, to the discounted lifetime', () => {
	const parameters = { alpha: 0.7, beta: 1.2 };
	for (const renewals of [0, 1, 5, 30]) {
		expect(weibullContractSurvival({ ...parameters, c: 1 }, renewals)).toBeCloseTo(
			contractSurvival(parameters, renewals),
			12,
		);
	}
	expect(weibullDiscountedLifetime({ ...parameters, c: 1 }, 0, 0.1)).toBeCloseTo(
		discountedLifetime(parameters, 0.1),
		9,
	);
	const residual = discountedResidualLifetime(parameters, 4, 0.1);
	// Standing before renewal 4 means three renewals are behind; the running period is then already paid.
	const running = weibullDiscountedLifetime({ ...parameters, c: 1 }, 3, 0.1);
	expect((running - 1) * 1.1).toBeCloseTo(residual, 9);
});
